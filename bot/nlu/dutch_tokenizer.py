"""Dutch words, lemmas and sentence ends, from spaCy."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

BLANK = "blank"
REMEMBERED: Final = 512
"""Texts whose words are not worked out anew: in training the answer of an intent stands at each of its phrasings."""


def load_pipeline(model: str) -> Language:
    """A spaCy pipeline for Dutch.

    model: 'blank' for the tokenizer with the lookup lemmatizer, which spacy-lookups-data brings (no trained Dutch
    pipeline is on PyPI); or the name of an installed one, such as 'nl_core_news_md'.
    Raises OSError with the cure when a named pipeline is not installed.
    """
    if model == BLANK:
        pipeline = spacy.blank("nl")
        pipeline.add_pipe("sentencizer")
        pipeline.add_pipe("lemmatizer", config={"mode": "lookup"})
        pipeline.initialize()
        return pipeline
    try:
        return spacy.load(model, disable=["ner", "parser"])
    except OSError as error:
        raise OSError(
            f"config.yml names the spaCy pipeline '{model}', which is not installed: install its package in the "
            f"virtual environment, or set 'model: {BLANK}'."
        ) from error


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(Tokenizer):
    """Splits messages with spaCy's Dutch rules and gives each word its lemma, for `use_lemma` featurizers."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`model`: see load_pipeline. The other keys are Rasa's own for tokenizers."""
        return {
            "model": BLANK,
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training."""
        return ["spacy", "spacy_lookups_data"]

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._pipeline = load_pipeline(self._config["model"])
        self._words = lru_cache(REMEMBERED)(self._split)

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any) -> DutchTokenizer:
        """Called by Rasa's graph."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one attribute; none for text that is empty or only white space."""
        return list(self._words(message.get(attribute) or ""))

    def _split(self, text: str) -> tuple[Token, ...]:
        return tuple(
            Token(word.text, word.idx, lemma=word.lemma_ or word.text.lower())
            for word in self._pipeline(text)
            if not word.is_space
        )
