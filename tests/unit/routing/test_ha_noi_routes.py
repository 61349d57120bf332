"""Whose a matter is in Hà Nội, and who supervises it: article by article, in people's own words (S0, S1, S2, S4)."""

import pytest

from tests.unit.routing.tables import Centre, Matters

CENTRE = Centre("ha_noi")
KTGS, KSTTHC = "phong_kiem_tra_giam_sat", "phong_kiem_soat_tthc"
LAND, FIRMS, PEOPLE = "phong_ho_tro_dat_dai", "phong_ho_tro_to_chuc", "phong_ho_tro_ca_nhan"
QUALITY, NETWORK = "phong_nghien_cuu_chat_luong", "phong_tai_cau_truc"
CSKH_32, CSKH_28 = "Dự thảo QĐ về TTHTCSKH Điều 3.2", "Dự thảo QĐ về TTHTCSKH Điều 2.8"
D1371 = "Quyết định 1371/QĐ-TTPVHCC"
PLAN_29, PILOT = "Kế hoạch 29/KH-UBND", "Quyết định 5390/QĐ-UBND"
ORGANISATION = {"customer": "organisation"}
IHANOI, PORTAL = {"channel": "app"}, {"channel": "national_portal"}


def report(about: str, text: str = "", **more: str) -> Matters:
    return Matters(text, kind="report", about=about, **more)


def suggestion(text: str, **more: str) -> Matters:
    return Matters(text, kind="suggestion", **more)


def service(about: str, text: str = "", **more: str) -> Matters:
    return Matters(text, kind="service", about=about, **more)


# Matter, owner and its article, supervisor and its article ("" for none).
TABLE = [
    # CSKH, Điều 3.2 (R51): by customer and field
    (Matters("Đăng ký khai sinh cần gì", field="ho_tich"), PEOPLE, CSKH_32, "", ""),
    (Matters("Thủ tục tăng vốn điều lệ", field="dang_ky_kinh_doanh", **ORGANISATION), FIRMS, CSKH_32, "", ""),
    (Matters("Sang tên sổ đỏ mất bao lâu", field="dat_dai"), LAND, CSKH_32, "", ""),
    (Matters("Công ty tôi xin thuê đất", field="dat_dai", **ORGANISATION), LAND, CSKH_32, "", ""),  # land comes first
    (Matters("hoi thu tuc cap doi can cuoc", field="cu_tru"), PEOPLE, CSKH_32, "", ""),
    (Matters("Doanh nghiệp hỏi qua iHanoi", field="xay_dung", **ORGANISATION, **IHANOI), FIRMS, CSKH_32, "", ""),
    (Matters("Cho tôi hỏi một việc"), PEOPLE, CSKH_32, "", ""),
    # 5390 (R55): boundary-free, wherever one lives; a place is no office
    (Matters("Tôi ở phường Tây Hồ, làm khai sinh ở đâu", field="ho_tich"), PEOPLE, CSKH_32, "", ""),
    (Matters("Nhà tôi ở xã Sóc Sơn, tách thửa", field="dat_dai"), LAND, CSKH_32, "", ""),
    (Matters("Quê tôi ở tỉnh Nam Định, đang thuê nhà ở quận Cầu Giấy", field="cu_tru"), PEOPLE, CSKH_32, "", ""),
    (Matters("Chúng tôi đóng tại thành phố Hải Phòng", **ORGANISATION), FIRMS, CSKH_32, "", ""),
    # a question is guidance, whoever is named as competent
    (Matters("Sở Tư pháp cấp phiếu lý lịch mất bao lâu", field="ho_tich"), PEOPLE, CSKH_32, "", ""),
    # 1371, Điều 6.2.16 and 7.2.11 (R52): who handles and who supervises
    (
        report("regulation", "Quy trình cấp phép chồng chéo"),
        KSTTHC,
        f"Điều 6.2.16 {D1371}",
        KTGS,
        f"Điều 7.2.11 {D1371}",
    ),
    (
        report("regulation", "Sở Xây dựng yêu cầu giấy tờ thừa", field="xay_dung"),
        *(KSTTHC, f"Điều 6.2.16 {D1371}"),
        *(KTGS, f"Điều 7.2.11 {D1371}"),
    ),
    (
        report("regulation", "Quy định về đất đai chưa rõ", field="dat_dai", **ORGANISATION),
        *(KSTTHC, f"Điều 6.2.16 {D1371}"),
        *(KTGS, f"Điều 7.2.11 {D1371}"),
    ),
    (suggestion("Đề nghị bỏ bản sao chứng thực"), KSTTHC, f"Điều 6.2.16 {D1371}", KTGS, f"Điều 7.2.11 {D1371}"),
    (suggestion("Kiến nghị Sở Y tế rút ngắn quy trình"), KSTTHC, f"Điều 6.2.16 {D1371}", KTGS, f"Điều 7.2.11 {D1371}"),
    # 1371, Điều 8.2.3: the network of reception
    (
        suggestion("Đề nghị điểm tiếp nhận mở sáng thứ Bảy"),
        NETWORK,
        f"Điều 8.2.3 {D1371}",
        KTGS,
        f"Điều 7.2.11 {D1371}",
    ),
    (suggestion("de nghi bo phan mot cua them ghe"), NETWORK, f"Điều 8.2.3 {D1371}", KTGS, f"Điều 7.2.11 {D1371}"),
    (suggestion("Chi nhánh số 7 nên thêm quầy"), "chi_nhanh_so_7", PLAN_29, KTGS, f"Điều 7.2.11 {D1371}"),
    # 1371, Điều 7.1.3, 7.2.2 (R53, R75, R76): conduct is Phòng Kiểm tra - Giám sát's, by any channel, whoever is named
    (report("conduct", "Cán bộ nhũng nhiễu"), KTGS, f"Điều 7.1.3, 7.2.2 {D1371}", "", ""),
    (report("conduct", "Cán bộ Sở Xây dựng vòi tiền", field="xay_dung"), KTGS, f"Điều 7.1.3, 7.2.2 {D1371}", "", ""),
    (report("conduct", "Nhân viên chi nhánh số 3 quát mắng"), KTGS, f"Điều 7.1.3, 7.2.2 {D1371}", "", ""),
    (report("conduct", "can bo gay phien ha", **IHANOI), KTGS, f"Điều 7.1.3, 7.2.2 {D1371}", "", ""),
    (report("conduct", "Cán bộ đòi quà", field="dat_dai", **ORGANISATION), KTGS, f"Điều 7.1.3, 7.2.2 {D1371}", "", ""),
    # 1371, Điều 7.1.3 (R81): nobody judges his own case, nor supervises it
    (report("conduct", "Phòng Kiểm tra - Giám sát vòi tiền"), "lanh_dao_trung_tam", f"Điều 7.1.3 {D1371}", "", ""),
    (report("guidance", "phong kiem tra giam sat sai", **IHANOI), "lanh_dao_trung_tam", f"Điều 7.1.3 {D1371}", "", ""),
    # 1371, Điều 7.1.3 (R53): guidance, reception, settlement, forwarding, return
    (report("guidance", "Hai nơi hướng dẫn hai bộ giấy tờ"), KTGS, f"Điều 7.1.3 {D1371}", "", ""),
    (report("guidance", "Trả kết quả chậm", field="dat_dai"), KTGS, f"Điều 7.1.3 {D1371}", "", ""),
    # CSKH, Điều 1.2, 2.6 and 1371, Điều 7.2.10 (R54): on iHanoi the rooms handle, the department supervises
    (report("guidance", "Hướng dẫn chưa rõ", **IHANOI), PEOPLE, CSKH_32, KTGS, f"Điều 7.2.10 {D1371}"),
    (report("guidance", "Chờ lâu", **ORGANISATION, **IHANOI), FIRMS, CSKH_32, KTGS, f"Điều 7.2.10 {D1371}"),
    (report("guidance", "Trả sổ đỏ chậm", field="dat_dai", **IHANOI), LAND, CSKH_32, KTGS, f"Điều 7.2.10 {D1371}"),
    (report("quality", "Máy lấy số hỏng", **IHANOI), QUALITY, CSKH_32, KTGS, f"Điều 7.2.10 {D1371}"),
    (suggestion("Bỏ mẫu đơn cũ", **IHANOI), KSTTHC, f"Điều 6.2.16 {D1371}", KTGS, f"Điều 7.2.10 {D1371}"),
    # 1371, Điều 7.1.3 (R53): from the National Portal
    (report("guidance", "Hồ sơ trực tuyến bị trả", **PORTAL), KTGS, f"Điều 7.1.3 {D1371}", "", ""),
    (report("scene", "Rác ùn ứ", field="moi_truong", **PORTAL), KTGS, f"Điều 7.1.3 {D1371}", "", ""),
    (
        report("regulation", "Quy trình dịch vụ công thiếu bước", **PORTAL),
        *(KSTTHC, f"Điều 6.2.16 {D1371}"),
        *(KTGS, f"Điều 7.1.3, 7.2.4 {D1371}"),
    ),
    (
        report("guidance", "Sở Nội vụ chưa trả kết quả", **PORTAL),
        *("so_noi_vu", PILOT),
        *(KTGS, f"Điều 7.1.3, 7.2.4 {D1371}"),
    ),
    # 29, S1 (R55): a branch that is named, by today's name or the one of the pilot
    (Matters("Chi nhánh số 3 mở cửa mấy giờ"), "chi_nhanh_so_3", PLAN_29, "", ""),
    (Matters("chi nhanh 12 o dau"), "chi_nhanh_so_12", PLAN_29, "", ""),
    (Matters("Chi nhánh Tây Hồ có làm thứ Bảy không"), "chi_nhanh_so_1", PLAN_29, "", ""),
    (
        report("guidance", "Chi nhánh Cầu Giấy làm mất giấy tờ của tôi"),
        *("chi_nhanh_so_2", PLAN_29),
        *(KTGS, f"Điều 7.2.4 {D1371}"),
    ),
    # but a branch of another office is that office's
    (
        report("guidance", "Văn phòng Đăng ký đất đai chi nhánh Cầu Giấy trả chậm", field="dat_dai"),
        *("van_phong_dang_ky_dat_dai", PILOT),
        *(KTGS, f"Điều 7.2.4 {D1371}"),
    ),
    # 5390, S4 (R56): the agency that is named decides; by a name of before 1/3/2025 its successor does
    (report("guidance", "Sở Tư pháp trả sai tên"), "so_tu_phap", PILOT, KTGS, f"Điều 7.2.4 {D1371}"),
    (
        report("guidance", "sở TN&MT giữ hồ sơ ba tháng", field="dat_dai"),
        *("so_nong_nghiep_moi_truong", PILOT),
        *(KTGS, f"Điều 7.2.4 {D1371}"),
    ),
    (report("scene", "Sở GTVT chưa sửa biển báo"), "so_xay_dung", PILOT, "", ""),
    (report("scene", "so ke hoach va dau tu bo hoang tru so"), "so_tai_chinh", PILOT, "", ""),
    (report("waste", "Sở LĐTBXH để xe công mốc meo"), "so_noi_vu", PILOT, "", ""),
    (report("scene", "UBND phường Ba Đình để vỉa hè ngập rác"), "xa_00004", PILOT, "", ""),
    (report("scene", "uy ban phuong Ba Dinh khong don rac"), "xa_00004", PILOT, "", ""),
    # what was divided among many, or ended with its level, leads to nobody by its name: the field decides
    (
        report("scene", "UBND quận Cầu Giấy hứa sửa cống", field="xay_dung"),
        "so_xay_dung",
        f"{PILOT}; Quyết định 1207/QĐ-UBND",
        "",
        "",
    ),
    # 1207, 5390: by field, not by where it is
    (report("scene", "Nắp cống vỡ", field="xay_dung"), "so_xay_dung", f"{PILOT}; Quyết định 1207/QĐ-UBND", "", ""),
    (report("scene", "Đèn đường hỏng"), PEOPLE, CSKH_32, "", ""),
    (
        report("alert", "Có người mạo danh cán bộ", field="cu_tru"),
        "cong_an_thanh_pho",
        f"{PILOT}; Quyết định 1207/QĐ-UBND",
        "",
        "",
    ),
    # CSKH, Điều 3.2; 1371, Điều 8.2.15
    (report("quality", "Ghế chờ quá ít"), QUALITY, CSKH_32, "", ""),
    (report("media", "Trang ghi sai địa chỉ"), NETWORK, f"Điều 8.2.15 {D1371}", "", ""),
    # CSKH, Điều 2.8: services go on at once
    (service("at_home", "Gửi kết quả về nhà"), "buu_dien_thanh_pho", CSKH_28, "", ""),
    (service("measuring", "Đo thửa đất", field="dat_dai"), "van_phong_dang_ky_dat_dai", CSKH_28, "", ""),
    (service("vulnerable", "Mẹ tôi 90 tuổi, tố cáo thì không", **ORGANISATION), PEOPLE, CSKH_28, "", ""),
    # 1371, Điều 7.2.11 (R82): what may be a petition is classified by a person
    (report("guidance", "Tôi tố cáo ông A nhận tiền", **IHANOI), KTGS, f"Điều 7.2.11 {D1371}", "", ""),
    (Matters("toi khieu nai quyet dinh thu hoi dat", field="dat_dai"), KTGS, f"Điều 7.2.11 {D1371}", "", ""),
    # 1371, Điều 7.1.3, 7.2.11 (R81): of another province
    (report("guidance", "Sở Tư pháp tỉnh Nghệ An chậm"), KTGS, f"Điều 7.1.3, 7.2.11 {D1371}", "", ""),
    (Matters("ubnd tinh phu tho chua tra loi toi"), KTGS, f"Điều 7.1.3, 7.2.11 {D1371}", "", ""),
    (
        report("guidance", "Chi nhánh số 1 chờ Sở Tư pháp tỉnh Phú Thọ"),
        "chi_nhanh_so_1",
        PLAN_29,
        KTGS,
        f"Điều 7.2.4 {D1371}",
    ),
]


@pytest.mark.parametrize(
    ("matter", "owner", "article", "supervisor", "over"), TABLE, ids=lambda one: getattr(one, "text", None)
)
def test_a_matter_goes_where_the_decisions_say(
    matter: Matters, owner: str, article: str, supervisor: str, over: str
) -> None:
    found = CENTRE.route(matter)
    assert found.rule is not None
    assert (found.owner, found.rule.article) == (owner, article)
    above = found.supervised_by.article if found.supervised_by else ""
    assert (found.supervisor, above) == (supervisor, over)


def test_every_rule_decides_something_of_this_table() -> None:
    said = {rule.id for matter, *_ in TABLE for rule in [CENTRE.route(matter).rule] if rule}
    assert said == {rule.id for rule in CENTRE.routing.owners}


def test_an_unsupervised_matter_is_nobodys_twice() -> None:
    """Phòng Kiểm tra - Giám sát never supervises what it owns (R54)."""
    found = [CENTRE.route(matter) for matter, *_ in TABLE]
    assert all(one.supervisor != one.owner for one in found)
    assert {one.supervisor for one in found} == {"", KTGS}
