"""Whom a text names: by name or initials, with tone marks or without them; and whom it does not (R48, R55)."""

import pytest

from chalicelib.adapters.regulation_files import read, regulation, routing
from chalicelib.domain.unit_names import UnitName, mentions

RULES = routing("hoa_binh", regulation("hoa_binh"))
NAMES = tuple(
    UnitName(unit["id"], unit["name"])
    for unit in read("hoa_binh.directory.yaml")["units"]
    if unit["kind"] not in ("centre", "leadership")
)


def named(text: str) -> list[str]:
    return [mention.unit for mention in mentions(text, NAMES, RULES.places, RULES.provinces)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Sở Tài nguyên và Môi trường hẹn rồi không trả.", "so_tai_nguyen_moi_truong"),
        ("Sở Tài nguyên & Môi trường hẹn rồi không trả.", "so_tai_nguyen_moi_truong"),
        ("sở TN&MT hẹn rồi không trả", "so_tai_nguyen_moi_truong"),
        ("so tai nguyen va moi truong hen roi khong tra", "so_tai_nguyen_moi_truong"),
        ("Cán bộ Sở TNMT nói chờ.", "so_tai_nguyen_moi_truong"),
        ("STNMT nói chờ.", "so_tai_nguyen_moi_truong"),
        ("Sở Tài nguyên nói chờ.", "so_tai_nguyen_moi_truong"),
        ("Sở Lao động, Thương binh và Xã hội", "so_lao_dong"),
        ("Sở LĐ-TB&XH", "so_lao_dong"),
        ("so ldtbxh", "so_lao_dong"),
        ("Sở GD-ĐT tuyển sinh", "so_giao_duc"),
        ("Sở Văn hoá, Thể thao và Du lịch", "so_van_hoa"),  # the old place of the tone mark
        ("Sở Tư pháp tỉnh Hoà Bình", "so_tu_phap"),
        ("Công an tỉnh làm căn cước", "cong_an_tinh"),
        ("cong an tinh lam can cuoc", "cong_an_tinh"),
        ("Bảo hiểm xã hội tỉnh Hòa Bình", "bao_hiem_xa_hoi"),
        ("BHXH tỉnh chưa chốt sổ", "bao_hiem_xa_hoi"),
        ("cơ quan bảo hiểm xã hội chưa chốt sổ", "bao_hiem_xa_hoi"),
        ("Điện lực Hòa Bình cắt điện", "dien_luc"),
        ("Văn phòng UBND tỉnh", "van_phong_ubnd"),
        ("Văn phòng Uỷ ban nhân dân tỉnh", "van_phong_ubnd"),
    ],
)
def test_a_unit_is_known_however_it_is_written(text: str, unit: str) -> None:
    assert named(text) == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ y tế của tôi nộp ở đâu?",
        "ho so y te cua toi nop o dau",
        "Cơ sở y tế tư nhân cần giấy phép gì?",
        "co so giao duc va dao tao tu nhan can giay phep gi",
        "Trụ sở công an ở đâu?",
        "một số nội vụ trong nhà",
        "Đóng bảo hiểm xã hội tự nguyện thế nào?",
        "Đi bưu điện gửi hồ sơ được không?",
        "Công an xã Tân Vinh hẹn mai",
        "Tôi ở phường Tân Thịnh, thành phố Hòa Bình",
        "Tôi quê ở tỉnh Nghệ An",
        "",
    ],
)
def test_papers_places_and_matters_name_nobody(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "office",
    [
        "Sở Tư pháp tỉnh Nghệ An",
        "sở tư pháp Nghệ An",
        "so tu phap tinh nghe an",
        "UBND tỉnh Nam Định",
        "Công an thành phố Hà Nội",
    ],
)
def test_an_office_of_another_province_is_not_ours(office: str) -> None:
    assert named(f"Tôi nộp ở {office} từ tháng trước.") == [""]


def test_several_are_named_in_their_order() -> None:
    assert named("Sở Y tế bảo tôi sang Sở Tư pháp, Sở Tư pháp lại bảo về sở y tế.") == [
        *("so_y_te", "so_tu_phap"),
        *("so_tu_phap", "so_y_te"),
    ]


def test_what_may_mean_two_units_names_neither() -> None:
    two = (UnitName("a", "Sở Văn hóa và Thể thao"), UnitName("b", "Sở Văn hóa và Du lịch"))
    assert mentions("Sở Văn hóa", two, (), ()) == ()
    assert [mention.unit for mention in mentions("Sở Văn hóa và Du lịch", two, (), ())] == ["b"]
