"""Scripts of matters that an agency, or the Post, works on (Điều 8.1.c, 8.2, 9.3, 11)."""

from __future__ import annotations

from datetime import datetime

from examples.script_desk import to_officer
from examples.script_matter import Matter

POST = "buu_dien_tinh"
TOLD = {"notice": "conduct_notice", "substitution": "substitution_requested"}
OUTCOMES = {
    "notice": "Đã làm việc với công chức, yêu cầu giải trình và rút kinh nghiệm.",
    "substitution": "Đã cử công chức khác tiếp nhận và giải quyết hồ sơ cho người dân.",
}
TWO_MORE_HOURS = 120  # working minutes


async def agency_result(matter: Matter) -> None:
    """The agency accepts and reports; its officer passes the result on."""
    await _accepted(matter)
    await _reported(matter)


async def agency_reappoints(matter: Matter) -> None:
    """The agency asks for its one new appointment, if the office is open to give one (Điều 9.3)."""
    await _accepted(matter)
    if matter.desk.open_now():
        stands = await matter.desk.until(matter.code, "AcceptedByAgency")
        promised = datetime.fromisoformat(stands["due_at"])
        new_due = matter.desk.rules.calendar.due(promised, TWO_MORE_HOURS)
        promise = {"new_due": new_due.isoformat(), "reason": matter.case.reason}
        await matter.agency("reappointed", "Reappointed", "with_agency", **promise)
    await _reported(matter)


async def agency_wants_details(matter: Matter) -> None:
    """The agency asks the sender, who answers with the PIN."""
    await _accepted(matter)
    await matter.agency("details_wanted", "DetailsRequested", "awaiting_details", question=matter.case.question)
    await matter.supply("with_agency")
    await matter.told("details_added")
    await _reported(matter)


async def agency_not_ours(matter: Matter) -> None:
    """Not this agency's: back to the operator, who finds the office that it suggests."""
    reason, right = matter.case.reason, matter.case.suggested
    await _handed_over(matter)
    await matter.agency("not_ours", "DeclinedByAgency", "with_officer", reason=reason, suggested=right)
    await matter.officer("return", "received", reason=reason)
    await matter.operator("forward", "with_officer", unit=right)
    await matter.answer("officer", unit=right)


async def conduct(matter: Matter) -> None:
    """A report about an official: the agency's tracked duties, as many as the regulation has, then the answer (R75)."""
    await to_officer(matter)
    elsewhere = bool(matter.case.agency)  # whoever judges is not the official's agency
    if elsewhere:
        await matter.hand_over("Đề nghị xác minh, báo kết quả.")
    unit, duties = matter.case.given_to, matter.desk.rules.actions
    for duty in duties:
        await matter.told(TOLD[duty])
    for duty in duties:
        await matter.desk.tell(unit, matter.code, "action_done", action=duty, outcome=OUTCOMES[duty])
    await matter.desk.until(matter.code, "ActionClosed", times=len(duties))
    if elsewhere:
        await _reported(matter)
    else:
        await matter.answer("officer")


async def service_done(matter: Matter) -> None:
    """A service request goes to the Post at once, whose report is the answer (Điều 8.2)."""
    await matter.arrive("with_post")
    await _served(matter)


async def details_supplied(matter: Matter) -> None:
    """The sender completes the matter with the PIN; then it is answered, or served."""
    await matter.arrive("awaiting_details")
    if matter.case.kind == "service":
        await matter.supply("with_post")
        await _served(matter)
    else:
        await matter.supply("received")
        await matter.answer()


async def refused_by_operator(matter: Matter) -> None:
    """A person refuses, with guidance; a service request comes back from the Post first."""
    refusal = matter.case.refusal
    assert refusal, "the path brings a refusal"
    if matter.case.kind == "service":
        await matter.arrive("with_post")
        await matter.told(unit=POST)
        await matter.agency("not_ours", "ReturnedToOperator", "received", unit=POST, reason=refusal.reason)
    else:
        await matter.arrive("received")
    await matter.refuse(refusal.reason, refusal.guidance)


async def _handed_over(matter: Matter) -> None:
    await to_officer(matter)
    await matter.hand_over("Đề nghị kiểm tra, xác minh.")
    await matter.told()


async def _accepted(matter: Matter) -> None:
    await _handed_over(matter)
    await matter.agency("accepted", "AcceptedByAgency", "with_agency")


async def _reported(matter: Matter) -> None:
    await matter.agency("result", "ResultSubmitted", "with_officer", result=matter.case.answer, **matter.people)
    await matter.answer("officer")


async def _served(matter: Matter) -> None:
    who = matter.case.unit or POST
    report = {"result": matter.case.answer, **matter.people}
    await matter.told(unit=who)
    await matter.agency("accepted", "AcceptedByAgency", "with_post", unit=who)
    await matter.agency("result", "Answered", "answered", unit=who, **report)
    await matter.answered()
