"""Every letter of the centre as files, to be looked at: `make previews` writes .build/previews.

A letter gives <name>.html and <name>.txt as they are mailed, and <name>.sms.txt where its sender may get an SMS.
index.html shows all of them, as wide as a small telephone and as a desk's mail program shows them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from chalicelib.adapters.keys import SecretKeys
from chalicelib.adapters.letters import render
from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.sms import Price, size
from chalicelib.ports import Letter
from chalicelib.usecases.reach_sender import REPLY_TO
from chalicelib.views.letter_contexts import contexts
from chalicelib.views.letter_samples import CODE

TARGET = Path(".build/previews")
PAGE = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Thư của {centre}</title>
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; margin: 1rem; color-scheme: light dark }}
  h2 {{ margin: 2rem 0 .5rem; font-size: 1.1rem }}
  iframe {{ border: 1px solid #888; height: 34rem; max-width: 100%; vertical-align: top; margin: 0 .5rem .5rem 0 }}
  pre {{ white-space: pre-wrap; max-width: 40rem; border-left: 3px solid #888; padding-left: .75rem }}
</style>
<h1>Thư của {centre}</h1>
{letters}
</html>
"""


def letters(rules: Regulation) -> Iterator[tuple[str, Letter]]:
    """Give every letter by name, in each of its faces, as this centre sends it."""
    for name, context in contexts(rules).items():
        yield name, render(name.partition(".")[0], context, rules.centre)


def write(rules: Regulation, target: Path) -> int:
    """Write the files and return how many letters there are; what an earlier run wrote goes first."""
    centre = rules.centre
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    made = dict(letters(rules))
    for name, letter in made.items():
        for ending, content in (("html", letter.html), ("txt", letter.text), ("sms.txt", letter.sms)):
            if content is not None:
                (target / f"{name}.{ending}").write_text(content, "utf-8")
    given = contexts(rules)
    sections = "\n".join(
        _section(name, letter, reply_to(given[name], centre), rules.sms_price) for name, letter in made.items()
    )
    (target / "index.html").write_text(PAGE.format(centre=escape(centre["name"]), letters=sections), "utf-8")
    return len(made)


def reply_to(context: Mapping[str, object], centre: Mapping[str, str]) -> str:
    """Return where an answer to a letter goes, of a made-up secret; nothing where the letter says nothing of it."""
    if "answerable" not in context:
        return ""
    token = SecretKeys.of("preview").mail_token(CODE)
    return REPLY_TO.format(token=token, domain="tra-loi.tongdai.example") if context["answerable"] else centre["email"]


def _section(name: str, letter: Letter, answers: str, price: Price | None) -> str:
    frames = "".join(f'<iframe src="{name}.html" width="{width}" loading="lazy"></iframe>' for width in (320, 640))
    sms = _sms(letter.sms, price) if letter.sms is not None else ""
    links = f'<a href="{name}.html">{name}</a> (<a href="{name}.txt">văn bản</a>)'
    to = f"<p>Trả lời đến (Reply-To): {escape(answers)}</p>\n" if answers else ""
    return f'<h2 id="{name}">{links}: {escape(letter.subject)}</h2>\n{to}{frames}{sms}'


def _sms(text: str, price: Price | None) -> str:
    measured = size(text)
    cost = f", {price.of(measured.parts)}" if price else ""
    told = f"{measured.encoding}, {measured.units} đơn vị, {measured.parts} tin{cost}"
    return f"\n<pre>SMS ({told}): {escape(text)}</pre>"


if __name__ == "__main__":
    count = write(regulation(os.environ.get("REGULATION") or "hoa_binh"), TARGET)
    sys.stdout.write(f"{count} letters: {TARGET.resolve() / 'index.html'}\n")
