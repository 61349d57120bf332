"""The export as `make export` does it: logged in, paged, into a file; the role of the API may read what it needs."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from replay.export import leadership, pages, write

from .conftest import Stack


def test_a_period_is_written_to_a_file(stack: Stack, tmp_path: Path) -> None:
    """Of today's cases only those two minutes old are told, so how many there are depends on the other tests."""
    description, file = tmp_path / "stack.json", tmp_path / "export.jsonl"
    description.write_text(json.dumps(stack), "utf-8")
    today = datetime.now(UTC).date()
    first, last = ((today + timedelta(days=days)).isoformat() for days in (-40, 1))
    with closing(leadership(description)) as centre:
        assert write(pages(centre, first, last), file) == len(file.read_text("utf-8").splitlines())
    assert [path.name for path in tmp_path.iterdir()] == ["stack.json", "export.jsonl"]
