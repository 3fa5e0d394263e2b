"""Gives Rasa the titles of the guide entries as responses, so that an entry is written in one place only."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.storage.guides import load_guides


class GuideImporter(TrainingDataImporter):
    """Beside Rasa's own importer of files: `utter_guide/<id>` for every entry in bot/content/guide.

    Rasa expects a response for each part of a retrieval intent, and says so once for every phrasing that lacks one.
    """

    def __init__(self, *_: Any, **__: Any) -> None:
        """Rasa passes the paths on its command line; the entries stand where they stand."""

    def get_domain(self) -> Domain:
        """Only responses."""
        responses = {f"utter_guide/{entry.id}": [{"text": entry.title}] for entry in load_guides()}
        return Domain.from_dict({"responses": responses})

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """None."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """None."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Nothing beside config.yml."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Nothing is configured automatically."""
        return None

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        """None: the phrasings stand in data/nlu."""
        return TrainingData()
