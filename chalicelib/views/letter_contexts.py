"""The sample letters as one centre would have them: for the desk, the tests and `make previews`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.views.letter_samples import FACES, SAMPLES

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation

DUTIES = {
    "conduct_notice": "notice",
    "conduct_notice.link": "notice",
    "substitution_request": "substitution",
    "reminder.document": "substitution",
}


def samples(rules: Regulation) -> dict[str, Mapping[str, Any]]:
    """Return every letter's context as this centre would have it, but for duties that it does not know."""
    return _filled(SAMPLES, rules)


def contexts(rules: Regulation) -> dict[str, Mapping[str, Any]]:
    """Return every letter's context and every face's, by name; what stands before the dot is the letter."""
    faces = {name: {**SAMPLES[name.partition(".")[0]], **differs} for name, differs in FACES.items()}
    return dict(sorted(_filled({**SAMPLES, **faces}, rules).items()))


def _filled(given: Mapping[str, Mapping[str, object]], rules: Regulation) -> dict[str, Mapping[str, Any]]:
    own, absent = _own_words(rules), {name for name, duty in DUTIES.items() if duty not in rules.conduct_actions}
    return {name: _put(value, "", own) for name, value in given.items() if name not in absent}


def _own_words(rules: Regulation) -> dict[str, Callable[[str], str]]:
    stages = {name: limit.label for name, limit in rules.stages.items()} | dict(rules.actions)

    def on_the_web(path: str) -> str:
        return f"https://{rules.centre['web']}{path}" if path else ""

    return {
        "article": rules.articles.__getitem__,
        "kind_label": lambda kind: rules.kinds[kind].label,
        "field_label": lambda field: rules.fields[field].label,
        "stage_label": stages.__getitem__,
        "label": stages.__getitem__,
        "regulation": lambda _: rules.title,
        "holder": lambda unit: unit or rules.centre["name"],
        **dict.fromkeys(("link", "reply_link", "rating_link", "survey_link"), on_the_web),
    }


def _put(value: Any, key: str, own: Mapping[str, Callable[[str], str]]) -> Any:
    if isinstance(value, Mapping):
        return {name: _put(one, name, own) for name, one in value.items()}
    if isinstance(value, list):
        return [_put(one, key, own) for one in value]
    return own[key](value) if key in own and isinstance(value, str) else value
