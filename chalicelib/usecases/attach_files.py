"""Let uploaded files go with what is said on a case: looked at before it is decided, kept before it is written down.

No event names a file that is not there. A crash between the two leaves a file that the same command, done again, finds;
nobody else can ask for it, for no event names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.attachments import accepted, check_number, files_of
from chalicelib.domain.case import Attachment, Case
from chalicelib.domain.commands import Answer, Receive, SubmitResult, SupplyDetails
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.events import Recorded
from chalicelib.domain.permissions import require
from chalicelib.ports import Deps, Dossier, KeptFile, Receipt
from chalicelib.usecases.carry_out import change, tidy

Carrier = TypeVar("Carrier", Answer, Receive, SubmitResult, SupplyDetails)
Held = tuple[Attachment, str]


def carry_out_with_files(
    code: str,
    command: Carrier,
    uploads: Sequence[str],
    *,
    actor: Actor,
    deps: Deps,
    version: int | None = None,
    receipt: Receipt | None = None,
) -> Case:
    """Do what carry_out does, and let files go with it: uploads that wait, or files that the case has.

    Raises also InvalidError where an upload is missing or not what it was said to be.
    """
    clean, files = tidy(command), Attaching(uploads, actor, deps)
    return change(
        code,
        lambda: (files.with_files(clean, deps.cases.dossier(code)), None),
        actor=actor,
        deps=deps,
        version=version,
        receipt=receipt,
        keep=files.keep,
    )


class Attaching:
    """The files of one command, which may have to be decided more than once; `form` is the nonce of a new matter."""

    def __init__(self, uploads: Sequence[str], actor: Actor, deps: Deps, form: str = "") -> None:
        self._uploads, self._actor, self._deps, self._form = tuple(dict.fromkeys(uploads)), actor, deps, form
        self._new: dict[str, tuple[KeptFile, bytes]] = {}

    def with_files(self, command: Carrier, dossier: Dossier) -> Carrier:
        """Return the command with its files; raises InvalidError, and first what the command itself would meet."""
        if not self._uploads:
            return command
        require(dossier.case, self._actor, command.action, self._deps.regulation)
        # A sender's own come anew: the case may have files that are not for the sender.
        there = () if self._actor.role == Role.SENDER else files_of(dossier.history)
        return self._carrying(command, dossier.case.code, {file[0].id: file for file in there})

    def of_new(self, command: Receive, code: str) -> Receive:
        """Return the command that begins a case with its files; raises InvalidError."""
        return self._carrying(command, code, {}) if self._uploads else command

    def _carrying(self, command: Carrier, code: str, known: Mapping[str, Held]) -> Carrier:
        check_number(len(self._uploads), self._deps.regulation.attachments)
        found = [known.get(upload) or self._found(code, upload) for upload in self._uploads]
        return replace(
            command,
            attachments=tuple(attachment for attachment, _ in found),
            file_names="\n".join(name for _, name in found),
        )

    def keep(self, history: Sequence[Recorded]) -> None:
        """Keep what these events name and is not kept yet."""
        for recorded in history:
            for attachment, _ in files_of([recorded]):
                if attachment.id in self._new:
                    self._deps.files.keep(recorded.code, *self._new[attachment.id])

    def _found(self, code: str, upload: str) -> Held:
        kept = self._deps.files.kept(code, upload)  # by an earlier try, which ended before its commit
        if kept is None:
            kept = self._uploaded(code, upload)
        if kept.unit != self._actor.side:
            raise _missing(upload)
        return kept.attachment, kept.name

    def _uploaded(self, code: str, upload: str) -> KeptFile:
        waiting = self._deps.files.waiting(upload)
        if waiting is None or (waiting[0].code, waiting[0].unit) != (self._form or code, self._actor.side):
            raise _missing(upload)
        declared, content = waiting
        attachment, clean = accepted(upload, declared.media_type, declared.sha256, content)
        file = KeptFile(attachment, declared.name, declared.unit)
        self._new[upload] = file, clean
        return file


def _missing(upload: str) -> InvalidError:
    title = "Không có tệp này: chưa được tải lên, đã quá thời gian chờ, hoặc thuộc hồ sơ, đơn vị khác"
    return InvalidError("attachment_missing", title, pointer="/attachments", attachment=upload)
