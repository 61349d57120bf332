"""What the centre learns from its own cases: from what people did, by the clock, to what desk and leadership see."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain import bottlenecks, triage_training
from chalicelib.domain.errors import ConflictError, UnavailableError
from chalicelib.domain.signals import Foretold
from chalicelib.domain.sums import HOUR
from chalicelib.ports.learned import Facts
from tests.builders import local
from tests.integration.desk import at_desk
from tests.integration.world import ADMIN, AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, SENDER, World

POLICE, ROADS = "cong_an_tinh", "so_giao_thong_van_tai"
LICENCES = ("đổi giấy phép lái xe", "cấp lại giấy phép lái xe bị mất", "gia hạn giấy phép lái xe")
DEEDS = ("sang tên sổ đỏ cho con", "cấp lại sổ đỏ bị mất", "tách sổ đỏ làm hai")
NAME = "Quỳnh Dao"


def person(number: int) -> dict[str, str]:
    return SENDER | {"phone": f"09{number:08d}", "email": f"s{number}@example.com", "name": f"{NAME} Hoa"}


def matter(number: int, ways: tuple[str, ...], field: str) -> dict[str, Any]:
    content = f"Tôi là {NAME} Hoa, số 09{number:08d}, muốn hỏi {ways[number % len(ways)]} thì cần giấy tờ gì ạ?"
    return {"title": "", "content": content, "field": field, "sender": person(number)}


def astray(world: World, number: int) -> str:
    """A licence sent to the roads' department, which declines; the police answer."""
    code = world.at_agency(ROADS, **matter(number, LICENCES, "giao_thong"))
    world.act(code, "decline", f"agency:{ROADS}:cq01", {"reason": "Không thuộc thẩm quyền", "suggested": POLICE})
    world.act(code, "return", f"officer:{ROADS}:mc01", {"reason": "Cơ quan trả lại"})
    world.act(code, "forward", OPERATOR, {"unit": POLICE})
    world.act(code, "answer", f"officer:{POLICE}:mc01", ANSWER)
    return code


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A centre of few cases: what takes hundreds of lessons elsewhere takes eight here."""
    for name, value in {"FEWEST": 4, "SENDERS": 3, "PROOF": 1, "EXAMPLES": 2, "EPOCHS": 30}.items():
        monkeypatch.setattr(triage_training, name, value)


@pytest.fixture
def taught(world: World, small: None) -> World:
    """Eight cases have ended: four licences, all by the police after a detour; four deeds."""
    world.clock.set(local("2026-11-23 09:00"))
    for number in range(4):
        astray(world, number)
        world.clock.forward(minutes=1)
        deed = world.at_officer("so_tai_nguyen_moi_truong", **matter(100 + number, DEEDS, "dat_dai"))
        world.act(deed, "answer", "officer:so_tai_nguyen_moi_truong:mc01", ANSWER)
        world.clock.forward(
            minutes=1
        )  # of one moment, codes would decide what is learned first, and they are by chance
    world.clock.forward(minutes=10)
    world.learn()
    return world


def asked(world: World, code: str, token: str = OPERATOR, *, expect: int = 200) -> Any:
    status, shown = world.call("GET", f"/v1/desk/cases/{code}/suggestions", token=token)
    assert status == expect, shown
    return shown


class TestSuggestions:
    def test_before_anything_was_learned_the_rules_speak_alone(self, world: World) -> None:
        shown = asked(world, world.send(**matter(1, LICENCES, "giao_thong"))["code"])
        assert (shown["version"], shown["holder"], shown["by_rules"]) == (0, None, ROADS)

    def test_the_final_holder_is_learned_not_the_first(self, taught: World) -> None:
        """Given licences that the rules send to the roads' department and the police settled, it is the police."""
        shown = asked(taught, taught.send(**matter(50, LICENCES, "giao_thong"))["code"])
        assert (shown["version"], shown["holder"]["value"], shown["by_rules"]) == (1, POLICE, ROADS)
        assert shown["holder"]["confidence"] >= triage_training.SURE
        assert {"phép", "lái", "xe"} & {word for words in shown["holder"]["words"] for word in words.split()}

    def test_what_it_never_heard_it_does_not_guess(self, taught: World) -> None:
        strange = "Ban đêm loa kẹo kéo hát inh ỏi suốt mấy tuần nay khiến cụ già mất ngủ triền miên"
        shown = asked(taught, taught.send(title="", content=strange, field="khac")["code"])
        assert (shown["kind"], shown["field"], shown["holder"]) == (None, None, None)

    def test_what_the_case_has_already_is_not_suggested(self, taught: World) -> None:
        code = taught.at_officer(POLICE, **matter(50, LICENCES, "giao_thong"))
        assert asked(taught, code, f"officer:{POLICE}:mc01")["holder"] is None

    @pytest.mark.parametrize("into", [("phong_xe",), ("phong_xe", "phong_bang_lai"), ()])
    def test_a_unit_that_is_no_more_is_not_suggested_but_the_one_it_became(
        self, taught: World, into: tuple[str, ...]
    ) -> None:
        """Ended after it was learned: the one unit it became stands for it; of two, or of none yet, nobody can tell."""
        police, now = taught.deps.directory.unit(POLICE), date(2026, 11, 23)
        for name in into:
            heir = replace(police, id=name, name=f"Công an: {name}", since=now, formed_from=(POLICE,), earlier=())
            taught.deps.directory.put(heir)
        taught.deps.directory.put(replace(police, until=date(2026, 11, 22)))
        shown = asked(taught, taught.send(**matter(50, LICENCES, "giao_thong"))["code"])["holder"]
        assert (shown and (shown["value"], shown["label"])) == (
            ("phong_xe", "Công an: phong_xe") if len(into) == 1 else None
        )

    def test_a_unit_that_came_since_is_learned_when_it_has_answered(self, taught: World) -> None:
        """A new unit is never made up: it is nobody's suggestion before cases have come to it."""
        roads = taught.deps.directory.unit(ROADS)
        taught.deps.directory.put(replace(roads, id="so_moi", name="Sở mới", since=date(2026, 11, 23), earlier=()))
        shown = asked(taught, taught.send(**matter(50, LICENCES, "giao_thong"))["code"])
        assert shown["holder"]["value"] == POLICE

    def test_the_file_holds_nobodys_data(self, taught: World) -> None:
        """The same name in eight cases of as many senders: redaction has taken it out before anything was learned."""
        s3, bucket = taught.cloud("s3"), taught.deps.settings.files_bucket
        keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket, Prefix="learned/")["Contents"]]
        files = b"".join(gzip.decompress(s3.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in keys)
        assert any(key.startswith("learned/triage/") for key in keys)
        assert b"giay phep" in files
        for word in (b"quynh", b"Qu\xe1\xbb\xb3nh", b"example.com", b"0000000"):
            assert word not in files

    def test_the_page_shows_it_and_one_key_takes_it_over(self, taught: World) -> None:
        code = taught.send(**matter(50, LICENCES, "giao_thong"))["code"]
        desk = at_desk(taught, OPERATOR)
        page = desk.open(f"/ban-lam-viec/ho-so/{code}")
        assert "Gợi ý" in page.words
        assert "Chuyển theo gợi ý" in page.words
        done = desk.send(page, "chuyen", {"unit": POLICE})
        assert done.status == 200
        assert (taught.case(code).holder or taught.case(code)).unit == POLICE  # type: ignore[union-attr]

    def test_intake_fills_in_what_is_suggested_and_saves_nothing(self, taught: World) -> None:
        desk = at_desk(taught, OPERATOR)
        words = {"content": "Bác ấy muốn gia hạn giấy phép lái xe thì cần giấy tờ gì", "sender_kind": "individual"}
        page = desk.send(desk.open("/ban-lam-viec/tiep-nhan"), "ghi", {**words, "step": "suggest", "kind": "question"})
        assert page.status == 200
        assert "Đã điền theo gợi ý" in page.words
        assert f'<option value="{POLICE}" selected>' in page.html
        chosen = desk.send(
            page, "ghi", {**words, "step": "suggest", "kind": "question", "field": "dat_dai", "unit": ""}
        )
        assert '<option value="dat_dai" selected>' in chosen.html, "what somebody chose stays"
        nothing = desk.send(page, "ghi", {"content": "xin chào", "step": "suggest"})
        assert "Chưa đủ chắc để gợi ý" in nothing.words

    def test_a_store_in_trouble_takes_nothing_from_the_page(
        self, taught: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = taught.send()["code"]

        def down(_: Any) -> None:
            raise UnavailableError("files_unavailable", "Kho tệp đang bận")

        monkeypatch.setattr(taught.deps.learned.triage, "newest", down)
        assert at_desk(taught, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}").status == 200
        assert asked(taught, code, expect=503)["code"] == "files_unavailable"

    def test_only_readers_of_the_case_are_told(self, taught: World) -> None:
        asked(taught, taught.send()["code"], OFFICER, expect=403)


class TestTheSameAgain:
    def test_a_matter_told_twice_is_shown_to_the_desk_alone(self, world: World) -> None:
        words = "Cầu treo xóm Nà Mận hỏng ván đã hai tuần, các cháu đi học qua rất nguy hiểm, mong được sửa sớm"
        first = world.send(title="", content=words, sender=person(1))["code"]
        world.clock.forward(minutes=10)
        world.learn()
        again = world.at_officer(content=words.lower() + " xin cảm ơn", title="", sender=person(2))
        [one] = asked(world, again)["similar"]
        assert (one["code"], one["state_label"]) == (first, "Mới tiếp nhận")
        assert asked(world, again, OFFICER)["similar"] == []


class TestReleases:
    def test_learning_is_due_once_a_week_and_keeps_how_the_last_version_did(self, taught: World) -> None:
        """Given a version and licences that came after it, the next one knows that the first would have been right."""
        astray(taught, 60)
        taught.clock.forward(days=6)
        taught.learn()
        assert taught.deps.learned.triage.newest(taught.clock.now()).number == 1  # type: ignore[union-attr]
        taught.clock.forward(days=1)
        taught.learn()
        release = taught.deps.learned.triage.newest(taught.clock.now())
        assert release is not None
        hits = release.facts.before["holder"]
        assert (release.number, release.facts.cases, hits.cases, hits.told, hits.right) == (2, 9, 1, 1, 1)
        page = at_desk(taught, LEADER).open("/ban-lam-viec/du-bao")
        assert "Bản 2, học lúc" in page.words
        assert "100,0 %" in page.words

    def test_of_two_who_learn_one_publishes(self, world: World) -> None:
        shelf, now = world.deps.learned.forecast, world.clock.now()
        content = Foretold(now.date(), ())
        assert shelf.publish(content, Facts(), now, after=0) == 1
        with pytest.raises(ConflictError):
            shelf.publish(content, Facts(3), now, after=0)
        newest = shelf.newest(now)
        assert newest is not None
        assert (newest.number, newest.facts.cases) == (1, 0)

    def test_what_fails_keeps_nothing_else_from_being_learned(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def down(*_: Any, **__: Any) -> None:
            raise UnavailableError("store_unavailable", "Hệ thống đang bận")

        monkeypatch.setattr(world.deps.lists, "received_between", down)
        with pytest.raises(UnavailableError):
            world.learn()
        assert world.deps.learned.forecast.newest(world.clock.now()) is not None

    def test_a_case_that_cannot_be_read_teaches_nothing_and_stops_nothing(self, taught: World) -> None:
        taught.spoil(astray(taught, 61), "EVENT#00001", body="{}")
        taught.clock.forward(days=7)
        taught.learn()
        assert taught.deps.learned.triage.newest(taught.clock.now()).number == 2  # type: ignore[union-attr]


class TestBottlenecks:
    def test_what_many_ask_about_is_told_with_the_cases_behind_it(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given ten days of one deed each and then nine licences in two days, the licences are the bottleneck."""
        for number in range(10):
            world.clock.set(local(f"2026-11-{2 + number:02} 09:00"))
            world.send(**matter(100 + number, DEEDS, "dat_dai"))
            world.send(**matter(200 + number, DEEDS, "dat_dai"))
        codes = set()
        for number in range(9):
            world.clock.set(local(f"2026-11-{17 + number % 2} 09:00"))
            codes.add(world.send(**matter(number, LICENCES, "giao_thong"))["code"])
        world.clock.set(local("2026-11-19 05:00"))
        world.learn()
        status, shown = world.call("GET", "/v1/desk/bottlenecks", token=LEADER)
        assert (status, shown["today"], shown["cases"]) == (200, "2026-11-19", 9)
        [one] = shown["found"]
        assert (one["senders"], one["usual"], set(one["codes"])) == (9, 0, codes)
        assert [part["id"] for part in one["fields"]] == ["giao_thong"]
        page = at_desk(world, LEADER).open("/ban-lam-viec/du-bao")
        assert one["label"] in page.words
        assert all(f"/ho-so/{code}" in page.html for code in codes)

    def test_without_any_the_page_says_so(self, world: World) -> None:
        page = at_desk(world, LEADER).open("/ban-lam-viec/du-bao")
        assert "Chưa tính điểm nghẽn lần nào" in page.words
        world.learn()
        world.clock.forward(minutes=6)
        page = at_desk(world, LEADER).open("/ban-lam-viec/du-bao")
        assert "không có nội dung nào được nhắc nhiều bất thường" in page.words

    @pytest.mark.parametrize("token", [OFFICER, AGENCY])
    @pytest.mark.parametrize("what", ["bottlenecks", "forecast"])
    def test_units_do_not_see_the_whole_centre(self, world: World, token: str, what: str) -> None:
        assert world.call("GET", f"/v1/desk/{what}", token=token)[0] == 403
        assert bottlenecks.FEWEST >= 5  # nobody's own matter is a finding


class TestForecast:
    def test_it_is_made_of_the_tallies_once_a_day(self, world: World) -> None:
        """Given ten weeks of counters, four weeks are foretold, by hour, and the page draws them."""
        world.clock.set(local("2026-11-23 03:00"))
        self._ten_weeks(world)
        world.learn()
        world.learn()
        status, shown = world.call("GET", "/v1/desk/forecast", token=OPERATOR)
        assert (status, shown["today"], len(shown["days"])) == (200, "2026-11-23", 28)
        days = {one["day"]: one for one in shown["days"]}
        assert days["2026-11-25"]["cases"] == pytest.approx(20, rel=0.15)
        assert days["2026-11-25"]["hours"][9] == pytest.approx(days["2026-11-25"]["cases"], abs=0.2)
        assert days["2026-11-28"]["cases"] < 10
        assert not days["2026-11-24"]["worked"]
        page = at_desk(world, ADMIN).open("/ban-lam-viec/du-bao")
        assert "Dự báo lượng tiếp nhận bốn tuần tới" in page.words
        assert page.html.count("<svg") == 2
        assert "Thứ Tư, 25/11/2026: theo giờ" in page.words, "the 24th is a day off"
        page = at_desk(world, ADMIN).open("/ban-lam-viec/du-bao?ngay=2026-12-01")
        assert "Thứ Ba, 01/12/2026: theo giờ" in page.words
        assert world.deps.learned.forecast.newest(world.clock.now()).number == 1  # type: ignore[union-attr]

    def test_of_too_little_the_page_says_what_is_lacking(self, world: World) -> None:
        world.learn()
        page = at_desk(world, OPERATOR).open("/ban-lam-viec/du-bao")
        assert "cần số liệu của ít nhất tám tuần" in page.words

    def _ten_weeks(self, world: World) -> None:
        from datetime import date, timedelta

        first = date(2026, 9, 14)
        for number in range(70):
            day = first + timedelta(days=number)
            count = 20 if day.weekday() < 5 else 4
            rows = {f"{day}#tong_dai#question": {"received": count, f"{HOUR}09": count}}
            world.deps.tallies.count(f"made-up#{number}", f"{day:%Y-%m}", rows)
