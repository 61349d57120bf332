"""What citizens write by mail: into their case, or somewhere, for an operator to see to."""

from __future__ import annotations

from typing import Any

from chalicelib.usecases.reach_sender import reply_address
from tests.integration.test_mails import Post, mail
from tests.integration.world import OPERATOR
from tests.stress.centre import Centre
from tests.stress.stories.telling import send

MAILS, NOWHERE = "/v1/desk/mails", "hoi@tra-loi.tongdai.example"


def written(centre: Centre) -> None:
    """An answer that comes twice, words nobody asked for, and two mails to no case: one is put into it, one is not."""
    post, code = Post(centre.world), send(centre, 50)["code"]
    centre.act(code, "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
    centre.settle()
    centre.at("10:00")
    to = reply_address(code, centre.world.deps)
    for address, words in ((to, "Số 123."), (to, "Số 123."), (NOWHERE, "Xin gửi kèm."), (NOWHERE, "Mua nhà giá rẻ.")):
        centre.world.post("mails", post.put(mail(address, words), address)["Body"])
        centre.deliver()
    centre.settle()
    centre.at("11:00")
    centre.world.post("mails", post.put(mail(to, "Còn giấy tờ nào nữa không?"), to)["Body"])
    centre.settle()
    centre.at("11:30")
    ours, theirs = waiting(centre)
    centre.ask("GET", f"{MAILS}/{ours['id']}", token=OPERATOR)
    centre.ask("POST", f"{MAILS}/{ours['id']}/attach", {"code": code}, OPERATOR)
    centre.ask("POST", f"{MAILS}/{theirs['id']}/dismiss", {"note": "Quảng cáo"}, OPERATOR, may_say=409)
    centre.settle()


def waiting(centre: Centre) -> Any:
    return centre.ask("GET", MAILS, token=OPERATOR)["mails"]
