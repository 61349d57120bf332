"""HTML mails read as they look; a letter of ours that a client quotes in HTML is known for what it is."""

from __future__ import annotations

import pytest

from chalicelib.adapters.letters import render
from chalicelib.adapters.mail_html import text_of_html
from chalicelib.domain.mail_words import said
from chalicelib.domain.text import normalise
from chalicelib.views.letter_contexts import samples
from tests.builders import REGULATION

WORDS = "Tôi nộp hồ sơ ngày 10/11, đến nay chưa có kết quả."
CENTRE, SAMPLES = REGULATION.centre, samples(REGULATION)
LETTER = render("details_wanted", SAMPLES["details_wanted"], CENTRE).html.partition("<body")[2].partition(">")[2]
FROM = "Tổng đài 1022 &lt;<a href='mailto:tong-dai@tongdai.example'>tong-dai@tongdai.example</a>&gt;"
HEAD = (
    f"<b>Từ:</b> {FROM}<br><b>Đã gửi:</b> Thứ Hai, 23 tháng 11, 2026 10:22<br>"
    "<b>Đến:</b> hoa@example.com<br><b>Chủ đề:</b> Đề nghị bổ sung thông tin"
)
QUOTES = {
    "Gmail": "<br><div class=gmail_quote><div dir=ltr class=gmail_attr>Vào Th 2, 23 thg 11, 2026 vào lúc 10:22 "
    f"{FROM} đã viết:<br></div><blockquote class=gmail_quote style='margin:0'>{LETTER}</blockquote></div>",
    "Outlook": "<div><br></div><div id=appendonsend></div><hr style='width:98%'>"
    f"<div id=divRplyFwdMsg><font>{HEAD}</font><div>&nbsp;</div></div>{LETTER}",
    "Yahoo": "<div class=yahoo_quoted><div>Vào lúc 10:22:33 GMT+7 Thứ Hai, 23 tháng 11, 2026, "
    f"{FROM} đã viết:</div><div><br></div><div>{LETTER}</div></div>",
    "iPhone": "<br><div dir=ltr>Đã gửi từ iPhone của tôi</div><div dir=ltr><br><blockquote type=cite>"
    f"Vào 10:22, 23 thg 11, 2026, {FROM} đã viết:<br><br></blockquote></div>"
    f"<blockquote type=cite>{LETTER}</blockquote>",
    "one nobody knows": LETTER,
}


@pytest.mark.parametrize("client", QUOTES)
def test_a_letter_of_ours_that_is_quoted_goes(client: str) -> None:
    assert said(normalise(text_of_html(f"<html><body><div>{WORDS}</div>{QUOTES[client]}</body></html>"))) == WORDS


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\n\nHai\n"),
        ("Một<br>Hai<br/><br>Ba", "Một\nHai\n\nBa"),
        ("<div>Một <b>hai</b> ba</div>", "Một hai ba"),
        ("Một\n   hai&nbsp;&amp; ba &#7855;", "Một hai & ba ắ"),
        ("<ul><li>Một<li>Hai</ul>", "Một\nHai"),
        ("<script>alert('x')</script>Một<style>p{}</style>", "Một"),
        ("<!-- <p>không</p> -->Một<![if mso]>Hai<![endif]>", "MộtHai"),
        ("<script>if (a < b) '</p>'</script >Một", "Một"),
        ("<table><tr><td>Một</td><td>Hai</td></tr></table>", "Một\nHai"),
        (
            '<div class="gmail_quote">Vào đã viết:<blockquote>A<br>B</blockquote></div>Hết',
            "Vào đã viết:\n> A\n> B\nHết",
        ),
        ("</blockquote></p></script>Một", "Một"),
        ("5 < 6 và 7 > 3", "5 < 6 và 7 > 3"),
        ("<title>không", ""),
        ("", ""),
    ],
)
def test_html_reads_as_it_looks(html: str, text: str) -> None:
    assert text_of_html(html) == text
