"""Every face of every letter, as `make previews` writes it: valid, complete, and readable on a small telephone."""

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chalicelib.adapters.regulation_files import regulation
from chalicelib.ports import Letter
from chalicelib.views.letter_contexts import contexts
from examples.previews import letters, reply_to, write

RULES = regulation("hoa_binh")
CENTRE = RULES.centre
LETTERS = dict(letters(RULES))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
VOID = {"meta", "br"}
PHRASING = {"a", "strong", "span", "br"}
FLOW = {"p", "div", "table", "ul", "blockquote", "header", "main", "footer"} | PHRASING
# What may stand in what, of the elements that letters are made of (HTML Living Standard, content models).
CONTENT = {
    "": {"html"},
    "html": {"head", "body"},
    "head": {"meta", "title"},
    "table": {"caption", "thead", "tbody", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"td", "th"},
    "ul": {"li"},
    **dict.fromkeys(("body", "div", "header", "main", "footer", "blockquote", "td", "li"), FLOW),
    **dict.fromkeys(("p", "span", "strong", "a", "th", "caption", "title"), PHRASING),
}
NO_WORDS = {"", "html", "head", "table", "thead", "tbody", "tr", "ul"}


class Strict(HTMLParser):
    """Fails at the first thing that a validator would call an error."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.open = [""]
        assert source.lstrip().lower().startswith("<!doctype html>")
        self.feed(source)
        self.close()
        assert self.open == [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in CONTENT[self.open[-1]], f"<{tag}> in <{self.open[-1]}>"
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), names
        assert all(value for _, value in attrs), attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert not data.strip() or self.open[-1] not in NO_WORDS, data
        assert not re.search(r"[<>&]", data), data  # a bare one is no character reference

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a remark of ours is mailed: {data}")


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_mail_is_valid(letter: Letter) -> None:
    Strict(letter.html)


@pytest.mark.parametrize(
    "broken",
    [
        "<p><table></table></p>",
        "<p>a & b</p>",
        "<table>a</table>",
        '<p style="a" style="b"></p>',
        "<p><b>a</b></p>",
        "<p>",
    ],
)
def test_what_is_not_valid_is_found(broken: str) -> None:
    with pytest.raises(AssertionError):
        Strict(f"<!doctype html><html><body>{broken}</body></html>")


@pytest.mark.parametrize("name", LETTERS)
def test_the_text_alone_says_everything(name: str) -> None:
    """Every sentence, fact and link of the HTML stands in the text, for whoever reads mail without HTML."""
    letter = LETTERS[name]
    body = re.sub(r"</?(strong|a)\b[^>]*>", "", letter.html.partition("<body")[2].partition(">")[2])
    said = " ".join(letter.text.split())
    parts = [" ".join(html.unescape(part).split()).removeprefix(": ") for part in re.split(r"<[^>]+>", body)]
    missing = [part for part in parts if part not in said]
    assert not missing
    links = re.findall(r'href="([^"]+)"', letter.html)
    assert all(html.unescape(link) in letter.text for link in links)
    assert not re.search(r"<[a-z/]|&[a-z]+;", letter.text)


@pytest.mark.parametrize("name", LETTERS)
def test_a_subject_is_plain_and_names_nobody(name: str) -> None:
    subject, context = LETTERS[name].subject, contexts(RULES)[name]
    assert subject == " ".join(subject.split())
    assert not re.search(r"[<>&{}@]|https?:", subject)
    assert len(subject) <= 78
    contact = context.get("contact")
    private = [context.get(key) for key in ("sender_name", "pin", "title", "content", "answer", "reason", "question")]
    private += contact.values() if isinstance(contact, dict) else []
    assert not [word for word in private if word and str(word) in subject]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_mail_fits_a_small_telephone(tmp_path: Path) -> None:
    """At 320 px nothing is wider than the screen, and no letters are smaller than 14 px."""
    frames = "".join(
        f'<iframe id="{name}" width="320" srcdoc="{html.escape(letter.html)}"></iframe>'
        for name, letter in LETTERS.items()
    )
    script = """onload = () => {
      const found = [...document.querySelectorAll('iframe')].map(({id, contentDocument: page}) => {
        const sizes = [...page.body.querySelectorAll('*')].map(each => parseFloat(getComputedStyle(each).fontSize));
        return [id, page.documentElement.scrollWidth, Math.min(...sizes)];
      });
      document.body.textContent = JSON.stringify(found);
    }"""
    page = tmp_path / "page.html"
    page.write_text(f'<!doctype html><meta charset="utf-8"><script>{script}</script><body>{frames}', "utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    ran = subprocess.run(
        [*command, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    measured = json.loads(html.unescape(ran.stdout.partition("<body>")[2].partition("</body>")[0]))
    assert [name for name, _, _ in measured] == list(LETTERS)
    assert not [(name, wide) for name, wide, _ in measured if wide > 320]
    assert not [(name, size) for name, _, size in measured if size < 14]


def test_previews_are_written_and_shown_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "gone.html").write_text("an earlier run's", "utf-8")
    assert write(RULES, tmp_path) == len(LETTERS)
    written = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    index = written.pop("index.html")
    for name, letter in LETTERS.items():
        assert written.pop(f"{name}.html") == letter.html
        assert written.pop(f"{name}.txt") == letter.text
        assert (letter.sms is None) or written.pop(f"{name}.sms.txt") == letter.sms
        assert index.count(f'src="{name}.html"') == 2
        section = index.partition(f'<h2 id="{name}"')[2].partition("<h2")[0]
        answers = reply_to(contexts(RULES)[name], CENTRE)
        assert bool(answers) is ("sender_kind" in contexts(RULES)[name]) is ("Reply-To" in section)
        assert answers in section
    assert written == {}
