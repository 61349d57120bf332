"""Many at once: one wins, the others are told so; nothing is done twice (R18: one owner at a time)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier
from typing import Any

from chalicelib.domain import commands as cmd
from chalicelib.domain.actors import SENDER as CITIZEN
from chalicelib.domain.actors import SYSTEM, Actor, Role, Sender
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.errors import DomainError
from chalicelib.ports import Receipt
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.count_event import count_event
from chalicelib.usecases.receive_case import receive_case
from chalicelib.usecases.verify_log import verify_log
from tests.builders import local
from tests.integration.world import CASE, OPERATOR, SENDER, World

MANY, ROUNDS = 8, 6
OPERATORS = Actor(Role.OPERATOR, "tong_dai", "dtv01")
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
Job = Callable[[], Any]
Say = Callable[[str], None]


def at_once(jobs: list[Job]) -> list[Any]:
    """Start all jobs at the same moment; returns what each returned, or the refusal it met."""
    start = Barrier(len(jobs))

    def run(job: Job) -> Any:
        start.wait()
        try:
            return job()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def refusals(outcomes: list[Any]) -> Counter[str]:
    return Counter(outcome.code for outcome in outcomes if isinstance(outcome, DomainError))


def commands(rng: random.Random) -> list[cmd.Command]:
    """Eight different things an operator may do with a new case."""
    units = ["so_tu_phap", "so_y_te", "so_noi_vu", "so_xay_dung"]
    made: list[cmd.Command] = [cmd.ForwardToOfficer(unit=unit) for unit in units]
    made += [cmd.Answer(answer="Đã rõ.", **PEOPLE), cmd.Refer(reason="Ngoài thẩm quyền")]
    made += [cmd.RequestDetails(question="Ở đâu?"), cmd.Classify(kind="suggestion", about=None, field="dat_dai")]
    rng.shuffle(made)
    return made


def test_one_wins_and_the_case_has_one_owner(anywhere: World, seed: int, say: Say) -> None:
    """Given eight who act on one version, then one succeeds, seven are stale, and the log tells one story."""
    rng, deps, wins = random.Random(seed), anywhere.deps, Counter[str]()
    for _ in range(ROUNDS):
        code = anywhere.send()["code"]
        asked = commands(rng)
        outcomes = at_once([partial(carry_out, code, c, actor=OPERATORS, deps=deps, version=1) for c in asked])
        [winner] = [case for case in outcomes if not isinstance(case, DomainError)]
        assert refusals(outcomes) == {"stale_version": MANY - 1}
        dossier = deps.cases.dossier(code)
        assert (dossier.case, len(dossier.history)) == (winner, 2)
        assert verify_log(code, deps) == ()
        wins[type(asked[outcomes.index(winner)]).__name__] += 1
    say(f"race on {anywhere.store}: {ROUNDS} x {MANY} on one version, one winner each: {dict(wins)}")


def test_the_same_request_many_times_at_once(anywhere: World) -> None:
    """Given a citizen whose program sends eight times in panic, then there is one case and eight times its code."""
    deps = anywhere.deps
    for number in range(ROUNDS):
        matter = Matter(CASE["title"], CASE["content"], Sender(name="Hoa", phone=SENDER["phone"], address="Tổ 5"))
        command = cmd.Receive(matter=matter, kind="question", about=None, channel="web", field="ho_tich")
        receipt = Receipt(f"key#sender##{number}", "same")
        asked = at_once([partial(receive_case, command, actor=CITIZEN, receipt=receipt, deps=deps)] * MANY)
        assert len({made.case.code for made in asked}) == 1
        assert sorted(made.repeated for made in asked) == [False] + [True] * (MANY - 1)
    assert len(anywhere.call("GET", "/v1/desk/cases", token=OPERATOR)[1]["cases"]) == ROUNDS


def test_the_same_action_many_times_at_once(anywhere: World) -> None:
    deps, code = anywhere.deps, anywhere.send()["code"]
    receipt = Receipt(f"key#dtv01#{code}#one", "same")
    answer = cmd.Answer(answer="Đã rõ.", **PEOPLE)
    done = at_once([partial(carry_out, code, answer, actor=OPERATORS, deps=deps, version=1, receipt=receipt)] * MANY)
    assert refusals(done) == {}
    assert {case.version for case in done} == {2}


def test_sweeps_that_overlap(anywhere: World) -> None:
    """Given eight sweeps at once over late cases, then each case is marked late once."""
    deps = anywhere.deps
    codes = [anywhere.at_officer() for _ in range(4)]
    anywhere.clock.set(local("2026-11-23 16:01"))
    sweeps = [partial(carry_out, code, cmd.Watch(), actor=SYSTEM, deps=deps) for code in codes * 2]
    assert refusals(at_once(sweeps)) == {}
    for code in codes:
        types = [type(recorded.event).__name__ for recorded in deps.cases.dossier(code).history]
        assert types == ["Received", "ForwardedToOfficer", "MarkedLate", "Escalated"]


def test_one_claim_has_one_holder(anywhere: World) -> None:
    inbox, now = anywhere.deps.inbox, anywhere.clock.now()
    for number in range(20):
        claims = at_once([partial(inbox.claim, f"notice#{number}", now, lease_seconds=60)] * MANY)
        assert sorted(claims) == [False] * (MANY - 1) + [True]


def test_a_lease_that_ran_out_has_one_heir(anywhere: World) -> None:
    inbox, now = anywhere.deps.inbox, anywhere.clock.now()
    assert inbox.claim("notice#1", now, lease_seconds=60)
    anywhere.clock.forward(seconds=61)
    later = anywhere.clock.now()
    assert sorted(at_once([lambda: inbox.claim("notice#1", later, lease_seconds=60)] * MANY)).count(True) == 1


def test_wrong_pins_are_all_counted(anywhere: World) -> None:
    inbox, now = anywhere.deps.inbox, anywhere.clock.now()
    counted = at_once([lambda: inbox.count_failure("pin#1", now, window_seconds=900)] * MANY)
    assert sorted(counted) == list(range(1, MANY + 1))


def test_an_event_counts_once_and_no_count_is_lost(anywhere: World) -> None:
    """Given many events that meet on the same counters, each delivered twice at once, then every one counts, once."""
    deps = anywhere.deps
    codes = [anywhere.send()["code"] for _ in range(MANY)]
    jobs = [partial(count_event, code, 1, deps) for code in codes * 2]
    while not_now := refusals(at_once(jobs)):  # the queue would bring these again
        assert set(not_now) <= {"store_busy", "store_unavailable"}
    month = deps.tallies.month("2026-11")
    assert sum(counts["received"] for counts in month.values()) == MANY
    assert sum(gauge["received"] for gauge in deps.tallies.month("now").values()) == MANY


HEALTH = Actor(Role.AGENCY, "so_y_te", "cq07")


def asked(world: World, *units: str) -> str:
    """Send a case in which these units are asked for input; returns its code."""
    code: str = world.send()["code"]
    carry_out(code, cmd.AskInput(units=units, question="Có vướng mắc gì không?"), actor=OPERATORS, deps=world.deps)
    return code


def test_input_is_given_or_withdrawn_once(anywhere: World) -> None:
    """Given four who answer and four who withdraw the question, then one of the eight did it, and the log says who."""
    deps = anywhere.deps
    for _ in range(ROUNDS):
        code = asked(anywhere, HEALTH.unit)
        gives = [cmd.GiveInput(unit=HEALTH.unit, opinion=f"Ý kiến {n}", id=1) for n in range(MANY // 2)]
        jobs = [partial(carry_out, code, give, actor=HEALTH, deps=deps) for give in gives]
        jobs += [partial(carry_out, code, cmd.WithdrawInput(id=1), actor=OPERATORS, deps=deps)] * (MANY // 2)
        outcomes = at_once(jobs)
        assert sum(not isinstance(one, DomainError) for one in outcomes) == 1
        *_, last = deps.cases.dossier(code).history
        assert (last.seq, type(last.event).__name__ in ("InputGiven", "InputWithdrawn")) == (3, True)
        assert verify_log(code, deps) == ()


def test_two_units_answer_at_once_and_both_are_heard(anywhere: World) -> None:
    code, deps = asked(anywhere, "so_y_te", "so_tu_phap"), anywhere.deps
    gives = [
        partial(
            carry_out,
            code,
            cmd.GiveInput(unit=unit, opinion="Đồng ý", id=place),
            actor=replace(HEALTH, unit=unit),
            deps=deps,
        )
        for place, unit in enumerate(("so_y_te", "so_tu_phap"), 1)
    ]
    assert refusals(at_once(gives)) == {}
    heard = [one.event.unit for one in deps.cases.dossier(code).history if type(one.event).__name__ == "InputGiven"]
    assert sorted(heard) == ["so_tu_phap", "so_y_te"]
