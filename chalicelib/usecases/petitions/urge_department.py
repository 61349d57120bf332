"""Once each working day: tell the department which petitions are late or soon will be (R85). No word, no name."""

from __future__ import annotations

from chalicelib.domain.petitions.due import Due, due_of
from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import Petition
from chalicelib.domain.petitions.rules import PetitionRules
from chalicelib.ports import PermanentDeliveryError
from chalicelib.ports.petitions import PetitionDeps
from chalicelib.usecases.addresses import address
from chalicelib.usecases.once import once

PAGE = "ban-lam-viec/khieu-nai-to-cao"
ROWS = 50  # a mail names so many and counts the rest


def urge_department(deps: PetitionDeps) -> bool:
    """Send today's mail, once, while the office is open; tell whether it was sent now."""
    rules, now, calendar = deps.petition_rules, deps.clock.now(), deps.regulation.calendar
    if rules is None or not calendar.is_open(now):
        return False
    today = local_date(now, calendar)
    with once(f"petitions-due#{today}", deps) as mine:
        return mine and _tell(rules, deps)


def _tell(rules: PetitionRules, deps: PetitionDeps) -> bool:
    today = local_date(deps.clock.now(), deps.regulation.calendar)
    standing: dict[str, list[tuple[Petition, Due]]] = {"late": [], "soon": []}
    for petition in deps.petitions.open_ones():
        due = due_of(petition, rules, deps.regulation.calendar)
        if due and (how := due.standing(today, rules.warn)) in standing:
            standing[how].append((petition, due))
    if not any(standing.values()):
        return False
    unit = deps.directory.unit(rules.unit)
    letter = deps.letters.render("petitions_due", _context(standing, deps) | {"unit_name": unit.name})
    try:
        deps.mailer.mail(unit.mail, letter.subject, letter.text, letter.html)
    except PermanentDeliveryError:
        return False
    return True


def _context(standing: dict[str, list[tuple[Petition, Due]]], deps: PetitionDeps) -> dict[str, object]:
    rows = {
        how: [
            {"code": petition.code, "what": due.what, "on": due.on}
            for petition, due in sorted(found, key=lambda pair: (pair[1].on, pair[0].code))[:ROWS]
        ]
        for how, found in standing.items()
    }
    return {
        "counts": {how: len(found) for how, found in standing.items()},
        "lists": rows,
        "link": address(deps, PAGE),
    }
