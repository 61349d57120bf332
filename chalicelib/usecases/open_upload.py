"""Give leave to upload one file to a case, to whoever may say something on the case that files go with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.attachments import check_declared, clean_name
from chalicelib.domain.commands import Answer, SubmitResult, SupplyDetails
from chalicelib.domain.permissions import allowed, require
from chalicelib.ports import Declared, Deps, Slip
from chalicelib.usecases.bound import bound

# What files may go with, by who says it.
SAYS: Mapping[str, tuple[str, ...]] = {
    Role.SENDER: (SupplyDetails.action,),
    Role.OPERATOR: (Answer.action, SupplyDetails.action),
    Role.OFFICER: (Answer.action,),
    Role.AGENCY: (SubmitResult.action,),
}


OF_A_CALLER, WINDOW_SECONDS = 60, 3600
TOO_MANY: Final = ("uploads_too_many", "Đã có nhiều tệp được tải lên, vui lòng thử lại sau một giờ")


def open_first_upload(declared: Declared, *, source_ip: str, deps: Deps) -> Slip:
    """Return where and how to upload a file that is to come with a new matter: `code` is the nonce of its form.

    Who has no case yet is nobody we know, so a caller's uploads are bounded; what comes to nothing is gone in a day.
    Raises InvalidError and TooManyError.
    """
    check_declared(declared.media_type, declared.size, deps.regulation.attachments)
    bound(f"upload-from#{deps.keys.caller(source_ip)}", OF_A_CALLER, TOO_MANY, deps, window_seconds=WINDOW_SECONDS)
    return _slip(declared, deps)


def open_upload(declared: Declared, *, actor: Actor, deps: Deps) -> Slip:
    """Return where and how to upload; nothing is kept of the asking, and asked again there is another slip.

    Raises InvalidError, ForbiddenError and ConflictError as the answer itself would, NotFoundError, UnavailableError.
    """
    check_declared(declared.media_type, declared.size, deps.regulation.attachments)
    case = deps.cases.load(declared.code).case
    rules = deps.regulation
    possible, wanted = allowed(case, actor, rules), SAYS[actor.role]
    require(case, actor, next((action for action in wanted if action in possible), wanted[0]), rules)
    return _slip(declared, deps)


def _slip(declared: Declared, deps: Deps) -> Slip:
    clean = replace(declared, name=clean_name(declared.name, declared.media_type))
    return deps.files.slip(deps.ids.upload(), clean, deps.clock.now())
