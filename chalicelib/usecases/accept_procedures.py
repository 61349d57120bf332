"""Make a draft of the catalogue the one that holds; of two administrators at once one is told that he was second."""

from __future__ import annotations

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.errors import ConflictError, ForbiddenError, NotFoundError
from chalicelib.ports.deps import Deps
from chalicelib.ports.procedures import Draft, Version


def accept_procedures(draft_id: str, *, actor: Actor, deps: Deps) -> Version:
    """Return the version that the draft became; accepted again it is the same.

    Raises ForbiddenError, NotFoundError, ConflictError where the catalogue has changed since, UnavailableError.
    """
    if actor.role != Role.ADMINISTRATOR:
        raise ForbiddenError("forbidden", "Việc này do quản trị viên thực hiện")
    newest = deps.catalogue_versions.newest()
    if newest is not None and newest.id == draft_id:
        return newest
    draft = deps.catalogue_books.find_draft(draft_id)
    if draft is None:
        raise NotFoundError("draft_not_found", "Bản nhập này không còn nữa, xin tải tệp lên lại")
    if draft.base != (newest.number if newest else 0):
        title = "Danh mục đã được cập nhật sau khi so sánh, xin tải tệp lên lại để so với bản mới"
        raise ConflictError("catalogue_changed", title)
    if not draft.changes:
        raise ConflictError("catalogue_unchanged", "Bản nhập này không làm thay đổi gì trong danh mục")
    deps.catalogue_books.keep(draft.id)  # before the version: none names a book that is not there
    version = _version(draft, actor, deps)
    deps.catalogue_versions.add(version)
    return version


def _version(draft: Draft, actor: Actor, deps: Deps) -> Version:
    return Version(
        number=draft.base + 1,
        id=draft.id,
        at=deps.clock.now(),
        by=actor.name,
        note=draft.note,
        editions=draft.editions,
        added=draft.count("added"),
        changed=draft.count("changed"),
        ended=draft.count("ended"),
    )
