"""Reads the training files for Rasa: once, cheap to handle, and with the titles of the guide entries as responses."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.phrasing import as_phrasings
from bot.schemas import check_schemas_once
from bot.storage.guides import load_guides


class ProjectImporter(RasaFileImporter):
    """Rasa's own importer of files, with three differences.

    The phrasings are read once: Rasa asks for them twice, as 'nl' and without a language, and would parse them twice.
    Each is a Phrasing, which is cheap to copy and to tell apart.
    Every entry in bot/content/guide is a response `utter_guide/<id>`, so that it is written in one place only. Rasa
    expects a response for each part of a retrieval intent, and says so once for every phrasing that lacks one.
    """

    def __init__(self, *paths: Any, **named_paths: Any) -> None:
        """Rasa passes the paths on its command line."""
        super().__init__(*paths, **named_paths)
        self._nlu_data: TrainingData | None = None
        check_schemas_once()

    def get_domain(self) -> Domain:
        """domain.yml and the titles."""
        responses = {f"utter_guide/{entry.id}": [{"text": entry.title}] for entry in load_guides()}
        return super().get_domain().merge(Domain.from_dict({"responses": responses}))

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        """All phrasings; there are none in another language."""
        if self._nlu_data is None:
            files = [as_phrasings(load_data(path, "nl")) for path in self._nlu_files]
            self._nlu_data = TrainingData().merge(*files)
        return self._nlu_data
