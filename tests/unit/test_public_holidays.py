"""The country's days as a file, below the centre's own list: what the library knows, and what it does not."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.adapters import regulation_files
from chalicelib.adapters.regulation_files import calendar, read
from chalicelib.domain.working_time import CalendarError, WorkingCalendar
from infra import public_holidays
from infra.public_holidays import FILE, text

OFFICE = WorkingCalendar.from_mapping(calendar("hoa_binh"))


def works(day: str) -> bool:
    at = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return OFFICE.is_open(at)


def working_days(days: list[str], year: int) -> set[str]:
    return {day for day in days if int(day[:4]) == year and date.fromisoformat(day).weekday() < 5}


def test_the_file_is_what_the_library_says() -> None:
    assert FILE.read_text("utf-8") == text()


def test_what_is_not_what_the_library_says_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(public_holidays, "FILE", tmp_path / "vietnam.holidays.yaml")
    with pytest.raises(SystemExit, match="--write"):
        public_holidays.main(["--check"])
    public_holidays.main(["--write"])
    public_holidays.main(["--check"])


@pytest.mark.parametrize(("year", "missed"), [(2024, set()), (2025, set()), (2026, {"2026-01-02"})])
def test_the_library_misses_one_swap_of_the_announced_years(year, missed) -> None:
    own, library = (working_days(read(name)["holidays"], year) for name in ("vietnam.announced.yaml", FILE.name))
    assert (own - library, library - own) == (missed, set())


def test_new_year_2026_is_bridged_and_made_up_for() -> None:
    assert [works(day) for day in ("2026-01-01", "2026-01-02", "2026-01-10")] == [False, False, True]


@pytest.mark.parametrize("first", ["2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02", "2038-02-04"])
def test_tet_is_off_in_years_not_announced_yet(first) -> None:
    tet = date.fromisoformat(first)
    assert not any(works(tet.replace(day=tet.day + later).isoformat()) for later in (0, 1, 2))


def test_the_days_around_tet_2027_and_one_in_lieu_are_off() -> None:
    assert [works(f"2027-02-{day:02}") for day in range(3, 12)] == [True, *[False] * 7, True]
    assert not works("2027-05-03")


@pytest.fixture
def files(monkeypatch):
    """Files of a centre and a country in place of ours."""
    kept = {}
    monkeypatch.setattr(regulation_files, "read", lambda name: dict(kept[name]))
    return kept


def test_the_centre_wins_over_what_is_announced_and_that_over_the_library(files) -> None:
    files["land.holidays.yaml"] = {"holidays": ["2027-02-05", "2027-02-08", "2028-01-03"]}
    files["land.announced.yaml"] = {
        "years": [2028],
        "holidays": ["2028-01-05"],
        "swaps": {"2028-01-08": "2028-01-05"},  # the hours of a Wednesday
    }
    files["ours.calendar.yaml"] = {
        "timezone": "UTC",
        "weekly": {"wed": [["07:00", "11:00"]]},
        "defaults": "land",
        "holidays": ["2027-02-04"],
        "date_overrides": {"2027-02-05": [["08:00", "09:00"]]},
    }
    assert calendar("ours") == {
        "timezone": "UTC",
        "weekly": {"wed": [["07:00", "11:00"]]},
        "holidays": ["2027-02-04", "2027-02-08", "2028-01-05"],
        "date_overrides": {"2028-01-08": [["07:00", "11:00"]], "2027-02-05": [["08:00", "09:00"]]},
        "breaks": {},
    }


def test_a_centre_may_leave_the_library_out(files) -> None:
    files["ours.calendar.yaml"] = {"timezone": "UTC", "weekly": {}, "holidays": ["2027-02-04"]}
    assert calendar("ours")["holidays"] == ["2027-02-04"]


def test_an_empty_file_is_a_calendar_without_its_zone(monkeypatch) -> None:
    monkeypatch.setattr(regulation_files, "read", lambda _: None)
    with pytest.raises(CalendarError, match="timezone: missing"):
        WorkingCalendar.from_mapping(calendar("ours"))


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"years": ["2028"], "holidays": [], "swaps": {}}, "years"),
        ({"years": [2028], "holidays": [], "swaps": {"2028-01-08": "Wednesday"}}, "swaps.2028-01-08"),
        ({"years": [2028], "holidays": [], "swaps": {"8/1": "2028-01-05"}}, "swaps.8/1"),
    ],
)
def test_what_is_announced_amiss_is_named(files, said, where) -> None:
    files["land.holidays.yaml"] = {"holidays": []}
    files["land.announced.yaml"] = said
    files["ours.calendar.yaml"] = {"timezone": "UTC", "weekly": {}, "defaults": "land"}
    with pytest.raises(CalendarError, match=f"^{where}"):
        calendar("ours")
