import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.text import TextError, fold, looks_vietnamese, normalise, shorten, to_gsm7

any_text = st.text()
GSM7 = (
    set("@$_!\"#%&'()*+,-./:;<=>?")
    | {chr(code) for code in (*range(48, 58), *range(65, 91), *range(97, 123))}
    | set(" \n")
)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (unicodedata.normalize("NFD", "Phản ánh, kiến nghị Đống Đa"), "Phản ánh, kiến nghị Đống Đa"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("a\tb\u00a0c", "a b c"),
        ("\ufeffmật\u200b khẩu\u202e\u2066", "mật khẩu"),
        ("a\x00b\x1b[0m", "ab[0m"),
        ("một  \nhai \n", "một\nhai"),
        ("một\n\n\n\n\n\nhai", "một\n\n\nhai"),
        ("e\u200b\u0301", "é"),
        ("", ""),
    ],
)
def test_normalise_stores_one_spelling(raw, stored):
    assert normalise(raw) == stored


def test_one_line_stays_one_line():
    assert normalise(" Nguyễn\r\n Văn\t  An ", multiline=False) == "Nguyễn Văn An"


@pytest.mark.parametrize("broken", ["a\ud83d", "\udc00"])
def test_lone_surrogates_are_refused(broken):
    with pytest.raises(TextError):
        normalise(broken)


@given(any_text, st.booleans())
@example("\n \n \n \n\n", True)
def test_normalise_is_idempotent_and_nfc(text, multiline):
    once = normalise(text, multiline=multiline)
    assert normalise(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)


def test_fold_makes_spellings_equal():
    assert fold("Hoà Bình") == fold("HÒA  BÌNH") == fold(unicodedata.normalize("NFD", "hòa bình")) == "hoa binh"
    assert fold("Đống Đa") == fold("Ðống đa") == "dong da"


@given(any_text)
def test_fold_is_idempotent_and_blind_to_composition(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    "text",
    [
        "ho so dat dai bi tre han",
        "toi muon hoi thu tuc",
        "xin chao, toi o xom 3 bi mat nuoc may ngay nay",
        "De nghi kiem tra can bo gay kho khan cho nguoi dan",
        "lam giay khai sinh cho con mat bao nhieu tien",
        "duong truoc nha toi ngap rac khong ai don",
        "Hồ sơ đất đai bị trễ hạn",
        unicodedata.normalize("NFD", "Tôi muốn hỏi thủ tục"),
        "Toi can cap lai so do, lien he phong nao vay?",
        "thanks",
        "",
        "12345 6789 2024 11",
    ],
)
def test_vietnamese_with_and_without_marks(text):
    assert looks_vietnamese(text)


@pytest.mark.parametrize(
    "text",
    [
        "I would like to ask about the procedure for a residence permit",
        "my land dossier is late, can you help me please",
        "So on my way to the office I ran into a man from the bank",
        "Je voudrais savoir comment obtenir un titre de séjour",
        "Bonjour, je suis français et ma femme est malade, que dois-je faire avec la mairie ?",
        "Le dossier de mon fils est en retard, merci de me répondre",
        "我想咨询一下居留证的办理手续",
        "你好请问这里可以办理营业执照吗",
        "Здравствуйте, помогите мне пожалуйста",
        "안녕하세요 거류증 신청 방법을 알고 싶습니다",
        "Ich möchte wissen, wie lange die Bearbeitung dauert",
    ],
)
def test_other_languages_are_doubtful(text):
    assert not looks_vietnamese(text)


def test_sms_spelling():
    assert (
        to_gsm7("Phản ánh 4821-0937-5514 của Ông/Bà đã “trễ hạn”…")
        == 'Phan anh 4821-0937-5514 cua Ong/Ba da "tre han"...'
    )
    assert to_gsm7("½ [a] {b} ~ 10.000₫ 😀") == "1/2 (a) (b) - 10.000d ?"


@given(any_text)
@example("｛｀")
def test_sms_needs_one_septet_a_character(text):
    assert set(to_gsm7(text)) <= GSM7


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Phản ánh kiến nghị", 30, "Phản ánh kiến nghị"),
        ("Phản ánh kiến nghị", 18, "Phản ánh kiến nghị"),
        ("Phản ánh kiến nghị", 17, "Phản ánh kiến…"),
        ("Phản ánh kiến nghị", 14, "Phản ánh kiến…"),
        ("Phản ánh, kiến nghị", 12, "Phản ánh…"),
        ("Phảnánhkiếnnghị", 5, "Phản…"),
        ("abce\u0323\u0302g", 5, "abc…"),
        ("Phản ánh", 1, "…"),
    ],
)
def test_shorten_cuts_between_words(text, limit, short):
    assert shorten(text, limit) == short


def test_shorten_to_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="one character"):
        shorten("a", 0)


@example("\x8500", 2)
@example(" 00\r00", 5)
@given(any_text, st.integers(1, 60))
def test_shorten_keeps_the_limit(text, limit):
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
