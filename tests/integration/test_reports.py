"""A report from being asked for to being signed off: its numbers, what they rest on, that nothing changes then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import ConflictError, ForbiddenError
from chalicelib.domain.reporting.period import Period
from chalicelib.domain.reporting.report import EVALUATION, REPORT, Report, Words
from chalicelib.usecases.ask_report import ask_report
from chalicelib.usecases.finish_report import reword_report, sign_report
from chalicelib.usecases.keep_unit import keep_unit
from chalicelib.usecases.make_report import make_report
from chalicelib.usecases.prove_report import Mismatch, prove_report
from chalicelib.views import reports as view
from tests.builders import local
from tests.integration.test_retention import close
from tests.integration.test_rights import ask, decide
from tests.integration.world import ANSWER, OFFICER, SENDER, World

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
LEADER = Actor("leadership", "lanh_dao_trung_tam", "ld01")


@pytest.fixture
def month(world: World) -> World:
    """November 2026: a case from October, one answered early, one late, one refused, one open; rated in December."""
    world.clock.set(local("2026-10-30 09:00"))
    world.silent = world.send(kind="suggestion")["code"]  # type: ignore[attr-defined] # nothing happens to it for months
    world.clock.set(local("2026-11-23 09:00"))
    world.early = world.answered()  # type: ignore[attr-defined]
    late = world.at_officer(kind="suggestion")
    world.clock.set(local("2026-11-23 16:30"))
    world.sweep()
    world.act(late, "answer", OFFICER, ANSWER)
    world.late = late  # type: ignore[attr-defined]
    world.send(declared_petition="denunciation")
    world.send()
    world.clock.set(local("2026-12-01 08:00"))
    world.drain()
    return world


def asked(world: World, kind: str = REPORT, period: Period = NOVEMBER) -> Report:
    report = ask_report(kind, period, LEADER, world.deps, key="1")
    world.drain()
    world.work()
    return world.deps.reports.get(report.name)


def numbers(world: World, report: Report, row: str = "total") -> dict[str, int]:
    figures = world.deps.report_files.figures(report)
    return {cell.partition("/")[2]: n for cell, n in figures.counts.items() if cell.startswith(f"{row}/")}


def test_a_month_in_numbers(month: World) -> None:
    report = asked(month)
    assert report.made
    assert report.rounds == 5
    found = numbers(month, report)
    assert {name: found.get(name, 0) for name in ("entered", "received", "carried", "answered", "refused", "open")} == {
        "entered": 5,
        "received": 4,
        "carried": 1,
        "answered": 2,
        "refused": 1,
        "open": 2,
    }
    assert (found["answered_on_time"], found["answered_late"], found["told_late"]) == (1, 1, 1)
    assert found["late_stages"] == 1
    assert numbers(month, report, "unit:so_tu_phap")["answered_late"] == 1
    assert numbers(month, report, "pakn")["entered"] == 2
    tallied = month.deps.month_sums.of("2026-11", month.clock.now()).totals
    for column, counter in {"received": "received", "told_late": "answered_late", "answered": "answered"}.items():
        assert found[column] == tallied[counter]


def test_each_round_names_the_events_it_rests_on(month: World) -> None:
    report = asked(month)
    rounds = {one.code: one for one in month.deps.report_files.rounds(report)}
    for code, one in rounds.items():
        stored = month.deps.cases.load(code)
        assert (one.seq, one.chain) == (stored.case.version, stored.chain)
    assert rounds[month.silent].origin == "carried"  # type: ignore[attr-defined]


def test_a_report_made_again_is_the_same(month: World) -> None:
    report = asked(month)
    again = ask_report(REPORT, NOVEMBER, LEADER, month.deps, key="2")
    month.clock.forward(days=3)
    month.sweep()
    made = make_report(again.name, month.deps)
    assert (made.files["rounds"], made.files["figures"]) == (report.files["rounds"], report.files["figures"])
    month.deps.reports.replace(again, made.version)  # as if it had crashed before its files were noted
    assert make_report(again.name, month.deps).files == made.files


def test_a_report_that_is_made_is_on_no_day_any_more(month: World) -> None:
    wanted = ask_report(REPORT, NOVEMBER, LEADER, month.deps, key="2")
    month.deps.reports.tell(wanted.name, date(2026, 11, 25))  # and whoever was making it died
    assert not make_report(wanted.name, month.deps).progress


def fetched(world: World, report: Report, name: str, to: Path) -> Path:
    found = world.cloud("s3").list_objects_v2(Bucket=world.deps.settings.reports_bucket)["Contents"]
    key = next(item["Key"] for item in found if report.files[name] in item["Key"] and report.name in item["Key"])
    to.write_bytes(world.cloud("s3").get_object(Bucket=world.deps.settings.reports_bucket, Key=key)["Body"].read())
    return to


def test_the_workbook_says_the_numbers_the_cases_and_what_they_mean(month: World, tmp_path: Path) -> None:
    report = asked(month)
    book = openpyxl.load_workbook(fetched(month, report, "workbook", tmp_path / "a.xlsx"))
    assert book.sheetnames == ["Báo cáo", "Danh sách hồ sơ", "Cách tính"]
    cells: list[Any] = [[cell.value for cell in row] for row in book["Báo cáo"].iter_rows()]
    total = next(row for row in cells if row[1] == "Toàn bộ" and isinstance(row[2], int))
    assert total[2:15] == [5, 4, 0, 0, 1, 2, 0, 1, 1, 2, 2, 0, 1]
    assert book["Danh sách hồ sơ"].max_row == 6
    assert any("Luôn đúng" in str(row[1].value) for row in book["Cách tính"].iter_rows())


def test_what_is_reckoned_is_numbers_in_the_workbook(month: World, tmp_path: Path) -> None:
    report = asked(month)
    sheet = openpyxl.load_workbook(fetched(month, report, "workbook", tmp_path / "a.xlsx"))["Báo cáo"]
    rows = {str(row[1].value): row for row in sheet.iter_rows()}
    compared, ratio = rows["Đã giải quyết"], rows["Tỷ lệ đúng hạn trên số đã đến hạn"]
    assert [cell.value for cell in compared[2:6]] == [0, 2, 2, "–"]
    assert compared[4].number_format == "+#,##0;-#,##0;0"
    assert ([cell.value for cell in ratio[2:5]], ratio[4].number_format) == ([0, 1, 0], "0.0%")


@pytest.mark.parametrize("regulation", ["ha_noi"])
def test_units_are_called_as_in_the_period_and_the_desk_is_not_the_whole_centre(world: World) -> None:
    world.clock.set(local("2026-11-23 09:00"))
    world.send()
    forwarded = world.send()["code"]
    world.act(forwarded, "forward", "operator:tong_dai:dtv01", {"unit": "phong_ho_tro_ca_nhan"})
    world.clock.set(local("2026-12-02 08:00"))
    world.drain()
    keep_unit(
        replace(world.deps.directory.unit("phong_ho_tro_ca_nhan"), name="Phòng Khách hàng"),
        world.deps,
        renamed_on=date(2026, 12, 1),
    )
    named = view.numbers(asked(world), world.deps).rows
    assert named["unit:tong_dai"] == "Tổng đài 1022 thành phố Hà Nội"
    assert named["unit:phong_ho_tro_ca_nhan"] == "Phòng Hướng dẫn, hỗ trợ thủ tục hành chính cho cá nhân"


def test_the_document_has_the_parts_of_a_state_report(month: World, tmp_path: Path) -> None:
    report = asked(month)
    report = reword_report(report.name, Words(remarks="Số phản ánh tăng <b>&", signed_by="Lê Thị Hoà"), 3, month.deps)
    assert not report.made
    month.work()
    report = month.deps.reports.get(report.name)
    document = pypdfium2.PdfDocument(fetched(month, report, "document", tmp_path / "a.pdf"))
    said = [page.get_textpage().get_text_range() for page in document]
    document.close()
    text = "\n".join(said)
    assert [page.split()[0] for page in said[1:]] == [str(number) for number in range(2, len(said) + 1)]
    assert said[0].startswith("ỦY BAN NHÂN DÂN")  # the first page bears no number
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tháng 11 năm 2026",
        "Nơi nhận:",
        "Số phản ánh tăng <b>&",
        "Lê Thị Hoà",
    ):
        assert words in text


class TestSignedOff:
    def test_nothing_changes_any_more(self, month: World) -> None:
        report = asked(month)
        signed = sign_report(report.name, report.version, LEADER, month.deps)
        assert signed.state == "signed"
        with pytest.raises(ConflictError):
            reword_report(report.name, Words(remarks="Khác"), signed.version, month.deps)
        with pytest.raises(ConflictError):
            sign_report(report.name, signed.version, LEADER, month.deps)
        assert numbers(month, signed) == numbers(month, report)

    def test_its_files_lie_under_a_lock_for_as_long_as_the_regulation_says(self, month: World) -> None:
        report = asked(month)
        sign_report(report.name, report.version, LEADER, month.deps)
        s3, bucket = month.cloud("s3"), month.deps.settings.reports_bucket
        locked = s3.list_objects_v2(Bucket=bucket, Prefix="signed/")["Contents"]
        assert len(locked) == len(report.files) == 6
        for item in locked:
            kept = s3.head_object(Bucket=bucket, Key=item["Key"])
            assert (kept["ObjectLockMode"], kept["ObjectLockRetainUntilDate"].year) == ("COMPLIANCE", 2036)

    def test_only_whom_the_regulation_names_may(self, month: World) -> None:
        report = asked(month)
        with pytest.raises(ForbiddenError):
            sign_report(report.name, report.version, Actor("administrator", "", "qt"), month.deps)

    def test_not_before_the_files_say_what_it_says(self, month: World) -> None:
        report = asked(month)
        report = reword_report(report.name, Words(remarks="Mới"), report.version, month.deps)
        with pytest.raises(ConflictError):
            sign_report(report.name, report.version, LEADER, month.deps)

    def test_a_file_that_was_changed_meanwhile_is_not_frozen(self, month: World) -> None:
        report = asked(month)
        s3, bucket = month.cloud("s3"), month.deps.settings.reports_bucket
        key = next(item["Key"] for item in s3.list_objects_v2(Bucket=bucket)["Contents"] if "/figures-" in item["Key"])
        s3.put_object(Bucket=bucket, Key=key, Body=b"{}")
        with pytest.raises(ConflictError):
            sign_report(report.name, report.version, LEADER, month.deps)
        assert month.deps.reports.get(report.name).signed is None


class TestMonthly:
    def test_it_is_asked_for_on_the_first_working_day_and_once(self, month: World) -> None:
        month.clock.set(local("2026-11-30 16:00"))
        month.month()
        month.clock.set(local("2026-12-01 05:00"))
        month.month()
        names = [one.name for one in month.deps.reports.all(limit=9)[0]]
        assert names == ["2026-10-31-thang"]
        month.clock.set(local("2026-12-01 08:00"))
        month.month()
        month.month()
        assert [one.name for one in month.deps.reports.all(limit=9)[0]] == ["2026-11-30-thang", "2026-10-31-thang"]

    def test_one_whose_message_was_lost_is_asked_for_again(self, month: World) -> None:
        ask_report(REPORT, NOVEMBER, LEADER, month.deps, key="2")
        month.receive(month.url("reports"))
        month.clock.forward(hours=2)
        month.month()
        month.work()
        assert all(one.made for one in month.deps.reports.all(limit=9)[0])


def test_an_evaluation_names_agencies_and_officials(month: World) -> None:
    report = asked(month, EVALUATION)
    figures = month.deps.report_files.figures(report)
    assert set(figures.officers.values()) == {("so_tu_phap", "Trần Văn Bình"), ("tong_dai", "Trần Văn Bình")}


class TestProved:
    def test_rounds_log_and_tallies_say_the_same(self, month: World) -> None:
        assert prove_report(asked(month).name, month.deps) == []

    def test_a_counter_that_lies_is_named(self, month: World) -> None:
        report = asked(month)
        month.deps.tallies.count("spoilt", "2026-11", {"2026-11-23#tong_dai#question": {"answered": 1}})
        assert prove_report(report.name, month.deps) == [Mismatch("tallies", "total/answered", 2, 3)]


def test_a_month_counts_the_same_once_a_sender_is_erased(world: World) -> None:
    """Erased cases keep their figures (ADR 17); only the name of the official went with the words."""
    world.clock.set(local("2026-11-23 09:00"))
    code = world.answered(sender=SENDER | {"email": ""})
    world.send()
    world.clock.set(local("2026-12-01 08:00"))
    world.drain()
    kept = but_for_officials(world, asked(world))
    close(world)
    right = ask(world, code, "erasure")
    decide(world, right["id"], granted=True, article="Nghị định 13/2023/NĐ-CP, Điều 16")
    world.clock.forward(hours=1)
    world.forget()
    assert world.case(code).erased
    again = ask_report(REPORT, NOVEMBER, LEADER, world.deps, key="2")
    make_report(again.name, world.deps)
    assert but_for_officials(world, world.deps.reports.get(again.name)) == kept


def but_for_officials(world: World, report: Report) -> dict[str, int]:
    counts = world.deps.report_files.figures(report).counts
    return {cell: number for cell, number in counts.items() if not cell.startswith("officer:")}
