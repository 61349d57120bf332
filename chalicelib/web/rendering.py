"""A page's template becomes HTML. Jinja2 is loaded when the first page is asked for: programs never wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chalicelib.web import assets, keys, labels
from chalicelib.web.filters import FILTERS

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "pages"


def render(template: str, context: Mapping[str, Any]) -> str:
    """Return the HTML of `pages/<template>.html.j2`; raises jinja2.UndefinedError where the context lacks a name.

    Every template gets `root` from its route, the way back to the first page as a relative address, and links by it:
    pages stand behind a stage's path, a domain of their own or a proxy alike.
    """
    return environment().get_template(f"{template}.html.j2").render(context)


@cache
def environment() -> Environment:
    """Return the environment of the pages: everything is escaped, nothing may be missing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 cold start

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= FILTERS
    made.globals["asset"] = assets.named
    made.globals["labels"] = labels
    made.globals |= {"keys": keys.KEYS, "held": keys.HELD, "everywhere": keys.EVERYWHERE}
    return made
