"""Checks a JSON schema once, not at each use.

Rasa validates with `jsonschema.validate`, which first proves the schema itself: 5 ms for each annotated clause it reads
and 20 ms for each answer of the action server. jsonschema's own documentation advises to do that once. The check of
the data stays as it is, and so does every error.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for


def check_schemas_once() -> None:
    """Let Rasa, which looks the function up at each call, find `validate` below. May be called again."""
    jsonschema.validate = validate  # type: ignore[assignment]


def validate(instance: Any, schema: dict[str, Any]) -> None:
    """What jsonschema.validate does. Raises its ValidationError for the instance, SchemaError for the schema."""
    error = best_match(_validator(json.dumps(schema, sort_keys=True)).iter_errors(instance))
    if error is not None:
        raise error


@lru_cache(maxsize=32)
def _validator(schema_text: str) -> Any:
    schema = json.loads(schema_text)
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)
