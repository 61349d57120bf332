"""The centre's letters (R39, R69, R72): one template a letter in web/letters, one source for its text and its HTML.

Times are aware datetimes; `code` is the canonical twelve digits; keys that may be empty are marked `?` (None or "").
A letter to the sender also needs: code, link, sender_kind ("individual" | "organisation"), sender_name?, answerable (an
answer to the mail goes into the case; else into the centre's mailbox).
A letter to the staff also needs: code, link, unit_name (whom it addresses). `link` is the page of the case, or the desk;
`reply_link` the page on which an agency without software answers.

| letter | to | keys |
|---|---|---|
| acknowledged | sender | pin, kind_label, received_at, in_office_hours, due_at?, opens_at? (needed outside office hours) |
| details_wanted | sender | pin, wanted (list of what is missing), question?, article? |
| refused | sender | reason, guidance, article? |
| appointed | sender | at, unit, article? |
| reappointed | sender | unit, old_due, new_due, reason, article? |
| rescheduled | sender | unit, old_due, new_due, reason, article? |
| answered | sender | unit, answer, responsible_officer, approving_leader?, late, attachments, rating_link |
| reopened | sender | due_at |
| survey | sender, without code | survey_link, until |
| one_time_code | sender, without code | digits, minutes (how long it is good) |
| assigned | staff | kind_label, field_label, stage_label, due_at, minutes, title, content, details (list), note?, contact? (name, phone, email, address), article?, reply_link? |
| overdue | staff | kind_label, stage_label, holder, received_at, since, article?, reply_link? |
| reminder | staff | kind_label, stage_label, holder, received_at, due_at, late, waiting (for the sender), minutes (working, left or over), step (from 1), number? (of the document reminded of), reply_link? |
| urged | staff | unit (that supervises), kind_label, field_label, received_at, sent_at, note?, article?, reply_link? |
| conduct_notice | staff | number, sent_at, received_at, due_at, title, content, article, regulation, reply_link? |
| substitution_request | staff | number, sent_at, received_at, due_at, article, regulation, reply_link? |
| taken_back | staff | kind_label, field_label, sent_at, reason?, article? |
| opinion_wanted | staff | kind_label, field_label, title, content, reason, due_at, article? |
| written_back | sender | ended (the case), attachments (how many were not taken) |
| sender_wrote | staff | kind_label, words, attachments, other_address? (it came from another address than the known one), reply_link? |
| input_wanted | staff | number, kind_label, field_label, title, content, details (list), question, asker (unit that asks), due_at, article?, contact? (as in assigned), reply_link? |
| input_came | staff | number, kind_label, unit (that was asked), late, declined (it has none to give), words |
| input_withdrawn | staff | number, kind_label, ended (the case), reason? |
| undelivered | staff | kind_label, channel (email, sms), reason (bounce, complaint, refused, suppressed) |
| reminders | staff, without code | counts (late, soon, waiting), lists (same names, of code, kind_label, stage_label, holder, due_at, minutes, letter), more |
| petitions_due | staff, without code | counts (late, soon), lists (same names, of code, what, on) |
| digest | staff, without code | day, counts (new, due_today, late, waiting), lists (same names, of code, stage_label, holder, due_at), holders (list of holder, open, due_today, late), risks (list of code, stage_label, holder, due_at, expected_at), risk_count, phoning (list of code, since, tries), phoning_count, duties (list of number, label, due_at, tries), duty_count, duties_overdue, receptions (list of number, due_at, standing), reception_count |
| right_due | staff | kind (copy, correction, erasure, restriction), asked_at, due_at, over |
| breach | staff, without code | discovered_at, due_at, over (the time is), authority |
| week | staff, without code | first, last (dates), totals (opening, received, reopened, answered, refused, finished, on_time, answered_late, late, open), units (list of holder, opening, came, went, open, answered, late), oldest (list of at most one: code, received_at, stage_label, holder, due_at), bottlenecks (list of words), phoning_count, duty_count, duties_overdue, sms (sms, sms_parts), sms_cost? |
"""  # noqa: E501 # a row of the table is a line

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.domain.mail_words import REPLY_LINE
from chalicelib.domain.text import to_gsm7
from chalicelib.ports import Letter
from chalicelib.web.filters import FILTERS, one_line

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

TEMPLATES = Path(__file__).parents[1] / "web" / "letters"


class CentreLetters:
    """Keeps the port Letters for one centre (`name`, `parent`, `ascii_name`, `hotline`, `web`, `email`)."""

    def __init__(self, centre: Mapping[str, str]) -> None:
        self._centre = centre

    def render(self, letter: str, context: Mapping[str, object]) -> Letter:
        """Render a letter by name; see the table above."""
        return render(letter, context, self._centre)


def render(letter: str, context: Mapping[str, object], centre: Mapping[str, str]) -> Letter:
    """Render a letter. Raises jinja2.UndefinedError when a key is missing, TemplateNotFound for an unknown name."""
    values = {**context, **_address(context), "centre": centre}
    plain = environment("text").get_template(f"{letter}.j2")
    return Letter(
        subject=one_line(_block(plain, "subject", values)),
        text=plain.render(values),
        html=environment("html").get_template(f"{letter}.j2").render(values),
        sms=to_gsm7(_block(plain, "sms", values)) if "sms" in plain.blocks else None,
    )


@cache
def environment(form: str) -> Environment:
    """Return the templates' environment for "text" or "html"; only HTML escapes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=form == "html",  # noqa: S701 # the other form is plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS | {"paragraphs": _html_paragraphs if form == "html" else _text_paragraphs}
    made.globals["reply_line"] = REPLY_LINE
    made.globals["layout"] = f"layout.{form}.j2"
    made.globals |= vars(made.get_template(f"parts.{form}.j2").module)
    return made


def _address(context: Mapping[str, object]) -> dict[str, str]:
    if "sender_kind" not in context:
        return {"addressee": str(context["unit_name"])} if "unit_name" in context else {}
    name = str(context.get("sender_name") or "")
    if context["sender_kind"] == "organisation":
        return {"you": "Quý đơn vị", "addressee": name or "Quý cơ quan, tổ chức"}
    return {"you": "Ông/Bà", "addressee": f"Ông/Bà {name}".rstrip()}


def _block(template: Template, name: str, values: dict[str, object]) -> str:
    return "".join(template.blocks[name](template.new_context(values)))


def _html_paragraphs(body: Markup) -> Markup:
    # What starts with a tag is a part, a block of its own; user text never does, because it is escaped.
    chunks = [chunk if chunk.startswith("<") else f'<p style="margin:0 0 16px">{chunk}</p>' for chunk in _chunks(body)]
    return type(body)("\n".join(chunks))


def _text_paragraphs(body: str) -> str:
    # What starts with a space is a part, whose lines stay as they are.
    return "\n\n".join(chunk if chunk.startswith(" ") else one_line(chunk) for chunk in _chunks(body))


def _chunks(body: str) -> list[str]:
    chunks = (chunk.strip("\n").rstrip() for chunk in re.split(r"\n(?:[ \t]*\n)+", str(body)))
    return [chunk for chunk in chunks if chunk]
