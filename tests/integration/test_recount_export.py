"""A month's report recounted from the export by a program that knows nothing of ours: every number of its tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from examples import recount
from tests.builders import local
from tests.integration import lives
from tests.integration.test_reports import NOVEMBER, asked, month
from tests.integration.world import ANSWER, LEADER, OPERATOR, World

__all__ = ["month"]


def exported(world: World, query: str = "from=2026-01-01&to=2026-12-31") -> list[str]:
    """Page through the export, as `make export` does."""
    lines, cursor = [], ""
    while True:
        status, page = world.call("GET", f"/v1/desk/export?{query}{cursor}", token=LEADER)
        assert status == 200, page
        lines += [json.dumps(event) for event in page["events"]]
        if not page["cursor"]:
            return lines
        cursor = f"&cursor={page['cursor']}"


def kept(world: World) -> dict[str, int]:
    report = asked(world)
    return dict(world.deps.report_files.figures(report).counts)


def recounted(world: World) -> Any:
    return recount.recount(exported(world), date(2026, 11, 1), date(2026, 11, 30))


def test_the_same_numbers(month: World) -> None:
    figures, cells = kept(month), recounted(month)
    assert cells["total/entered"] == 5
    assert cells["total/answered_late"] == 1
    assert cells["total/carried"] == 1
    assert recount.differences(cells, figures) == []


def test_whatever_can_happen_to_cases(world: World) -> None:
    world.clock.set(local("2026-11-23 08:00"))
    lives.everything(world)
    world.clock.set(local("2026-12-01 08:00"))
    world.sweep()
    world.drain()
    figures, cells = kept(world), recounted(world)
    assert cells["total/reopened"] >= 1
    assert cells["total/entered"] >= 5
    assert recount.differences(cells, figures) == []


@pytest.mark.parametrize("regulation", ["hoa_binh", "ha_noi"])
def test_the_edges_of_the_month_are_midnights_in_viet_nam(world: World) -> None:
    codes = {}
    for at in (
        "2026-10-31 23:59:59",
        "2026-11-01 00:00",
        "2026-11-30 23:59",
        "2026-11-30 23:59:59",
        "2026-12-01 00:00",
    ):
        world.clock.set(local(at))
        codes[at] = world.send()["code"]
        if at == "2026-11-30 23:59":
            world.act(codes[at], "answer", OPERATOR, ANSWER)
    again = codes["2026-11-30 23:59"]
    for what, said in (("rating", {"rating": "not_satisfied"}), ("reopening", {"reason": "Tôi chưa rõ câu trả lời."})):
        status, made = world.call("POST", f"/v1/cases/{again}/{what}", said, X_Case_Pin=world.deps.keys.pin(again))
        assert status == 200, made
    world.clock.set(local("2026-12-02 08:00"))
    world.sweep()
    world.drain()
    figures, cells = kept(world), recounted(world)
    of = {name: figures.get(f"total/{name}", 0) for name in ("carried", "received", "reopened", "answered", "open")}
    assert of == {"carried": 1, "received": 3, "reopened": 0, "answered": 1, "open": 3}
    assert figures.get("total/rated", 0) == 0  # it was rated in December
    assert recount.differences(cells, figures) == []


def test_a_number_that_lies_is_named(month: World) -> None:
    figures = kept(month)
    figures["total/answered"] += 1
    assert recount.differences(recounted(month), figures) == ["total/answered: recounted 2, in the report 3"]


def test_the_program_prints_and_compares(
    month: World, tmp_path: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    export, figures = tmp_path / "export.jsonl", tmp_path / "figures.json"
    export.write_text("\n".join(exported(month)), encoding="utf-8")
    figures.write_text(json.dumps({"counts": kept(month)}), encoding="utf-8")
    command = ["recount", str(export), f"{NOVEMBER.first}", f"{NOVEMBER.last}", "--against", str(figures)]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as ended:
        recount.main()
    assert not ended.value.code
    assert "The report has the same numbers." in capsys.readouterr().out


def test_it_knows_nothing_of_our_program() -> None:
    source = Path(recount.__file__).read_text("utf-8")
    assert "chalicelib" not in source.partition('"""')[2].partition('"""')[2]
