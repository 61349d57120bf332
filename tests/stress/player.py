"""People at random: what citizens, the desk, officers, agencies and leadership might do next, by the same dice."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib.domain.case import Case, State
from chalicelib.domain.case_code import from_number
from infra import directory
from tests.integration.world import ANSWER, CASE, LEADER, OPERATOR, SENDER, World

UNITS = ("so_tu_phap", "so_y_te", "so_tai_nguyen_moi_truong", "so_noi_vu")
KINDS = ({"kind": "question"}, {"kind": "suggestion"}, {"kind": "report", "about": "conduct"}, {"kind": "service"})
SENDERS = (SENDER, SENDER | {"email": ""}, SENDER | {"name": ""}, SENDER | {"email": "", "phone": "1022"})
TITLES = ("Đăng ký khai sinh", "Đơn khiếu nại về đất đai", "Cấp lại thẻ", "Đường hỏng ở tổ 5")
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
RESULT = {"result": "Đã kiểm tra.", **PEOPLE}
BY_QUEUE = {unit.id for unit in directory.agencies("hoa_binh")}
Reply = dict[str, Any]


class Codes:
    """Codes by number, so that two plays have the same."""

    def __init__(self) -> None:
        self._number = 0

    def case_code(self) -> str:
        self._number += 1
        return from_number(self._number * 7_654_321)


class Player:
    """Plays in a world; `hear` takes an agency's reply to the centre."""

    def __init__(self, world: World, dice: random.Random, hear: Callable[[Reply], None], *, cases: int) -> None:
        self.world, self._dice, self._hear, self._most = world, dice, hear, cases
        self._codes: list[str] = []
        self._keys = 0
        world.deps.__dict__["ids"] = Codes()

    def turn(self) -> None:
        """Do one thing: a new matter, or something with a case there is."""
        if len(self._codes) < self._most and (not self._codes or self._dice.random() < 0.3):
            self._send()
        else:
            self._go_on(self.world.case(self._dice.choice(self._codes)))

    def _send(self) -> None:
        body = CASE | self._dice.choice(KINDS) | {"title": self._dice.choice(TITLES)}
        made = self._call("POST", "/v1/cases", body | {"sender": self._dice.choice(SENDERS)})
        self._codes.append(made["code"])

    def _go_on(self, case: Case) -> None:
        match case.state:
            case State.AWAITING_DETAILS:
                pin = self.world.deps.keys.pin(case.code)
                words = {"content": "Thêm chi tiết.", "sender": {"name": "Bùi Thị Hoa"}}
                self._call("POST", f"/v1/cases/{case.code}/details", words, X_Case_Pin=pin)
            case State.WITH_AGENCY | State.WITH_POST:
                self._answer_for(case)
            case _:
                self._act(case)

    def _act(self, case: Case) -> None:
        holder = case.holder
        token = f"{holder.role}:{holder.unit}:nv01" if holder else self._dice.choice((OPERATOR, LEADER, LEADER))
        action, body = self._dice.choice(self._choices(case, token))
        path = f"/v1/desk/cases/{case.code}/{action}"
        self._call("POST", path, {"version": case.version, **body}, token)

    def _choices(self, case: Case, token: str) -> list[tuple[str, dict[str, Any]]]:
        ask = ("request-details", {"question": "Ở đâu, khi nào?"})
        match case.state:
            case State.RECEIVED:
                refusal = {"reason": "Trùng hồ sơ.", "guidance": "Xem hồ sơ trước."}
                forward = ("forward", {"unit": self._dice.choice(UNITS), "note": "Xin xem giúp."})
                sort = ("classify", {"kind": "suggestion", "field": "dat_dai"})
                refer = ("refer", {"reason": "Ngoài thẩm quyền."})
                return [("answer", ANSWER), ask, ("refuse", refusal), sort, forward, forward, forward, refer]
            case State.WITH_OFFICER:
                meet = ("appointment", {"at": self._promise(days=3)})
                back = ("return", {"reason": "Không thuộc đơn vị."})
                return [("answer", ANSWER), ask, meet, ("forward-to-agency", {}), ("forward-to-agency", {}), back]
            case State.WITH_LEADERSHIP:
                return [("opinion", {"opinion": "Mời sang cơ quan khác.", "leader": "Lê Thị Minh"})]
            case _ if token == OPERATOR:
                return [("publication", {}), ("actions/notice/close", {"outcome": "Đã xong."})]
            case _:
                return [("publication/approve", {}), ("publication/withdraw", {"reason": "Có người nhận ra."})]

    def _answer_for(self, case: Case) -> None:
        """Let the agency act: by its queue, with a mistake now and then, or at the desk where it has none."""
        assert case.holder is not None
        unit, dice = case.holder.unit, self._dice
        later = {"new_due": self._promise(days=6), "reason": "Chờ sổ gốc."}
        done = {"outcome": "Đã cử người khác."}
        choices = [
            ("accepted", "accept", {}),
            ("result", "result", RESULT),
            ("result", "result", RESULT),
            ("not_ours", "decline", {"reason": "Không thuộc."}),
            ("reappointed", "reappointment", later),
            ("details_wanted", "request-details", {"question": "Số mấy?"}),
            ("action_done", "actions/substitution/close", done),
        ]
        type_, action, body = dice.choice(choices)
        wrong = {"priority": 1} if dice.random() < 0.1 else {}
        if unit in BY_QUEUE:
            named = {"action": "substitution"} if type_ == "action_done" else {}
            head = {"version": "1", "type": type_, "unit": unit, "case": case.code, "message_id": f"m{self._key()}"}
            self._hear(head | body | named | wrong)
        else:
            path = f"/v1/desk/cases/{case.code}/{action}"
            self._call("POST", path, {"version": case.version} | body | wrong, f"agency:{unit}:cq01")

    def _promise(self, *, days: int) -> str:
        day = self.world.clock.now() + timedelta(days=days)
        return f"{day:%Y-%m-%d}T09:00:00+07:00"

    def _call(self, method: str, path: str, body: Any, token: str = "", **headers: str) -> Any:
        """Call as people do: not everything is allowed, nothing may break."""
        key = f"k{self._key()}"
        status, made = self.world.call(method, path, body, token=token, Idempotency_Key=key, **headers)
        assert status < 500, made
        return made

    def _key(self) -> int:
        self._keys += 1
        return self._keys
