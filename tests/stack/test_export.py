"""`make export` against the running stack: logged in, paged, into files; the role of the API may read what it needs."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from replay import __main__ as replay
from replay import export

from .conftest import Stack


def test_a_period_is_written_to_a_file(
    stack: Stack, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of today's cases only those two minutes old are told, so how many there are depends on the other tests."""
    description, file = tmp_path / "stack.json", tmp_path / "export.jsonl"
    description.write_text(json.dumps(stack), "utf-8")
    today = datetime.now(UTC).date()
    days = ((today + timedelta(days=offset)).isoformat() for offset in (-40, 1))
    monkeypatch.setattr(sys, "argv", ["export", *days, str(file), "--stack", str(description)])
    export.main()
    assert int(capsys.readouterr().out.split()[0]) == len(file.read_text("utf-8").splitlines())
    assert {path.name for path in tmp_path.iterdir()} == {"stack.json", "export.jsonl", "export.changes.json"}
    monkeypatch.setattr(sys, "argv", ["replay", str(file)])
    replay.main()
    assert capsys.readouterr().out.startswith("Diễn lại ")
