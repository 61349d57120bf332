"""The judge of pages sees what is wrong, and lets pass what is shown as it should be."""

from __future__ import annotations

import pytest

from tests.integration.browser import Page
from tests.integration.hostile import harmless


@pytest.mark.parametrize(
    "html",
    [
        "<zxq></zxq>",
        "<script>zxq(1)</script>",
        '<script src="//zxq.example/a.js"></script>',
        "<p onclick=a></p>",
        "<p style=a></p>",
        '<a href="javascript:a"></a>',
        '<p class="Zxq"></p>',
        "<p>7078135781</p>",
        "<p>\u202ea</p>",
        '<textarea name="a" dir="auto">\0</textarea>',
    ],
)
def test_the_judge_sees_what_is_wrong(html: str) -> None:
    harmless(Page("", 200, {}, '<main><p dir="auto">Zxq &lt;zxq onzxq=7&gt; 71993*98317 \u202e</p></main>'))
    with pytest.raises(AssertionError):
        harmless(Page("", 200, {}, f"<main>{html}</main>"))
