from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.calendar_layers import layered
from chalicelib.domain.calendar_parsing import parse_rules
from chalicelib.domain.working_time import CalendarError, WorkingCalendar

BASE = {"timezone": "Asia/Ho_Chi_Minh", "weekly": {"mon": [["07:30", "11:30"]], "fri": [["07:30", "11:30"]]}}
DAYS = [f"2027-02-{day:02}" for day in range(1, 9)]  # Monday to Monday
MORNING, EVENING = [["08:00", "09:00"]], [["18:00", "24:00"]]

days = st.sampled_from(DAYS)
frames = st.sampled_from([[], MORNING, EVENING, [*MORNING, *EVENING]])
cuts = st.sampled_from([[], MORNING, [["07:00", "08:30"]], [["08:30", "20:00"], ["19:00", "21:00"]]])
layers = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "holidays": st.lists(days, max_size=4),
            "date_overrides": st.dictionaries(days, frames, max_size=4),
            "breaks": st.dictionaries(days, cuts, max_size=4),
        },
    ),
    max_size=4,
)


def frames_on(day, mapping):
    return parse_rules(mapping).frames_on(date.fromisoformat(day))


def plainly(day, base, above):
    """Each layer in turn, as a person would: what it says of the date, or what was said below."""
    found = {"weekly": base["weekly"]}
    every_cut = []
    for layer in above:
        if day in layer.get("holidays", ()):
            found = {"weekly": {}, "holidays": [day]}
        elif day in layer.get("date_overrides", {}):
            found = {"weekly": {}, "date_overrides": {day: layer["date_overrides"][day]}}
        every_cut += layer.get("breaks", {}).get(day, ())
    return frames_on(day, {"timezone": base["timezone"], "breaks": {day: every_cut}, **found})


@given(layers)
def test_the_uppermost_layer_that_names_a_date_wins(above):
    whole = layered(BASE, *above)
    assert [frames_on(day, whole) for day in DAYS] == [plainly(day, BASE, above) for day in DAYS]


@given(layers, st.integers(0, 4))
def test_it_does_not_matter_which_are_laid_together_first(above, cut):
    whole, in_two = layered(BASE, *above), layered(layered(BASE, *above[:cut]), layered(*above[cut:]))
    assert [frames_on(day, whole) for day in DAYS] == [frames_on(day, in_two) for day in DAYS]


@given(layers, st.integers(0, 7 * 24 * 60), st.integers(0, 2000))
def test_a_calendar_changed_at_run_time_is_one_layer_more(above, offset, minutes):
    start = datetime(2027, 1, 31, tzinfo=UTC) + timedelta(minutes=offset)
    calendar, whole = WorkingCalendar.from_mapping(BASE), BASE
    for layer in above:
        before = calendar.due(start, minutes)
        changed = calendar.with_changes(**layer)
        whole = layered(whole, layer)
        every_day = [date.fromisoformat(day) for day in DAYS]
        assert [changed._rules.frames_on(day) for day in every_day] == [frames_on(day, whole) for day in DAYS]
        assert changed.due(start, minutes) == WorkingCalendar.from_mapping(whole).due(start, minutes)
        assert calendar.due(start, minutes) == before
        calendar = changed


@given(layers)
def test_no_layer_is_changed(above):
    before = repr((BASE, above))
    layered(BASE, *above)
    assert repr((BASE, above)) == before


def test_one_calendar_alone_is_what_it_was():
    rules = {**BASE, "holidays": [DAYS[0]], "date_overrides": {DAYS[0]: MORNING}, "breaks": {DAYS[4]: MORNING}}
    assert parse_rules(layered(rules)) == parse_rules(rules)
    assert layered() == {"holidays": [], "date_overrides": {}, "breaks": {}}


def test_a_date_of_yaml_and_its_text_are_one_day():
    day = date(2027, 2, 1)
    opened = layered({**BASE, "holidays": [day]}, {"date_overrides": {day.isoformat(): MORNING}})
    assert WorkingCalendar.from_mapping(opened).is_open(datetime(2027, 2, 1, 1, 30, tzinfo=UTC))
    cut = layered({**BASE, "breaks": {day: [["07:30", "09:00"]]}}, {"breaks": {day.isoformat(): [["08:30", "11:30"]]}})
    assert frames_on(day.isoformat(), cut) == ()


def test_the_upper_zone_and_week_stand_alone():
    whole = layered({"holidays": DAYS[:1]}, BASE, {"weekly": {"tue": MORNING}})
    assert (whole["timezone"], whole["weekly"]) == ("Asia/Ho_Chi_Minh", {"tue": MORNING})


@pytest.mark.parametrize(
    ("layer", "entry"),
    [
        ({"holidays": "2027-02-01"}, "holidays: must be a list"),
        ({"holidays": ["2027-02-30"]}, r"holidays\[0\]: '2027-02-30'"),
        ({"breaks": {DAYS[0]: [["10:00", "09:00"]]}}, rf"breaks\.{DAYS[0]}\[0\]: "),
        ({"date_overrides": [DAYS[0]]}, "date_overrides: must map"),
        ({"holiday": []}, "holiday: not a calendar key"),
        (None, "the calendar: must map"),
    ],
)
def test_a_bad_entry_is_named_by_its_place_in_its_layer(layer, entry):
    with pytest.raises(CalendarError, match=f"^{entry}"):
        layered({**BASE, "holidays": DAYS}, layer)
