"""Rasa's checks go on as they were, only the schema itself is proven once."""

from __future__ import annotations

from collections.abc import Iterator

import jsonschema
import pytest

from bot.schemas import check_schemas_once

SCHEMA = {"type": "object", "properties": {"event": {"type": "string"}}, "required": ["event"]}


@pytest.fixture(autouse=True)
def checked_once() -> Iterator[None]:
    before = jsonschema.validate
    check_schemas_once()
    yield
    jsonschema.validate = before


def test_what_fits_passes() -> None:
    jsonschema.validate({"event": "slot"}, SCHEMA)


@pytest.mark.parametrize(("instance", "names"), [({"event": 3}, "3 is not of type 'string'"), ({}, "required")])
def test_what_does_not_fit_is_named(instance: dict[str, object], names: str) -> None:
    for _ in range(2):
        with pytest.raises(jsonschema.ValidationError, match=names):
            jsonschema.validate(instance, SCHEMA)


def test_a_broken_schema_is_refused() -> None:
    with pytest.raises(jsonschema.SchemaError):
        jsonschema.validate({}, {"type": "no such type"})


def test_the_schema_is_proven_once(monkeypatch: pytest.MonkeyPatch) -> None:
    proven = []
    kind = jsonschema.validators.validator_for(SCHEMA)
    monkeypatch.setattr(kind, "check_schema", lambda schema: proven.append(schema))
    for number in range(3):
        jsonschema.validate({"event": str(number)}, {**SCHEMA, "title": "counted"})
    assert len(proven) == 1
