"""One unit handles, another supervises: lists, urges, hears of what runs late (R54)."""

from __future__ import annotations

from tests.integration.test_supervision import OVER_THE_APP, WATCHER, supervise
from tests.integration.world import OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import UNIT, send


def supervised(centre: Centre) -> None:
    """A case of the app, forwarded, listed for its supervisor, urged, and run late."""
    supervise(centre.world, OVER_THE_APP)
    code = send(centre, 97, channel="app")["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.settle()
    centre.at("10:00")
    [row] = centre.ask("GET", "/v1/desk/supervised", token=WATCHER)["cases"]
    assert row["code"] == code
    centre.act(code, "urge", WATCHER, {"note": "Người gửi đã gọi lại."})
    centre.settle()
    centre.act(code, "take-back", OPERATOR, {"reason": "Chuyển nhầm."}, version=None)
    centre.act(code, "classify", OPERATOR, {"kind": "suggestion", "field": "ho_tich"})
    centre.settle()
