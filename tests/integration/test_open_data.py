"""Open data of signed reports: nothing that leads to a person or a case, and the report's own numbers (R110)."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import Any
from urllib.parse import unquote, urlsplit

from chalicelib.domain.reporting.open_data import COLUMNS
from chalicelib.usecases.finish_report import sign_report
from tests.integration.browser import open_page
from tests.integration.lives import leaks
from tests.integration.test_reports import LEADER, asked, month, numbers
from tests.integration.world import SENDER, World

__all__ = ["month"]


def signed(world: World) -> Any:
    report = asked(world)
    return sign_report(report.name, report.version, LEADER, world.deps)


def fetched(world: World, name: str, file: str) -> str:
    address = urlsplit(open_page(f"/du-lieu-mo/{name}/{file}").headers["Location"])
    bucket = world.deps.settings.reports_bucket
    key = unquote(address.path).lstrip("/").removeprefix(f"{bucket}/")
    found = world.cloud("s3").get_object(Bucket=bucket, Key=key)
    return found["Body"].read().decode("utf-8-sig")  # type: ignore[no-any-return]


def test_nothing_is_open_before_it_is_signed(month: World) -> None:
    report = asked(month)
    assert month.call("GET", "/v1/open-data")[1]["datasets"] == []
    assert open_page(f"/du-lieu-mo/{report.name}/csv").status == 404


def test_its_lines_are_the_report(month: World) -> None:
    report = signed(month)
    [dataset] = month.call("GET", "/v1/open-data")[1]["datasets"]
    assert (dataset["name"], dataset["rounds"]) == (report.name, 5)
    rows = list(csv.DictReader(fetched(month, report.name, "csv").splitlines()))
    assert rows == [json.loads(line) for line in fetched(month, report.name, "jsonl").splitlines()]
    assert list(rows[0]) == list(COLUMNS)
    kept = numbers(month, report)
    assert len(rows) == kept["entered"]
    told = Counter(row["thoi_han"] for row in rows if row["ket_qua"] == "Đã giải quyết")
    assert told == {"Đúng hạn": kept["answered_on_time"], "Quá hạn": kept["answered_late"]}
    assert Counter(row["nguon"] for row in rows)["Kỳ trước chuyển qua"] == kept["carried"]


def test_nothing_leads_to_a_person_or_a_case(month: World) -> None:
    report = signed(month)
    text = fetched(month, report.name, "csv") + fetched(month, report.name, "jsonl")
    codes = [one.code for one in month.deps.report_files.rounds(report)]
    assert not [word for word in (*codes, *SENDER.values()) if word in text]
    assert not leaks(text)


def test_the_page_lists_it_and_says_what_the_columns_mean(month: World) -> None:
    report = signed(month)
    page = open_page("/du-lieu-mo")
    assert f"du-lieu-mo/{report.name}/csv" in "".join(page.every("a", "href"))
    assert all(name in page.words for name in COLUMNS)


def test_what_was_replaced_is_open_no_more(month: World) -> None:
    from chalicelib.usecases.ask_report import ask_report
    from tests.integration.test_reports import NOVEMBER, REPORT

    first = signed(month)
    better = ask_report(REPORT, NOVEMBER, LEADER, month.deps, key="2", replaces=first.name)
    month.drain()
    month.work()
    made = month.deps.reports.get(better.name)
    sign_report(made.name, made.version, LEADER, month.deps)
    [dataset] = month.call("GET", "/v1/open-data")[1]["datasets"]
    assert dataset["name"] == better.name
