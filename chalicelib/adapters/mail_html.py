"""The text of an HTML mail: lines where a reader sees lines, ">" before what is quoted.

Not by html.parser: that of Python 3.11 needs a minute for 200 kB of `<a b='`. This looks at each character once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

UNSEEN = frozenset({"head", "style", "script", "title", "template"})
BLOCKS = frozenset(
    [
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form", "header"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "ul"),
        *("table", "tbody", "td", "th", "tr"),
    ]
)
QUOTE = "blockquote"
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?/][^<>]*>|(?P<words>[^<]+|<)")


def text_of_html(html: str) -> str:
    """Return what a reader sees, as far as mails go: attributes, styles and comments are not looked at."""
    page = _Page()
    for token in _TOKEN.finditer("".join(_without_comments(html))):
        if words := token["words"]:
            page.say(unescape(words))
        elif token["tag"]:
            (page.end if token["end"] else page.begin)(token["tag"].lower())
    page.break_line()
    return "\n".join(page.lines)


def _without_comments(html: str) -> Iterator[str]:
    place = 0
    while (begin := html.find("<!--", place)) >= 0:
        yield html[place:begin]
        end = html.find("-->", begin)
        place = end + 3 if end >= 0 else len(html)
    yield html[place:]


class _Page:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._unseen = ""  # the tag whose end is waited for
        self._quotes = 0

    def begin(self, tag: str) -> None:
        if self._unseen:
            return
        if tag in BLOCKS or tag == "br":
            self.break_line(even_empty=tag == "br")
        self._quotes += tag == QUOTE
        self._unseen = tag if tag in UNSEEN else ""

    def end(self, tag: str) -> None:
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
            return
        if tag in BLOCKS:
            self.break_line()
            if tag == "p" and self.lines:
                self.lines.append(">" if self._quotes else "")
        self._quotes -= tag == QUOTE and self._quotes > 0

    def say(self, words: str) -> None:
        if not self._unseen:
            self._line.append(words)

    def break_line(self, *, even_empty: bool = False) -> None:
        words = " ".join("".join(self._line).split())
        self._line.clear()
        if words or even_empty:
            self.lines.append(f"> {words}" if self._quotes else words)
