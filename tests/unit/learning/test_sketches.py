"""Sketches of what was said lately."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.heard import syllables
from chalicelib.domain.sketches import RECENT, Sketched, Sketches, added, alike, sameness, sketch
from examples.demo_cases import read

TEXT = "Cầu treo xóm Nà Mận bị hỏng ván từ tuần trước, trẻ con đi học qua rất nguy hiểm, đề nghị sửa sớm"
NOW, TODAY = datetime(2026, 11, 22, tzinfo=UTC), date(2026, 11, 22)


def kept(**texts: str) -> Sketches:
    cases = ((code, Sketched(TODAY, sketch(syllables(text)))) for code, text in texts.items())
    return added(Sketches(), cases, NOW, TODAY)


@pytest.mark.parametrize(
    "again",
    [
        TEXT,
        "cau treo xom na man bi hong van tu tuan truoc, tre con di hoc qua rat nguy hiem",
        TEXT.upper() + " Xin cảm ơn",
    ],
)
def test_what_was_told_before_is_found_however_it_is_typed(again: str) -> None:
    [(code, share)] = alike(sketch(syllables(again)), kept(a=TEXT, b="Tôi muốn hỏi lệ phí trước bạ khi mua nhà đất ở"))
    assert (code, share >= 0.45) == ("a", True)


def test_a_case_is_not_like_itself_and_a_short_text_like_nothing() -> None:
    held = kept(a=TEXT, b="mất điện")
    assert alike(sketch(syllables(TEXT)), held, but="a") == ()
    assert alike(sketch(syllables("mất điện")), held) == ()


def test_different_matters_are_not_alike() -> None:
    """Of the 250 hand-written matters none is taken for another: all are different."""
    sketches = [sketch(syllables(f"{one.title} {one.content}")) for one in read()]
    pairs = [sameness(one, other) for place, one in enumerate(sketches) for other in sketches[:place] if one and other]
    assert len(pairs) > 20_000
    assert max(pairs) < 0.45


def test_what_is_not_recent_is_forgotten() -> None:
    old = Sketches(NOW, {"old": Sketched(TODAY - RECENT, (1,)), "older": Sketched(date(2026, 9, 1), (1,))})
    assert set(added(old, [("new", Sketched(TODAY, (2,)))], NOW, TODAY).cases) == {"old", "new"}
