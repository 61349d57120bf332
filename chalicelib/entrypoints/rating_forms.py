"""The forms by which a sender rates an answer: on the page of the case, and on that of the link in the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.forms import Nonce

if TYPE_CHECKING:
    from chalicelib.domain.commands import Rate
    from chalicelib.domain.regulation import Regulation


class RatingForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Mức hài lòng, từng tiêu chí theo thứ tự trong quy chế, và ý kiến thêm."""

    nonce: Nonce
    rating: given.Slug
    comment: given.LongText = ""
    criterion_1: given.Slug | None = None
    criterion_2: given.Slug | None = None
    criterion_3: given.Slug | None = None
    criterion_4: given.Slug | None = None
    criterion_5: given.Slug | None = None
    criterion_6: given.Slug | None = None


class ReopeningForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Điều chưa được trả lời thỏa đáng."""

    nonce: Nonce
    reason: given.Words


def rate(form: RatingForm, rules: Regulation) -> Rate:
    """Return what a form says; a criterion that the regulation file has no more is left out."""
    from chalicelib.domain.commands import Rate

    said = {name: getattr(form, f"criterion_{place}") for place, name in enumerate(rules.satisfaction.criteria, 1)}
    return Rate(rating=form.rating, comment=form.comment, criteria={name: step for name, step in said.items() if step})
