"""Which centre it is stands in the regulation files and nowhere else: no code, template or script knows a province."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chalicelib.adapters.regulation_files import FOLDER, read, regulation

HOUSE = FOLDER.parent
FILES = [
    path
    for path in HOUSE.rglob("*")
    if path.suffix in {".py", ".j2", ".js", ".css", ".svg"} and FOLDER not in path.parents
]
NAMES = sorted(path.name.removesuffix(".directory.yaml") for path in FOLDER.glob("*.directory.yaml"))
# An example in the documents of the API is one of some centre; who reads them is shown a unit's id and address.
EXAMPLES = {"so_tu_phap", "so_y_te", "so_noi_vu"}
CODES = re.compile(r"\d+/(?:\d{4}/)?QĐ-\w+")  # of decisions
PLACES = ("Hòa Bình", "Hoà Bình", "Hoa Binh", "hoabinh", "Hà Nội", "Ha Noi", "hanoi", "ha_noi", "hoa_binh", "iHanoi")


def known() -> set[str]:
    """Everything by which a centre is told from others: ids of units, numbers of decisions, addresses, places."""
    words: set[str] = {*PLACES}
    for name in NAMES:
        rules = regulation(name)
        centre = rules.centre
        words |= {centre["hotline"], centre["web"], centre["email"], centre["name"], centre["short_name"]}
        words |= set(CODES.findall((FOLDER / f"{name}.yaml").read_text("utf-8")))
        words |= {unit["id"] for unit in read(f"{name}.directory.yaml")["units"]}
    return words - EXAMPLES


KNOWN = re.compile("|".join(rf"(?<![\w]){re.escape(word)}(?![\w])" for word in sorted(known(), key=len, reverse=True)))


def test_the_house_and_the_words_were_read() -> None:
    assert len(FILES) > 200
    assert KNOWN.search("Quyết định 2370/QĐ-UBND")
    assert KNOWN.search('if unit == "phong_kiem_soat_tthc":')


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(Path(path).relative_to(HOUSE)))
def test_nobody_asks_which_province_it_is(path: Path) -> None:
    assert KNOWN.findall(path.read_text("utf-8")) == []
