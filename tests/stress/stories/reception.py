"""Citizens are received: written down, corrected, followed up by a case, told."""

from __future__ import annotations

from chalicelib.domain.case_code import from_number
from tests.integration.desk import OWN, at_desk
from tests.integration.test_reception import ALL, MATTER, PAGE, SESSION, SORTING
from tests.integration.world import LEADER
from tests.stress.centre import Centre
from tests.stress.stories.telling import Ids


def received(centre: Centre) -> None:
    """A session of two matters by the API and one by the pages, every way that something is written down."""
    Ids.code = code = from_number(95 * 123_456 + 10**9)
    centre.ask("POST", ALL, SESSION, LEADER)
    for _ in range(2):
        centre.ask("POST", f"{ALL}/{code}/matters", MATTER, LEADER)
    centre.ask("POST", f"{ALL}/{code}/corrections", {"correction": "Phòng 102."}, LEADER)
    Ids.code = from_number(96 * 123_456 + 10**9)
    centre.ask("POST", f"{ALL}/{code}/matters/1/case", SORTING, LEADER)
    telling = {"how": "refused", "words": "Không thuộc thẩm quyền."}
    centre.ask("POST", f"{ALL}/{code}/matters/2/telling", telling, LEADER)
    for path in (f"{ALL}/{code}", f"{ALL}?month=2026-11", "/v1/desk/reception-duties"):
        centre.ask("GET", path, None, LEADER)
    centre.settle()
    centre.at("11:00")
    on_pages(centre)


def on_pages(centre: Centre) -> None:
    """The same at a browser."""
    Ids.code = code = from_number(97 * 123_456 + 10**9)
    how = {"cookie": at_desk(centre.world, LEADER).cookie, "site": OWN}
    centre.browse(centre.browse(PAGE, **how), "lap", **how, **SESSION)
    for number in ("1", "2"):
        typed = {"name": "Bùi Thị Hoa", "content": f"Nội dung thứ {number}, xin xem xét giúp tôi."}
        centre.browse(centre.browse(f"{PAGE}/{code}", **how), "noi-dung", **how, **typed)
    centre.browse(centre.browse(f"{PAGE}/{code}", **how), "dinh-chinh", **how, correction="Phòng 102.")
    Ids.code = from_number(98 * 123_456 + 10**9)
    sorting = {"number": "1", "kind": "question", "field": "dat_dai"}
    centre.browse(centre.browse(f"{PAGE}/{code}", **how), "ho-so", **how, **sorting)
    telling = {"number": "2", "how": "accepted", "words": "Đã thụ lý."}
    centre.browse(centre.browse(f"{PAGE}/{code}", **how), "tra-loi", **how, **telling)
    centre.browse(f"{PAGE}/{code}/bien-ban", **how)
    centre.settle()
