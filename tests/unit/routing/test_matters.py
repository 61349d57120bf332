"""Whose a matter is, written from the sources by who had not read the rules: centre by centre, article by article."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.routing.tables import Centre, Matters, written

FACTS = {"kind", "about", "field", "channel", "customer"}
CENTRES = {name: Centre(name) for name in ("ha_noi", "hoa_binh")}


def _matters() -> list[Any]:
    return [pytest.param(name, one, id=f"{name}-{one['words'][:40]}") for name in CENTRES for one in written(name)]


@pytest.mark.parametrize(("centre", "entry"), _matters())
def test_a_matter_is_whose_the_source_says(centre: str, entry: dict[str, Any]) -> None:
    asked = Matters(entry["words"], **{name: entry[name] for name in FACTS & entry.keys()})
    rules = CENTRES[centre].rules
    assert asked.channel in rules.channels
    assert asked.field in rules.fields
    found = CENTRES[centre].route(asked)
    assert found.owner == entry.get("owner", found.owner), entry["source"]
    assert found.owner not in entry.get("never", ())
    assert (found.supervisor or "") == entry.get("supervisor", "")
