"""Whose a matter is in Hoà Bình (2370/QĐ-UBND), article by article, in people's own words."""

import pytest

from tests.unit.routing.tables import Centre, Matters

CENTRE = Centre("hoa_binh")
REPORT, CONDUCT = {"kind": "report", "about": "regulation"}, {"kind": "report", "about": "conduct"}
STAY, LEADERS = "tong_dai", "lanh_dao_trung_tam"
TABLE = [
    # Điều 8.2.a: to the Post at once, whatever the words name
    (Matters("Tôi đăng ký nhận kết quả tại nhà", kind="service"), "buu_dien_tinh", "Điều 8.2.a"),
    (Matters("Nhận hộ ở Sở Tư pháp gửi về nhà", kind="service", field="ho_tich"), "buu_dien_tinh", "Điều 8.2.a"),
    # Điều 7.3, 10.1.b: by authority and function, the field
    (Matters("Đăng ký khai sinh cho con", field="ho_tich"), "so_tu_phap", "Điều 7.3, 10.1.b"),
    (Matters("Sang tên sổ đỏ mất bao lâu", field="dat_dai"), "so_tai_nguyen_moi_truong", "Điều 7.3, 10.1.b"),
    (Matters("Đổi giấy phép lái xe", field="giao_thong"), "so_giao_thong_van_tai", "Điều 7.3, 10.1.b"),
    (Matters("Làm căn cước ở đâu", field="cu_tru"), "cong_an_tinh", "Điều 7.3, 10.1.b"),
    (Matters("Chốt sổ bảo hiểm xã hội", field="bao_hiem"), "bao_hiem_xa_hoi", "Điều 7.3, 10.1.b"),
    (Matters("Mở cửa hàng cần giấy gì", field="dang_ky_kinh_doanh"), "so_ke_hoach_dau_tu", "Điều 7.3, 10.1.b"),
    (Matters("Quy định bản sao chứng thực chồng chéo", field="chung_thuc", **REPORT), "so_tu_phap", "Điều 7.3, 10.1.b"),
    (Matters("Đề nghị bỏ giấy tờ thừa", kind="suggestion", field="y_te"), "so_y_te", "Điều 7.3, 10.1.b"),
    (Matters("Công ty hỏi giấy phép", field="xay_dung", customer="organisation"), "so_xay_dung", "Điều 7.3, 10.1.b"),
    # Điều 7.3: a unit named in the words, however it is written
    (Matters("Sở Y tế trả lời chưa rõ"), "so_y_te", "Điều 7.3"),
    (Matters("so y te tra loi chua ro", **REPORT), "so_y_te", "Điều 7.3"),
    (Matters("Cán bộ sở TN&MT hẹn mãi không trả sổ", field="khac"), "so_tai_nguyen_moi_truong", "Điều 7.3"),
    (Matters("Điện lực Hòa Bình tính sai hóa đơn", field="dien"), "dien_luc", "Điều 7.3"),
    (Matters("Đề nghị Thanh tra tỉnh công khai lịch", kind="suggestion"), "thanh_tra_tinh", "Điều 7.3"),
    # what looks like a unit and is none: the field decides
    (Matters("Hồ sơ y tế của cháu nộp ở đâu", field="ho_tich"), "so_tu_phap", "Điều 7.3, 10.1.b"),
    (Matters("Cơ sở giáo dục tư thục xin phép thế nào", field="giao_duc"), "so_giao_duc", "Điều 7.3, 10.1.b"),
    # two are named: neither
    (Matters("Sở Y tế đẩy sang Sở Tư pháp", field="ho_tich"), "so_tu_phap", "Điều 7.3, 10.1.b"),
    (Matters("Sở Y tế đẩy sang Sở Nội vụ", field="khac"), STAY, "Điều 8.1.a"),
    # Điều 8.1, second point c (R75): the official's own agency
    (Matters("Cán bộ Sở Nội vụ gây khó dễ", field="ho_tich", **CONDUCT), "so_noi_vu", "Điều 8.1, điểm c thứ hai"),
    (
        Matters("Anh cán bộ vòi tiền", field="dat_dai", **CONDUCT),
        "so_tai_nguyen_moi_truong",
        "Điều 8.1, điểm c thứ hai",
    ),
    (Matters("can bo cong an tinh hach sach", field="cu_tru", **CONDUCT), "cong_an_tinh", "Điều 8.1, điểm c thứ hai"),
    (Matters("Người tiếp tôi rất thô lỗ", field="khac", **CONDUCT), STAY, "Điều 8.1.a"),
    # Điều 8.3 (R80): not the province's
    (Matters("Sở Tư pháp tỉnh Nghệ An chậm cấp phiếu lý lịch", field="ho_tich", **CONDUCT), LEADERS, "Điều 8.3"),
    (Matters("UBND tỉnh Phú Thọ chưa trả lời", **REPORT), LEADERS, "Điều 8.3"),
    (Matters("Bản án xử không công bằng", **CONDUCT), LEADERS, "Điều 8.3"),
    (Matters("toa an xu lau qua", **REPORT), LEADERS, "Điều 8.3"),
    # but a question that only needs a paper for the court is answered, and where an own unit is named it is its matter
    (Matters("Xác nhận hộ tịch để nộp tòa án", field="ho_tich"), "so_tu_phap", "Điều 7.3, 10.1.b"),
    (Matters("Sở Tư pháp Hòa Bình chờ Sở Tư pháp Nghệ An", field="ho_tich", **REPORT), "so_tu_phap", "Điều 7.3"),
    # where one lives never matters
    (Matters("Tôi ở tỉnh Nghệ An, xin cấp lý lịch tư pháp", field="ho_tich"), "so_tu_phap", "Điều 7.3, 10.1.b"),
    # Điều 8.1.a: nothing leads anywhere
    (Matters("Cho tôi hỏi một việc"), STAY, "Điều 8.1.a"),
]


@pytest.mark.parametrize(("matter", "owner", "article"), TABLE, ids=lambda one: getattr(one, "text", None))
def test_a_matter_goes_where_the_regulation_says(matter: Matters, owner: str, article: str) -> None:
    found = CENTRE.route(matter)
    assert found.rule is not None
    assert (found.owner, found.rule.article) == (owner, article)


def test_no_case_has_a_supervisor_of_its_own() -> None:
    """Điều 12.1, 15: one overseer of all of them, whom the ladder tells."""
    assert {CENTRE.route(matter).supervisor for matter, _, _ in TABLE} == {""}
