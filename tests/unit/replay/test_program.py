"""`make replay`: what it prints, under which rules, and that it prints nothing before all is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from chalicelib.adapters import regulation_files as ours
from chalicelib.domain.calendar_parsing import CalendarError
from chalicelib.domain.regulation_parsing import RegulationError
from replay import __main__ as program
from replay import changes
from replay.rules import rules
from tests.builders import REGULATION, Story, ask, given, local, receive, result, to_agency, to_officer, when
from tests.unit.case.calendars import announced, day_off
from tests.unit.replay.exports import file_of, written

HOLIDAY = "2026-11-24"


def story(at: str, done: str | None, unit: str = "so_tu_phap") -> Story:
    """A case that an agency has a result for, or not yet."""
    begun = given(receive(at=at), to_officer(unit), to_agency())
    return when(begun, result(), at=done) if done else begun


def export(folder: Path, *stories: Story, as_of: str = "2026-11-26 09:00") -> Path:
    lines = [written(one.history, local(as_of), f"{number:012d}") for number, one in enumerate(stories)]
    return file_of(folder, [raw for case in lines for raw in case])


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """In time only by the day off; late; still running, late; at another agency, in time."""
    return export(
        tmp_path,
        story("2026-11-23 09:00", "2026-11-25 09:00"),
        story("2026-11-23 09:01", "2026-11-25 10:00"),
        story("2026-11-23 09:02", None),
        story("2026-11-23 09:03", "2026-11-23 10:00", "so_y_te"),
    )


def replay(*arguments: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "argv", ["replay", *map(str, arguments)])
    program.main()
    return capsys.readouterr().out


def row(printed: str, caption: str, table: int = 0) -> list[str]:
    """The numbers behind a caption, in the n-th table that has it."""
    found = [line for line in printed.splitlines() if line.strip().startswith(caption)]
    return found[table].strip().removeprefix(caption).split()


class TestPrinted:
    @pytest.fixture
    def printed(self, events: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
        days = ours.calendar("hoa_binh")
        assert HOLIDAY in days["holidays"]
        days["holidays"].remove(HOLIDAY)
        (events.parent / "worked.yaml").write_text(yaml.safe_dump(days), "utf-8")
        return replay(events, "--calendar", events.parent / "worked.yaml", capsys=capsys, monkeypatch=monkeypatch)

    def test_by_stage_and_by_agency(self, printed: str) -> None:
        agency = "Cơ quan chuyên môn xử lý (480 phút)"
        assert row(printed, agency) == ["4", "2", "2", "50,0%", "1", "3", "75,0%", "+1"]
        assert row(printed, "Sở Tư pháp", 1) == ["3", "1", "2", "66,7%", "0", "3", "100,0%", "+1"]
        assert row(printed, "Sở Y tế", 1) == ["1", "1", "0", "0,0%", "1", "0", "0,0%", "0"]
        assert row(printed, "Tổng cộng") == ["8", "6", "2", "25,0%", "5", "3", "37,5%", "+1"]

    def test_targets_stand_apart(self, printed: str) -> None:
        limits, _, targets = printed.partition("MỤC TIÊU CỦA TỔNG ĐÀI")
        assert "Điện thoại viên" in targets
        assert "Điện thoại viên" not in limits
        assert "Cơ quan chuyên môn" not in targets

    def test_what_was_read_and_supposed_and_how_far_it_is_known(self, printed: str) -> None:
        read, known = printed.splitlines()[0].split("; ")
        assert read == "Diễn lại 4 hồ sơ, 16 sự kiện"
        assert known == "tiếp nhận từ 23/11/2026 đến 23/11/2026, ghi nhận đến 09:00 ngày 26/11/2026."
        assert "lịch làm việc worked.yaml" in printed.splitlines()[1]
        assert "4 lượt còn đang xử lý, được xét đến thời điểm ghi nhận." in printed

    def test_it_is_the_same_every_time(
        self, printed: str, events: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        again = replay(events, "--calendar", events.parent / "worked.yaml", capsys=capsys, monkeypatch=monkeypatch)
        assert again == printed


def test_as_it_was_by_default(
    events: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = replay(events, capsys=capsys, monkeypatch=monkeypatch)
    totals = [row(printed, "Tổng cộng", table) for table in range(4)]
    assert [total[1:4] for total in totals] == [total[4:7] for total in totals]
    assert [total[7] for total in totals] == ["0"] * 4


def test_no_case_is_no_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert replay(file_of(tmp_path, []), capsys=capsys, monkeypatch=monkeypatch).startswith(
        "Diễn lại 0 hồ sơ, 0 sự kiện."
    )


def test_what_cannot_be_judged_is_said(
    events: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A calendar that ends, and a stage that the rules do not know."""
    ends = events.parent / "ends.yaml"
    ends.write_text(
        "timezone: Asia/Ho_Chi_Minh\nweekly: {}\ndate_overrides: {2026-11-23: [['07:30', '11:30']]}\n", "utf-8"
    )
    events.write_bytes(events.read_bytes().replace(b'"name":"operator"', b'"name":"riddle"'))
    printed = replay(events, "--calendar", ends, capsys=capsys, monkeypatch=monkeypatch)
    assert "4 lượt của khâu “riddle” không xét được" in printed
    assert "4 lượt của khâu “Cơ quan chuyên môn xử lý” không xét được" in printed


@pytest.mark.parametrize("last", [b"{\n", b'{"v":1}\n', b""])
def test_nothing_is_printed_when_a_line_is_wrong(
    last: bytes, events: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = events.read_bytes().splitlines(keepends=True)
    events.write_bytes(b"".join([*lines, last or lines[1]]))
    with pytest.raises(SystemExit, match=r"^make replay: line 17: "):
        replay(events, capsys=capsys, monkeypatch=monkeypatch)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "arguments", [["nowhere.jsonl"], ["a", "--regulation", "nowhere.yaml"], ["a", "--calendar", "x"], [""]]
)
def test_what_is_not_there_is_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match=r"^make replay: .*(nowhere|/x|EVENTS=)"):
        replay(*arguments, capsys=capsys, monkeypatch=monkeypatch)


def test_the_changes_kept_beside_the_export_are_laid_over_our_calendar(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a stage that was late on a day that was announced too late to be off."""
    file = export(tmp_path, story("2026-11-09 09:00", "2026-11-11 09:00"))
    assert replay(file, capsys=capsys, monkeypatch=monkeypatch).count("-1\n") == 0
    shown = [
        {"number": 2, "kind": "day_off", "dates": ["2026-11-10"], "hours": [], "withdraws": None, "reason": "Bão"},
        {"number": 1, "kind": "working_day", "dates": ["2026-11-14"], "hours": [["07:30", "11:30"]]},
    ]
    assert changes.write({"changes": shown}, file) == 2
    printed = replay(file, capsys=capsys, monkeypatch=monkeypatch)
    assert row(printed, "Cơ quan chuyên môn xử lý (480 phút)") == ["1", "0", "1", "100,0%", "1", "0", "0,0%", "-1"]
    assert "lịch có 2 thông báo thay đổi" in printed
    assert "Bão" not in changes.beside(file).read_text("utf-8")


@pytest.mark.parametrize(
    "content", ["{", "[1]", '[{"number":1,"kind":"closure","dates":["2026-11-10"],"hours":[["9","8"]]}]']
)
def test_changes_that_are_none_are_one_line(
    content: str, events: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    changes.beside(events).write_text(content, "utf-8")
    with pytest.raises(SystemExit, match=r"^make replay: [^\n]+$"):
        replay(events, capsys=capsys, monkeypatch=monkeypatch)


class TestRules:
    def write(self, folder: Path, name: str, content: object) -> str:
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        return str(folder / name)

    def test_ours(self) -> None:
        assert rules().stages == REGULATION.stages
        assert rules("hoa_binh").title == REGULATION.title

    def test_a_whole_regulation_with_its_calendar_beside_it(self, tmp_path: Path) -> None:
        data = ours.read("hoa_binh.yaml")
        data["stages"]["agency"]["minutes"] = 960
        days = {"timezone": "Asia/Ho_Chi_Minh", "weekly": {"sat": [["08:00", "12:00"]]}}
        file = self.write(tmp_path, "other.yaml", data | {"id": "other"})
        with pytest.raises(FileNotFoundError, match=r"other\.calendar\.yaml"):
            rules(file)
        self.write(tmp_path, "other.calendar.yaml", days)
        found = rules(file)
        assert (found.id, found.stages["agency"].minutes, found.calendar.usual_hours) == (
            "other",
            960,
            (("08:00", "12:00"),),
        )

    def test_a_few_changes_laid_over_ours(self, tmp_path: Path) -> None:
        found = rules(self.write(tmp_path, "few.yaml", {"stages": {"agency": {"minutes": 960}}, "pauses": []}))
        assert found.stages["agency"].label == REGULATION.stages["agency"].label
        assert (found.stages["agency"].minutes, found.stages["officer"].minutes, list(found.pauses)) == (960, 300, [])
        assert found.title == f"{REGULATION.title}, thay đổi theo few.yaml"

    def test_another_calendar_alone(self, tmp_path: Path) -> None:
        days = {"timezone": "Asia/Ho_Chi_Minh", "weekly": {"sat": [["08:00", "12:00"]]}}
        found = rules(calendar=self.write(tmp_path, "days.yaml", days))
        assert (found.stages, found.calendar.usual_hours) == (REGULATION.stages, (("08:00", "12:00"),))

    def test_what_the_centre_announced_belongs_to_its_own_calendar(self, tmp_path: Path) -> None:
        known = [announced(day_off("2026-11-10"))]
        office = {"timezone": "Asia/Ho_Chi_Minh", "weekly": {"tue": [["08:00", "12:00"]]}}
        noon = given(receive(at="2026-11-10 09:00")).now
        assert not rules(changes=known).calendar.is_open(noon)
        assert rules(calendar=self.write(tmp_path, "days.yaml", office), changes=known).calendar.is_open(noon)

    @pytest.mark.parametrize("content", [{"stages": {"agency": {"minutes": -1}}}, {"stagez": {}}, ["x"], "x"])
    def test_what_is_no_regulation(self, tmp_path: Path, content: object) -> None:
        with pytest.raises(RegulationError):
            rules(self.write(tmp_path, "bad.yaml", content))

    def test_what_is_no_calendar(self, tmp_path: Path) -> None:
        with pytest.raises(CalendarError):
            rules(calendar=self.write(tmp_path, "bad.yaml", {"timezone": "Mars/Olympus"}))


def test_the_bar_is_for_terminals_only(
    events: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["replay", str(events)])
    program.main()
    assert capfd.readouterr().err == ""


def test_waiting_cases_are_running(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = when(story("2026-11-23 09:00", None), ask(), at="2026-11-23 10:00")
    printed = replay(export(tmp_path, asked, as_of="2027-01-04 09:00"), capsys=capsys, monkeypatch=monkeypatch)
    assert row(printed, "Cơ quan chuyên môn xử lý (480 phút)") == ["1", "1", "0", "0,0%", "1", "0", "0,0%", "0"]
    assert "1 lượt còn đang xử lý" in printed
