"""The event log as Parquet: every event once, by day, in the columns of the table that Athena reads."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from arro3.io import read_parquet

from chalicelib.adapters.lake import columns
from chalicelib.domain.errors import UnavailableError
from chalicelib.usecases import fill_lake as usecase
from chalicelib.views.lake import rows
from infra import lake
from tests.integration import lives
from tests.integration.lives import leaks
from tests.integration.world import SENDER, World

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def fill_lake(world: World, **how: Any) -> dict[date, int]:
    return usecase.fill_lake(lambda day: rows(day, world.deps), world.deps, **how)


def files(world: World) -> dict[str, bytes]:
    s3, bucket = world.cloud("s3"), world.deps.settings.lake_bucket
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", ())]
    return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}


def table(world: World, day: date) -> Any:
    return read_parquet(io.BytesIO(files(world)[f"events/day={day}/events.parquet"])).read_all()


def values(found: Any, name: str) -> list[Any]:
    return [value.as_py() for value in found.column(name).combine_chunks()]


def test_every_event_of_a_day_is_a_row(world: World) -> None:
    codes = {world.answered(), world.at_agency()}
    world.clock.forward(days=1)
    assert fill_lake(world)[MONDAY] == 5
    found = table(world, MONDAY)
    assert set(values(found, "code")) == codes
    assert sorted(values(found, "type")) == [
        *("Answered", "ForwardedToAgency", "ForwardedToOfficer", "Received", "Received"),
    ]
    at_agency = values(found, "stage").index("agency")
    assert values(found, "stage_minutes")[at_agency] == 480
    assert values(found, "at")[0].tzinfo is None
    assert abs((values(found, "at")[0] - world.case(codes.pop()).received_at.replace(tzinfo=None)).total_seconds()) < 60


def test_the_columns_are_those_of_the_table(world: World) -> None:
    world.send()
    world.clock.forward(days=1)
    fill_lake(world)
    columns_of_table = lake.lake("t")["LakeEvents"]["Properties"]["TableInput"]["StorageDescriptor"]["Columns"]
    schema = table(world, MONDAY).schema
    assert [one["Name"] for one in columns_of_table] == schema.names == list(columns())
    kinds = {"Utf8": "string", "Int64": "bigint", "Float64": "double", "Boolean": "boolean"}
    written = [
        kinds.get(str(schema.field(name).type).split("<")[-1].rstrip(">\n"), "timestamp") for name in schema.names
    ]
    assert written == [one["Type"] for one in columns_of_table]


def test_days_that_are_missing_are_filled_and_others_are_not_read_again(world: World) -> None:
    world.send()
    world.clock.forward(days=3)
    assert len(fill_lake(world)) == 40
    assert list(fill_lake(world)) == [date(2026, 11, 25)]
    world.cloud("s3").delete_object(Bucket=world.deps.settings.lake_bucket, Key=f"events/day={MONDAY}/events.parquet")
    assert fill_lake(world) == {date(2026, 11, 25): 0, MONDAY: 1}


def test_out_of_time_the_next_night_goes_on(world: World) -> None:
    world.clock.forward(days=1)
    turns = iter([True, True, False])
    assert len(fill_lake(world, go_on=lambda: next(turns))) == 2
    assert len(fill_lake(world)) == 39


def test_nobodys_name_or_words_get_there(world: World) -> None:
    lives.everything(world)
    world.clock.forward(days=1)
    fill_lake(world)
    for content in files(world).values():
        found = read_parquet(io.BytesIO(content)).read_all()
        text = repr([values(found, name) for name in found.schema.names if found.num_rows])
        assert not re.search("|".join(map(re.escape, SENDER.values())), text)
        assert not leaks(text)


def test_trouble_with_the_store_is_worth_another_night(world: World) -> None:
    world.deps.lake._bucket = "nobody-has-this"  # type: ignore[attr-defined]
    with pytest.raises(UnavailableError):
        fill_lake(world)
