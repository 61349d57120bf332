"""The regulation of Hoà Bình as it is shipped says what 2370/QĐ-UBND says."""

from chalicelib.adapters.regulation_files import read
from tests.builders import REGULATION

UNITS = {unit["id"]: unit for unit in read("hoa_binh.directory.yaml")["units"]}


def test_every_event_rests_on_an_article_of_the_regulation() -> None:
    of_the_archives, of_the_person = {"HeldBack", "HoldLifted", "Anonymised"}, {"SenderCorrected", "Restricted"}
    beside = of_the_archives | of_the_person
    others = {name: article for name, article in REGULATION.articles.items() if name not in beside}
    assert all(article.startswith("Điều ") for article in others.values())
    assert {REGULATION.articles[name] for name in of_the_archives} == {"Thông tư 10/2022/TT-BNV"}
    assert {REGULATION.articles[name] for name in of_the_person} == {"Luật 91/2025/QH15"}


def test_the_limits_are_the_regulations_and_the_targets_bind_nobody() -> None:
    """Điều 9.1, 9.2 (R59, R60): nothing else may ever be called trễ hạn."""
    binding = {name: (limit.minutes, limit.article) for name, limit in REGULATION.stages.items() if limit.binding}
    assert binding == {"officer": (5 * 60, "Điều 9.1"), "agency": (8 * 60, "Điều 9.2")}


def test_one_reappointment() -> None:
    """Điều 9.3 (R62)."""
    assert REGULATION.reappointments == 1


def test_the_kinds_are_those_of_the_regulation() -> None:
    """Điều 4, 8.2.a (R29-R32)."""
    articles = {name: kind.article for name, kind in REGULATION.kinds.items()}
    assert articles == {
        "question": "Điều 4.1",
        "report": "Điều 4.2",
        "suggestion": "Điều 4.3",
        "service": "Điều 8.2.a",
    }


def test_the_centre_is_reached_as_the_regulation_says() -> None:
    """Điều 5 (R19, R20)."""
    centre = REGULATION.centre
    assert (centre["hotline"], centre["email"]) == ("02183.1022", "tthcc@hoabinh.gov.vn")
    assert centre["web"] == "tongdai1022.hoabinh.gov.vn"


def test_whoever_the_rules_name_is_whom_the_regulation_names() -> None:
    """Điều 8.2, 12 (R7, R10)."""
    assert REGULATION.kinds["service"].at_once(None) == "buu_dien_tinh"
    assert REGULATION.supervisor == "van_phong_ubnd"


def test_the_agencies_bound_by_name_are_there() -> None:
    """Điều 1.2.b, 1.2.c (R49)."""
    assert {"cong_an_tinh", "bao_hiem_xa_hoi", "dien_luc", "buu_dien_tinh", "vnpt"} <= set(UNITS)


def test_every_duty_of_a_conduct_report_is_there() -> None:
    """Điều 8.1, second point c (R75)."""
    assert set(REGULATION.conduct_actions) == {"notice", "substitution"}


def test_only_a_secret_text_is_not_kept() -> None:
    """Luật Bảo vệ bí mật nhà nước (R102)."""
    assert [rule.id for rule in REGULATION.eligibility if not rule.keep_text] == ["state_secret"]
