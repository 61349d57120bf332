"""Scripts of matters that the desk and the officers end by themselves (Điều 7, 8.1.a, 8.1.b, 8.3)."""

from __future__ import annotations

from datetime import UTC, datetime

from examples.script_matter import Matter


async def answered_at_once(matter: Matter) -> None:
    """The operator knows the answer."""
    await matter.arrive("received")
    await matter.answer()


async def officer_answers(matter: Matter) -> None:
    """The one-stop officer answers, some with an appointment first."""
    await to_officer(matter)
    await matter.answer("officer")


async def refused_by_rule(matter: Matter) -> None:
    """The rules of eligibility refuse, with guidance."""
    await matter.arrive("refused")


async def awaiting_details(matter: Matter) -> None:
    """The sender is asked and has not answered yet."""
    await matter.arrive("awaiting_details")


async def referred(matter: Matter) -> None:
    """Out of jurisdiction: the leadership says what to tell the sender, as an answer or as a refusal."""
    reason, opinion = matter.case.reason, matter.case.opinion
    await matter.arrive("received")
    await matter.operator("refer", "with_leadership", reason=reason)
    await matter.leader("opinion", "received", opinion=opinion, leader=matter.people["approving_leader"])
    if matter.number % 2:
        await matter.refuse(reason, guidance=opinion)
    else:
        await matter.answer(words=opinion)


async def left_late_at_officer(matter: Matter) -> None:
    """It was forwarded more than five working hours ago (demo_history.py); the sweep will find it."""
    await matter.arrive("with_officer")
    matter.done["late"] += 1


async def left_late_at_agency(matter: Matter) -> None:
    """It was handed over more than eight working hours ago (demo_history.py); the sweep will find it."""
    await matter.arrive("with_agency")
    matter.done["late"] += 1


async def left_open(matter: Matter) -> None:
    """Nobody has finished it yet: at the desk, at the officer's or at the agency's, in turn."""
    if matter.case.kind == "service":
        return await matter.arrive("with_post")
    await matter.arrive("received")
    if matter.case.unit and matter.number % 3:
        await matter.operator("forward", "with_officer", unit=matter.case.unit)
    if matter.case.unit and matter.number % 3 == 2:  # noqa: PLR2004 - the third place
        await matter.hand_over()
    return None


async def to_officer(matter: Matter) -> None:
    """Forward; every second officer tells the sender when to expect the reply."""
    await matter.arrive("received")
    await matter.operator("forward", "with_officer", unit=matter.case.unit)
    if matter.number % 2:
        at = matter.desk.rules.calendar.due(datetime.now(UTC), 600)
        await matter.officer("appointment", "with_officer", at=at.isoformat())
