"""Exports of stories, as the desk writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chalicelib.domain.events import Recorded
from chalicelib.views import export
from tests.builders import Story, local


def written(history: Sequence[Recorded], as_of: datetime, code: str = "") -> list[bytes]:
    """The lines of a history, the case under another code if wanted."""
    lines = [export.line(recorded, as_of) for recorded in history]
    return [msgspec.json.encode(msgspec.structs.replace(line, code=code or line.code)) + b"\n" for line in lines]


def told(story: Story, as_of: str | datetime | None = None) -> list[export.Line]:
    """A story as it is read from an export, known up to its own time unless told."""
    until = local(as_of) if isinstance(as_of, str) else as_of or story.now
    return [msgspec.json.decode(raw, type=export.Line) for raw in written(story.history, until)]


def file_of(folder: Path, lines: Sequence[bytes]) -> Path:
    """A file of an export."""
    path = folder / "export.jsonl"
    path.write_bytes(b"".join(lines))
    return path
