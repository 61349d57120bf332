"""The catalogue of procedures: brought in by a file, accepted, changed, and read by everybody."""

from __future__ import annotations

from chalicelib.domain.case_code import from_number
from tests import procedures
from tests.files import digest
from tests.integration.desk import at_desk
from tests.integration.test_procedures import ABOUT, CATALOGUE, JSONL
from tests.integration.world import ADMIN, OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import Ids, carry

IMPORTS = "/v1/desk/catalogue/imports"
CODE = "9.000001"


def catalogued(centre: Centre) -> None:
    """A set of procedures from a file, one of them changed, and every way to read them."""
    Ids.code = from_number(91 * 123_456 + 10**9)
    content = procedures.EXAMPLE.read_bytes()
    said = {"name": "danh-muc.jsonl", "media_type": JSONL, "size": len(content), "sha256": digest(content)}
    upload = carry(centre.ask("POST", "/v1/desk/catalogue/uploads", said, ADMIN), content)
    draft = centre.ask("POST", IMPORTS, ABOUT | {"upload": upload}, ADMIN)["id"]
    centre.ask("GET", f"{IMPORTS}/{draft}", token=ADMIN)
    centre.ask("POST", f"{IMPORTS}/{draft}/accept", token=ADMIN)
    changed = procedures.rows()[0] | {"name": "Đăng ký khai sinh cho trẻ em"}
    draft = centre.ask("POST", IMPORTS, ABOUT | {"procedures": [changed]}, ADMIN)["id"]
    centre.ask("POST", f"{IMPORTS}/{draft}/accept", token=ADMIN)
    for path in ("versions", "versions/2", f"procedures/{CODE}/history", "export"):
        centre.ask("GET", f"/v1/desk/catalogue/{path}", token=OPERATOR)
    for path in ("", f"/{CODE}"):
        centre.ask("GET", f"/v1/procedures{path}")
        centre.browse(f"/thu-tuc{path}")
    centre.ask("POST", "/v1/ask", {"question": "Khai sinh cho con cần giấy tờ gì?"})
    cookie = at_desk(centre.world, ADMIN).cookie
    for path in ("", f"/ban-nhap/{draft}", "/phien-ban/2", "/tai-ve"):
        centre.browse(f"{CATALOGUE}{path}", cookie=cookie)
