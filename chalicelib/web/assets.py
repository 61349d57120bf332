"""The files a page asks for: text only, named by their content, so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static"
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file; `name` holds the hash of its content, as in `style.1f0c9a2b7d3e.css`."""

    name: str
    text: str
    media_type: str


def named(file: str) -> str:
    """Return the name under which a file is served; raises KeyError for one that is not there."""
    return _assets()[file].name


def find(name: str) -> tuple[Asset, bool] | None:
    """Return a file by the name it is served under, and whether it is that very content.

    A page of the release before may ask for the file as it was: it gets the present one, not to be kept.
    """
    parts = name.split(".")
    asset = _assets().get(f"{parts[0]}.{parts[-1]}") if len(parts) == len(("name", "hash", "ending")) else None
    return (asset, asset.name == name) if asset else None


@cache
def _assets() -> dict[str, Asset]:
    return {path.name: _asset(path) for path in FOLDER.iterdir() if path.suffix in MEDIA_TYPES}


def _asset(path: Path) -> Asset:
    text = path.read_text("utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Asset(f"{path.stem}.{digest}{path.suffix}", text, MEDIA_TYPES[path.suffix])
