"""Static files with a hash in their address, so that browsers keep them for a year and still see every change."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC: Final = Path(__file__).parent / "static"
HASH_CHARS: Final = 12


@cache
def static_url(name: str) -> str:
    """The address of a static file; one that is not there gets no hash and answers 404."""
    path = STATIC / name
    if not path.is_file():
        return f"/static/{name}"
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_CHARS]}"


class HashedStaticFiles(StaticFiles):
    """What was asked for by its hash never changes; the rest (letters in a style sheet) is fetched again daily."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file with its cache time."""
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            hashed = scope["query_string"].startswith(b"v=")
            response.headers["Cache-Control"] = (
                "public, max-age=31536000, immutable" if hashed else "public, max-age=86400"
            )
        return response
