"""A page as the browser shows it: what it loaded and complained of, and what can be measured on it."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import Any, Literal

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}  # all that a scheme changes
# What Tab must reach, in this order: of a group of choices the chosen one, or the first.
CONTROLS = """() => {
  const first = (one) => [...document.getElementsByName(one.name)].find((other) => other.checked)
    ?? document.getElementsByName(one.name)[0];
  window.controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => !one.disabled && one.tabIndex >= 0 && one.type !== "hidden" && one.checkVisibility())
    .filter((one) => one.type !== "radio" || one === first(one));
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return window.controls.map((one) => one.outerHTML.slice(0, 90));
}"""
# Which of them has the focus, and whether one sees it: outlined (WCAG 2.4.7), with nothing before it (2.4.11).
FOCUSED = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getClientRects()[0];
  if (!box || one === document.body) return { at: -1 };
  const top = Math.max(box.top, 0), foot = Math.min(box.bottom, innerHeight); // the part that can be seen
  const over = document.elementFromPoint(box.x + box.width / 2, (top + foot) / 2);
  return {
    at: window.controls.indexOf(one),
    outlined: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    seen: Boolean(over) && (one.contains(over) || over.contains(one)),
  };
}"""
LOADED = "() => performance.getEntriesByType('resource').map((one) => one.name)"
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width + 1);
  return document.documentElement.scrollWidth > width ? wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 90)) : [];
}"""


@dataclass
class Shown:
    """A page in its tab; listens from the beginning."""

    name: str
    base_url: str
    tab: Page
    answers: list[Response] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("response", self._answered)
        self.tab.on("console", self._said)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answered(self, answer: Response) -> None:
        self.answers.append(answer)

    def _said(self, message: ConsoleMessage) -> None:
        refused = [one.url for one in self.answers if one.request.is_navigation_request() and one.status >= 400]
        if message.type in ("error", "warning") and message.location.get("url") not in refused:
            self.complaints.append(f"{message.text} {message.location}")

    @property
    def document(self) -> Response:
        """The answer that the page in the tab came with."""
        return [one for one in self.answers if one.request.is_navigation_request()][-1]

    def weight(self) -> dict[str, int]:
        """Return the bytes of the page and of each thing it loads, compressed."""
        loaded: list[str] = self.tab.evaluate(LOADED)
        bodies = {url: self.tab.context.request.get(url).body() for url in loaded}
        return {url: len(gzip.compress(body)) for url, body in (bodies | {"": self.document.body()}).items()}

    def judged(self, rules: dict[str, Any]) -> AxeResults:
        """Let axe look at the page as it stands; it is brought once."""
        if not self.tab.evaluate("'axe' in window"):
            self.tab.evaluate(Axe().axe_script)
        asked = {**rules, "resultTypes": ["violations"]}
        return AxeResults(self.tab.evaluate("asked => axe.run(document, asked)", asked))

    def sized(self, width: int, scheme: Literal["light", "dark"] = "light") -> None:
        """Show the page in a window of so many CSS pixels."""
        self.tab.emulate_media(color_scheme=scheme)
        self.tab.set_viewport_size({"width": width, "height": 740})
        assert self.tab.evaluate("innerWidth") == width

    def too_wide(self) -> list[str]:
        """Return what stands out of the window, if the page scrolls sideways."""
        found: list[str] = self.tab.evaluate(OVERFLOW)
        return found

    def tabbed(self) -> tuple[list[str], list[dict[str, Any]]]:
        """Press Tab through the page: what there is to reach, and where the focus went."""
        controls: list[str] = self.tab.evaluate(CONTROLS)
        visited: list[dict[str, Any]] = []
        for _ in range(len(controls) * 4 + 1):  # a date has four places
            self.tab.keyboard.press("Tab")
            now = self.tab.evaluate(FOCUSED)
            if now["at"] == -1 or (visited and now["at"] == 0):
                break
            if not visited or visited[-1]["at"] != now["at"]:
                visited.append(now)
        return controls, visited
