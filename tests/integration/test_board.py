"""The public board: approved answers, without a person in them (Điều 2.2; R70, R110)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.integration.world import ANSWER, CASE, LEADER, OFFICER, OPERATOR, SENDER, World

TELLTALES = ["Bùi Thị Hoa", "Hoa", "0912", "912345678", "hoa@example.com", "Phương Lâm", "987654"]


def publish(world: World, code: str) -> None:
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)


def published(world: World, **changes: Any) -> str:
    code = world.answered(**changes)
    publish(world, code)
    return code


def board(world: World, query: str = "") -> Any:
    status, page = world.call("GET", f"/v1/board?{query}")
    assert status == 200, page
    return page


def questions(world: World, query: str = "") -> list[str]:
    return [posting["question"].partition("\n")[0] for posting in board(world, query)["postings"]]


class TestApproval:
    def test_nothing_without_the_leadership(self, world: World) -> None:
        code = world.answered()
        world.act(code, "publication", OPERATOR)
        world.drain()
        assert board(world)["postings"] == []
        world.act(code, "publication/approve", LEADER)
        world.drain()
        assert len(board(world)["postings"]) == 1

    def test_exactly_what_was_proposed_last(self, world: World) -> None:
        code = world.answered()
        for words in ("Bản nháp đầu.", "Câu hỏi đã sửa."):
            world.act(code, "publication", OPERATOR, {"question": words})
        world.act(code, "publication/approve", LEADER)
        world.drain()
        [posting] = board(world)["postings"]
        assert (posting["question"], posting["answer"]) == ("Câu hỏi đã sửa.", ANSWER["answer"])

    def test_a_leader_approves_what_they_saw(self, world: World) -> None:
        """Given a text changed behind the leader's back, then the approval of the old one is stale."""
        code = world.answered()
        world.act(code, "publication", OPERATOR)
        seen = world.case(code).version
        world.act(code, "publication", OPERATOR, {"question": "Câu khác."})
        path = f"/v1/desk/cases/{code}/publication/approve"
        status, refused = world.call("POST", path, {"version": seen}, token=LEADER)
        assert (status, refused["code"]) == (409, "stale_version")

    def test_a_refused_proposal_stays_away(self, world: World) -> None:
        code = world.answered()
        world.act(code, "publication", OPERATOR)
        world.act(code, "publication/withdraw", LEADER, {"reason": "Việc riêng của một người."})
        world.drain()
        assert board(world)["postings"] == []
        assert world.act(code, "publication/approve", LEADER, expect=409)["code"] == "wrong_state"


def test_no_person_in_it(world: World) -> None:
    """R110: whoever wrote them, the texts lose name, numbers, mail and address of the sender, in any spelling."""
    words = {
        "title": "Bà Bùi Thị Hoa hỏi",
        "content": "Tôi là BÙI THỊ HOA, tổ 5, phường Phương Lâm, số 0912.345.678, thư hoa@example.com, xin hỏi.",
    }
    code = world.send(**words)["code"]
    reply = "Bà Hoa ở Tổ 5 phường Phương Lâm (ĐT 0912 345 678 hoặc 0987 654 321) mang theo giấy khai sinh."
    world.act(code, "answer", OPERATOR, ANSWER | {"answer": reply})
    publish(world, code)
    world.drain()
    [posting] = board(world)["postings"]
    shown = json.dumps(posting, ensure_ascii=False)
    assert [mark for mark in (*TELLTALES, code, SENDER["phone"]) if mark in shown] == []
    assert "mang theo giấy khai sinh" in posting["answer"]
    assert set(posting) == {
        *("id", "kind", "kind_label", "field", "field_label", "agency", "agency_name"),
        *("question", "answer", "published_at"),
    }


class TestLists:
    @pytest.fixture
    def _three_months(self, world: World) -> None:
        """One in November, and one each of two agencies in December, one of them while it was November in UTC."""
        published(world, title="Tháng mười một", field="dat_dai")
        world.clock.set(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))  # 06:30 on the first of December
        published(world, title="Sáng mồng một")
        code = world.at_officer(title="Của Sở Tư pháp")
        world.act(code, "answer", OFFICER, ANSWER)
        world.clock.forward(minutes=1)
        publish(world, code)
        world.drain()

    @pytest.mark.usefixtures("_three_months")
    def test_filters(self, world: World) -> None:
        """By month of the office's own zone, by field, by agency, and by both; newest first."""
        expected = {
            "month=2026-11": ["Tháng mười một"],
            "": ["Của Sở Tư pháp", "Sáng mồng một"],
            "month=2026-10": [],
            "field=ho_tich": ["Của Sở Tư pháp", "Sáng mồng một"],
            "field=dat_dai": [],
            "month=2026-11&field=dat_dai": ["Tháng mười một"],
            "agency=so_tu_phap": ["Của Sở Tư pháp"],
            "agency=tong_dai": ["Sáng mồng một"],
            "agency=tong_dai&field=ho_tich": ["Sáng mồng một"],
            "agency=tong_dai&field=dat_dai": [],
        }
        assert {query: questions(world, query) for query in expected} == expected

    def test_pages(self, world: World) -> None:
        """Given three answers at one moment among five, then pages of two show each once; cursors need no escaping."""
        for number in range(5):
            published(world, title=f"Số {number}")
            world.clock.forward(minutes=number // 2)
        world.drain()
        for query in ("", "&field=ho_tich", "&agency=tong_dai", "&agency=tong_dai&field=ho_tich"):
            seen, cursor = [], ""
            for _ in range(3):
                page = board(world, f"month=2026-11&limit=2{query}&cursor={cursor}")
                seen += [posting["question"][:4] for posting in page["postings"]]
                cursor = page["cursor"]
            assert (sorted(seen), cursor) == ([f"Số {number}" for number in range(5)], "")
            assert seen[0] == "Số 4"


class TestOrderOfMessages:
    @pytest.fixture
    def messages(self, world: World) -> list[Any]:
        """Stream records of a publication and its withdrawal, relayed to nobody yet."""
        code = published(world)
        world.act(code, "publication/withdraw", LEADER, {"reason": "Có người nhận ra."})
        return [one for one in world.stream() if "ublic" in str(one)]

    def test_a_withdrawal_takes_it_off(self, world: World) -> None:
        code = published(world)
        world.drain()
        [posting] = board(world)["postings"]
        world.act(code, "publication/withdraw", LEADER, {"reason": "Có người nhận ra."})
        world.drain()
        assert board(world)["postings"] == []
        assert world.call("GET", f"/v1/board/{posting['id']}")[1]["code"] == "posting_not_found"

    def test_any_order_ends_right(self, world: World, messages: list[Any]) -> None:
        for order in (reversed(messages), messages, messages[:1]):
            world.restream(list(order))
            assert world.work() == 0
            assert board(world)["postings"] == []

    def test_published_again(self, world: World, messages: list[Any]) -> None:
        code = messages[0]["dynamodb"]["Keys"]["pk"]["S"]
        world.act(code, "publication", OPERATOR, {"question": "Đã bỏ chi tiết."})
        world.act(code, "publication/approve", LEADER)
        world.restream([*world.stream(), *messages])
        assert world.work() == 0
        assert questions(world) == ["Đã bỏ chi tiết."]

    def test_a_slow_worker_does_not_bring_back_what_was_withdrawn(self, world: World) -> None:
        """Given a worker about to publish, when the withdrawal is decided and done meanwhile, then it stays done."""
        code = published(world)
        put = world.deps.board.put

        def slow(posting: Any) -> None:
            world.deps.board.__dict__.pop("put")
            world.act(code, "publication/withdraw", LEADER, {"reason": "Có người nhận ra."})
            world.relay()
            world.work()
            put(posting)

        world.deps.board.__dict__["put"] = slow
        world.drain()
        assert board(world)["postings"] == []


def test_a_name_on_the_board_does_not_lead_to_the_case(world: World) -> None:
    code = published(world, title=CASE["title"])
    world.drain()
    [posting] = board(world)["postings"]
    assert posting["id"] not in code
    assert world.call("GET", f"/v1/board/{code}")[0] == 404
