"""From the running centre through the export into a replay: under the same rules, what was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.case import Case
from replay import __main__ as program
from replay import changes
from replay.counting import counted
from replay.export import write
from replay.reading import cases
from replay.rules import rules
from tests.builders import local
from tests.integration import lives
from tests.integration.test_export import pages
from tests.integration.world import LEADER, World

PERIOD = "from=2026-11-01&to=2026-12-31&limit=17"


@pytest.fixture
def lived(world: World) -> list[str]:
    codes = lives.everything(world)
    world.clock.set(local("2026-12-07 08:00"))
    codes += [world.at_agency(), world.at_officer()]
    world.clock.set(local("2026-12-09 08:00"))
    world.sweep()
    codes.append(world.at_agency("so_y_te"))
    world.clock.forward(minutes=2)
    return codes


def test_there_and_back(world: World, lived: list[str], tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    file = tmp_path / "export.jsonl"
    stored: list[Case] = [world.case(code) for code in lived]
    assert write(iter(pages(world, PERIOD)), file) == sum(case.version for case in stored)
    status, shown = world.call("GET", "/v1/desk/calendar/changes", token=LEADER)
    assert (status, changes.write(shown, file)) == (200, len(shown["changes"]))
    with file.open("rb") as lines:
        totals = counted(cases(lines), rules(changes=changes.read(file)))
    assert (totals.cases, totals.events) == (len(stored), sum(case.version for case in stored))
    limits = [count for (binding, _, _), count in totals.counts.items() if binding]
    late = [count.was_late for count in limits]
    assert sum(late) == sum(len(case.late_marks) for case in stored) >= 2
    assert [count.would_be_late for count in limits] == late
    assert sum(count.running for count in totals.counts.values()) == sum(case.stage is not None for case in stored)
    assert not totals.unjudged
    monkeypatch.setattr("sys.argv", ["replay", str(file)])
    program.main()
    assert f"Diễn lại {len(stored)} hồ sơ" in capsys.readouterr().out
