"""What an operator does with a mail that no case was found for: read it, put it into a case, or dismiss it."""

from __future__ import annotations

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import InvalidError, NotFoundError
from chalicelib.domain.text import normalise
from chalicelib.domain.unassigned_mail import UnassignedMail
from chalicelib.ports import Deps, Receipt
from chalicelib.ports.mails import Mail
from chalicelib.usecases.write_to_case import words_for, write_to_case


def read_mail(mail: str, actor: Actor, deps: Deps) -> tuple[UnassignedMail, Mail]:
    """Return a mail with its words, noting first who reads them (R99); raises NotFoundError, InvalidError."""
    found = _found(mail, deps)
    content = deps.mails.read(found.key)
    noted = found.read(actor, deps.clock.now())
    if noted is not found:
        deps.unassigned_mails.save(noted)
    return noted, content


def attach_mail(mail: str, code: str, chosen: str, actor: Actor, deps: Deps) -> UnassignedMail:
    """Put a mail's words, or those `chosen` of them, into a case, as if its address had named it.

    The case first: whoever dies between the two writes asks again and adds nothing twice. Raises NotFoundError,
    ConflictError, InvalidError and UnavailableError.
    """
    found = _found(mail, deps)
    settled = found.attach(code, actor, deps.clock.now())
    if settled is found:
        return found
    content = deps.mails.read(found.key)
    words = words_for(code, chosen or content.words or content.text, deps)
    if not words:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/content")
    write_to_case(code, words, content, actor=actor, deps=deps, receipt=Receipt(f"mail#{code}#{found.id}", ""))
    deps.unassigned_mails.save(settled)
    return settled


def dismiss_mail(mail: str, note: str, actor: Actor, deps: Deps) -> UnassignedMail:
    """Say that a mail belongs into no case, and why; raises NotFoundError, ConflictError, InvalidError."""
    words = normalise(note)
    if not words:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/note")
    settled = _found(mail, deps).dismiss(words, actor, deps.clock.now())
    deps.unassigned_mails.save(settled)
    return settled


def _found(mail: str, deps: Deps) -> UnassignedMail:
    found = deps.unassigned_mails.find(mail)
    if found is None:
        raise NotFoundError("mail_not_found", "Không tìm thấy thư này")
    return found
