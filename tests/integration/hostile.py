r"""Words of somebody who means harm, put into every field that takes words; judges of what is made of them.

Which fields those are is read from the types of what is sent, so that a new one is hostile from its first day.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from typing import Any
from urllib.parse import unquote

import msgspec
from msgspec import inspect as kinds

from app import app
from chalicelib.exchange.heard import HEARD
from tests.integration.browser import Page

MARK = "Zxq"
LEADS = ("=", "+", "-", "@", "\t=", "\r=", "")  # what a spreadsheet takes for a formula, and once none of it
WORDS = (
    f"{MARK}\"'><zxq onzxq=7></textarea></bdi></p></title><script>zxq(1)</script>"
    f"{{{{71993*98317}}}}${{71993*98317}}{{% zxq %}}"
    f"&lt;zxq&gt;]]>\u202etxet\u2066\x00\x1b\r\nBcc: zxq@example.com 👩‍👧🇻🇳"
)
RECKONED = str(71993 * 98317)  # so long that no nonce and no code has it by chance
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Fields whose words are looked at one by one before anything is done with them: numbers, passwords, choices …
CHECKED = frozenset({"phone", "number", "contact", "media_type", "password", "session", "cursor", "signed", "pin"})
OWN = ("./", "../", "#", "tel:", "mailto:")
QUIET = frozenset({"value", "datetime", "aria-label", "alt", "title", "content"})  # attributes that nothing runs
API = {
    (method, path): entry.view_function.endpoint
    for path, methods in app.routes.items()
    for method, entry in methods.items()
    if hasattr(entry.view_function, "endpoint")
}
PAGES = {
    (method, path): entry.view_function.page
    for path, methods in app.routes.items()
    for method, entry in methods.items()
    if hasattr(entry.view_function, "page")
}


def free(kind: kinds.Type, where: str = "") -> Iterator[str]:
    """Yield the names of the fields of a type that take any words."""
    match kind:
        case kinds.Metadata(type=inner):
            yield from free(inner, where)
        case kinds.StrType(pattern=None) if where.rpartition(".")[2] not in CHECKED:
            yield where
        case kinds.StructType(fields=fields):
            for one in fields:
                yield from free(one.type, f"{where}.{one.encode_name}".lstrip("."))
        case kinds.UnionType(types=some):
            yield from itertools.chain.from_iterable(free(one, where) for one in some)


class Enemy:
    """Sends what others send, with hostile words before theirs; `sent` is which fields of which routes took them."""

    def __init__(self) -> None:
        self.sent: set[tuple[str, str, str]] = set()
        self._turn = itertools.count()

    def words(self, before: str = "", most: int | None = None) -> str:
        """Return hostile words, as many as fit."""
        return f"{LEADS[next(self._turn) % len(LEADS)]}{WORDS} {before}"[:most]

    def body(self, method: str, path: str, given: Any) -> Any:
        """Return what a program sends."""
        found = [key for key in API if key[0] == method and re.fullmatch(re.sub(r"{\w+}", "[^/]+", key[1]), path)]
        kind = API[found[0]].body if found else None
        if (
            not kind
            or not isinstance(given, dict)
            or path.startswith(("/v1/sessions", "/v1/my/sessions", "/v1/exchange"))
        ):
            return given
        self.sent |= {(*found[0], name) for name in free(kinds.type_info(kind))}
        return self._filled(kinds.type_info(kind), given)

    def message(self, given: Any) -> Any:
        """Return what an agency's software says."""
        [kind] = [one for one in HEARD.__args__ if one.__struct_config__.tag == given["type"]]
        self.sent |= {("", given["type"], name) for name in free(kinds.type_info(kind)) if name != "case"}
        return self._filled(kinds.type_info(kind), given) | {"case": given["case"]}

    def _filled(self, kind: kinds.Type, given: Any, name: str = "") -> Any:
        match kind:
            case kinds.Metadata(type=inner):
                return self._filled(inner, given, name)
            case kinds.StrType(pattern=None, max_length=most) if name not in CHECKED:
                return self.words(given or "", most)
            case kinds.StructType(fields=fields):
                return (given or {}) | {
                    one.encode_name: self._filled(one.type, (given or {}).get(one.encode_name), one.encode_name)
                    for one in fields
                    if (given and one.encode_name in given) or [*free(one.type, one.encode_name)]
                }
            case kinds.UnionType(types=some) if any([*free(one, name)] for one in some):
                return self._filled(next(one for one in some if [*free(one, name)]), given, name)
        return given


def harmless(page: Page, own: tuple[str, ...] = OWN, banned: Set[str] = frozenset({"style"})) -> None:
    """No element, attribute, address or reckoning that we did not write; what turns text turns its own place only."""
    ours = [given.get("src", "") for tag, given in page.tags if tag == "script"]
    assert all(re.fullmatch(r"(\.\.?/)*static/[a-z]+\.[0-9a-f]{12}\.js", str(source)) for source in ours), ours
    for tag, given in page.tags:
        names = [name for name in given if not re.fullmatch(r"[a-z][a-z-]*[a-z0-9]?", name)]
        names += [name for name in given if name.startswith("on") or name in {"srcdoc"} | banned]
        assert (tag != "zxq", names) == (True, []), (page.address, tag, given)
        for name, value in given.items():
            if name in ("href", "src", "action"):
                assert str(value).startswith(own), (page.address, tag, given)
            assert MARK not in (value or "") or name in QUIET or name in ("href", "action"), (page.address, given)
    assert RECKONED not in page.html.replace("71993*98317", ""), page.address
    assert not (found := stray(page.html)), (page.address, found)


def stray(html: str) -> list[str]:
    """Return what of a page turns text, or controls, outside of what keeps it in its own place."""
    kept = re.sub(r"<textarea[^>]*>[^<]*|\bvalue=\"[^\"]*\"|<bdi>[^<]*|<\w+[^>]*\bdir=\"auto\"[^>]*>[^<]*", "", html)
    controls = [char for char in html if unicodedata.category(char) == "Cc" and char not in "\n\r\t"]
    return [kept[max(0, one.start() - 200) : one.end()] for one in TURNING.finditer(kept)] + controls


def plain(text: str) -> None:
    """Nothing invisible, nothing that turns."""
    assert not TURNING.search(text), text
    assert not [char for char in text if unicodedata.category(char) == "Cc" and char != "\n"], text


def one_line(text: str) -> None:
    """What stands in a header: nothing begins another one."""
    assert "\n" not in text
    assert "\r" not in text
    plain(text)


def downloaded(headers: Mapping[str, str]) -> str:
    """Return a file's name; it is a download, and its name is no other header and no other type."""
    given = headers["Content-Disposition"]
    match = re.fullmatch(r"attachment; filename\*=UTF-8''([A-Za-z0-9._~%-]+)", given)
    assert match, given
    name = unquote(match[1])
    one_line(name)
    assert not re.search(r'[<>:"|?*/\\]', name), name
    assert [one for one in headers if one.lower() in ("bcc", "set-cookie")] == []
    return name


def json_only(status: int, headers: Mapping[str, str], body: bytes) -> None:
    """What programs are told is JSON, whatever a browser would like to take it for."""
    if body:
        json.loads(body)
        assert headers["Content-Type"].partition(";")[0] in ("application/json", "application/problem+json"), status
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def typed(form: type[msgspec.Struct], enemy: Enemy) -> dict[str, str]:
    """Return a page's form with hostile words in every field, whatever it may be for."""
    return {one.encode_name: enemy.words() for one in msgspec.structs.fields(form)}
