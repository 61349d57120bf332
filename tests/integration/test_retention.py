"""Past its time nothing is left of a person, and every figure is as it was (R99, R100)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.adapters.dynamo import codec
from chalicelib.adapters.dynamo.cases import PERSON
from chalicelib.adapters.dynamo.tables import MODELS, CaseItem, CentreItem, TallyItem
from chalicelib.domain.case import PARTS
from chalicelib.domain.errors import UnavailableError
from chalicelib.ports.keeping import Place
from chalicelib.usecases import forget_past as job
from chalicelib.usecases.forget_past import ENDS, due
from chalicelib.usecases.reach_sender import note_undelivered
from chalicelib.usecases.verify_log import verify_log
from infra.files import DRAFTS, WAITING
from infra.incoming_mail import PREFIX
from infra.retention import report
from tests.builders import local
from tests.integration import lives
from tests.integration.browser import open_page
from tests.integration.desk import at_desk
from tests.integration.lives import MARK, leaks
from tests.integration.world import ADMIN, LEADER, OPERATOR, World

IN_TIME, OVER = "2031-12-31 23:00", "2032-01-01 01:00"
REASON = {"reason": "Vụ việc đang được tòa án xem xét."}


@pytest.fixture(autouse=True)
def begun_lately(world: World) -> None:
    """A centre whose first case is of this month: the job looks at no years without any."""
    world.deps.__dict__["retention"] = replace(world.deps.retention, first_day=date(2026, 11, 1))


def ended(world: World) -> list[str]:
    """Live the marked lives to their end: every kind of text, files, mails, a board that was used and cleared."""
    codes = lives.everything(world)
    for code in codes:
        case = world.case(code)
        for duty in case.open_actions:
            world.act(code, f"actions/{duty.name}/close", OPERATOR, {"outcome": f"Xong {MARK}."})
        if case.holder and case.holder.role == "agency":
            world.act(code, "decline", f"agency:{case.holder.unit}:bd01", REASON)
        if world.case(code).holder:
            world.act(code, "answer", OPERATOR, {"answer": f"Xong {MARK}.", **lives.PEOPLE})
    world.clock.set(local("2026-12-28 09:00"))
    world.sweep()
    world.drain()
    assert {world.case(code).state.value for code in codes} == {"closed", "refused"}
    return codes


def everything_kept(world: World) -> dict[str, str]:
    """Return all that any table or bucket holds, but for what they forget by themselves by now."""
    now = int(world.clock.now().timestamp())
    found = {}
    for name, model in MODELS.items():
        for item in model.scan():
            if (getattr(item, "expires", None) or now + 1) > now:
                found[f"{name} {item.pk} {getattr(item, 'sk', '')}"] = json.dumps(item.serialize())
    s3 = world.cloud("s3")
    for bucket in (one["Name"] for one in s3.list_buckets()["Buckets"]):
        for key in (one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", ())):
            if not key.startswith((PREFIX, WAITING, DRAFTS)):  # whose lifecycle the templates state
                one = s3.get_object(Bucket=bucket, Key=key)
                found[f"{bucket} {key}"] = one["Body"].read().decode("latin-1") + json.dumps(one["Metadata"])
    return found


def marked(world: World) -> list[str]:
    contacts = [world.deps.keys.sender(one) for one in ("+84987650123", "zxqv@example.com", "moi.zxqv@example.com")]
    kept = everything_kept(world)
    return [key for key, item in kept.items() if leaks(item) or any(contact in item for contact in contacts)]


def tallies() -> list[str]:
    return sorted(json.dumps(item.serialize(), sort_keys=True) for item in TallyItem.scan())


def events() -> list[str]:
    items = (item for item in CaseItem.scan() if item.sk.startswith("EVENT#"))
    return sorted(json.dumps(item.serialize(), sort_keys=True) for item in items if item.kind != "Anonymised")


def test_no_trace_of_a_person_is_left_in_any_table_or_bucket(world: World) -> None:
    """Given whole lives with every kind of text, when their time is over, then no mark stands anywhere but one.

    A mail that came from another address left that address' keyed hash in an event: docs/operations.md says so.
    """
    codes = ended(world)
    assert len(marked(world)) > 35
    counted, happened = tallies(), events()
    world.clock.forward(minutes=3)  # what is younger is not exported
    export = world.call("GET", "/v1/desk/export?from=2026-11-01&to=2026-12-31", token=LEADER)[1]["events"]
    world.clock.set(local(IN_TIME))
    world.forget()
    assert all(world.case(code).erased == () for code in codes)
    world.clock.set(local(OVER))
    world.forget()
    assert all(world.case(code).erased == PARTS for code in codes)
    assert marked(world) == []
    assert (tallies(), events()) == (counted, happened)
    assert [verify_log(code, world.deps) for code in codes] == [()] * len(codes)
    world.drain()
    assert tallies() == counted
    world.clock.forward(minutes=3)
    again = world.call("GET", "/v1/desk/export?from=2026-11-01&to=2026-12-31", token=LEADER)[1]["events"]
    facts = [{name: value for name, value in line.items() if name != "as_of"} for line in again]
    assert [one for one in facts if one["type"] != "Anonymised"] == [
        {name: value for name, value in line.items() if name != "as_of"} for line in export
    ]
    assert sum(one["type"] == "Anonymised" for one in facts) == len(codes)


def test_what_is_left_is_a_tombstone_that_says_when(world: World) -> None:
    code = over(world)
    world.forget()
    shown = world.open(code)
    assert shown["case"]["anonymised"] == [*PARTS]
    assert shown["case"]["anonymised_at"] == "2031-12-31T18:00:00Z"
    page = at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}")
    assert "Đã ẩn danh" in page.words
    public = open_page(f"/theo-doi/{code}")
    assert public.status == 200
    assert "đã được ẩn danh" in public.words
    pin = {"X_Case_Pin": world.deps.keys.pin(code)}
    status, content = world.call("GET", f"/v1/cases/{code}/content", **pin)
    assert (status, content["sender"]["name"], content["said"][-1]["texts"].get("answer")) == (200, "", None)
    status, refused = world.call("POST", f"/v1/cases/{code}/rating", {"rating": "satisfied"}, **pin)
    assert (status, refused["code"]) == (409, "case_anonymised")


def test_what_leadership_holds_is_kept_until_it_lets_go(world: World) -> None:
    held, other = world.answered(), world.answered()
    world.act(held, "hold", LEADER, REASON)
    close(world)
    world.clock.set(local(OVER))
    world.forget()
    assert (world.case(held).erased, world.case(other).erased) == ((), PARTS)
    world.act(held, "hold/lift", LEADER, REASON)
    world.forget()
    world.clock.forward(minutes=3)
    world.forget()
    assert world.case(held).erased == PARTS
    assert kept_of(held) == {"EVENT", "HEAD"}


def test_nobody_but_leadership_holds_a_case(world: World) -> None:
    code = world.answered()
    world.act(code, "hold", OPERATOR, REASON, expect=403)
    world.act(code, "hold/lift", LEADER, REASON, expect=409)


def test_a_run_that_dies_between_the_event_and_its_effect_is_followed_by_one_that_finds_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = over(world)
    with monkeypatch.context() as broken:
        broken.setattr(type(world.deps.traces), "clear", _dies)
        with pytest.raises(UnavailableError):
            world.forget()
    assert world.case(code).erased == PARTS
    assert PERSON in kept_of(code), "it is still there"
    assert world.open(code)["sender"]["name"] == "", "and nobody is shown it"
    world.clock.forward(hours=1)
    world.forget()
    assert kept_of(code) == {"EVENT", "HEAD"}


def test_a_run_cut_short_is_continued(world: World) -> None:
    """Given more cases than one batch, when there is no time left after some, then the next run goes on there."""

    codes = [world.answered() for _ in range(3)]
    close(world)
    world.clock.set(local(OVER))
    batch, job.BATCH = job.BATCH, 1
    try:
        turns = iter([True, True, True, False])  # the look at traces, then two batches of one
        job.forget_past(world.deps, go_on=lambda: next(turns))
        assert sum(bool(world.case(code).erased) for code in codes) == 2
        job.forget_past(world.deps)
    finally:
        job.BATCH = batch
    assert all(world.case(code).erased for code in codes)


def test_a_case_that_is_held_meanwhile_is_kept(world: World) -> None:
    """The decision is made on the case as it is written: whoever was first wins, and nothing is lost."""
    code = over(world)
    world.meanwhile(lambda: world.act(code, "hold", LEADER, REASON))
    world.forget()
    assert world.case(code).erased == ()
    assert PERSON in kept_of(code)
    world.clock.forward(hours=2)
    world.forget()
    assert world.case(code).held


def test_a_case_that_cannot_be_read_keeps_no_other(world: World) -> None:
    spoilt, whole = world.answered(), world.answered()
    close(world)
    world.spoil(spoilt, "HEAD", body="{")
    world.clock.set(local(OVER))
    world.forget()
    assert world.case(whole).erased == PARTS


def test_a_published_answer_stays_on_the_board_and_can_be_taken_off(world: World) -> None:
    code = world.answered()
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)
    world.drain()
    close(world)
    world.clock.set(local(OVER))
    world.forget()
    world.drain()
    name = world.deps.keys.public_name(code)
    assert world.deps.board.get(name).answer
    world.act(code, "publication/withdraw", LEADER, REASON)
    world.drain()
    assert world.call("GET", f"/v1/board/{name}")[0] == 404


def test_a_mail_and_a_bounce_that_come_too_late_are_no_trouble(world: World) -> None:
    codes = ended(world)
    world.clock.set(local(OVER))
    world.forget()
    note_undelivered("email", "bounce", "answered", codes[0], "m-late", world.deps)
    assert world.case(codes[0]).erased == PARTS
    assert world.call("GET", "/v1/desk/mails", token=ADMIN)[0] == 200


def test_a_dry_run_names_them_and_changes_nothing(world: World) -> None:
    code = over(world)
    said = list(report(world.deps, None, dry_run=True))
    assert said[1:3] == [code, "1 would be anonymised"]
    assert said[0].startswith("cases completed before 2027-01-01")
    assert world.case(code).erased == ()
    done = list(report(world.deps, date(2026, 11, 1), dry_run=False))
    assert done[1] == "1 anonymised, 0 kept, 3 things taken away, 0 failed"
    assert [line.partition(" ")[0] for line in done[0::2]] == ["cases", "receptions", "surveys"]
    assert list(due(world.deps)) == []


def test_events_of_a_kind_are_found_by_their_day(world: World) -> None:
    code = world.answered()
    now = world.clock.now()
    assert list(world.deps.lists.happened_between(now, local("2026-11-24 00:00"), ENDS)) == [
        Place(now, code, 2, "Answered")
    ]


def over(world: World) -> str:
    """Return a case whose time is over."""
    code = world.answered()
    close(world)
    world.clock.set(local(OVER))
    return code


def close(world: World) -> None:
    world.clock.set(local("2026-12-28 09:00"))
    world.sweep()


def forget(world: World) -> None:
    """Run the hour's look where no case is old enough to be looked for: years without any are long to walk."""
    for mark, at in ((job.PAST, job.completed_before(world.deps)), (job.TRACES, world.clock.now() - job.SETTLED)):
        CentreItem("WATERMARK", mark, at=codec.instant(at)).save()
    world.forget()


def kept_of(code: str) -> set[str]:
    return {item.sk.partition("#")[0] for item in CaseItem.query(code)}


def _dies(*_: Any) -> int:
    raise UnavailableError("store_unavailable", "Hệ thống đang bận")
