"""What the pages of petitions call states, steps and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STATES: Final[Mapping[str, str]] = {
    "received": "Đã nhận, chờ phân loại",
    "classified": "Đã phân loại, đang xem xét thụ lý",
    "accepted": "Đã thụ lý, đang giải quyết",
    "settled": "Đã có quyết định, kết luận",
    "closed": "Đã kết thúc",
}
OUTCOMES: Final[Mapping[str, str]] = {
    "executed": "Đã thi hành xong",
    "refused": "Không thụ lý",
    "transferred": "Đã chuyển nơi có thẩm quyền",
    "guided": "Đã hướng dẫn",
    "moved": "Đã chuyển thành phản ánh, kiến nghị",
    "withdrawn": "Người gửi rút đơn",
}
DUE: Final[Mapping[str, str]] = {
    "accept": "Thụ lý, hoặc báo không thụ lý, chuyển, hướng dẫn",
    "settle": "Giải quyết",
    "follow": "Theo dõi thi hành (mốc của phòng)",
}
STANDINGS: Final[Mapping[str, str]] = {"late": "Quá hạn", "soon": "Sắp đến hạn", "in_time": "Còn hạn"}
EVENTS: Final[Mapping[str, str]] = {
    "Received": "Nhận đơn",
    "Supplemented": "Người gửi nói thêm",
    "Classified": "Phân loại",
    "Accepted": "Thụ lý",
    "Ended": "Kết thúc",
    "Extended": "Gia hạn",
    "Settled": "Quyết định, kết luận",
    "Followed": "Đôn đốc, kiểm tra",
    "Executed": "Thi hành xong",
    "Withdrawn": "Rút đơn",
    "Opened": "Mở xem",
    "HeldBack": "Giữ lại quá thời hạn lưu giữ",
    "HoldLifted": "Thôi giữ lại",
    "Erased": "Hết thời hạn lưu giữ: nội dung và người gửi đã được xóa",
}
PARTS: Final[Mapping[str, str]] = {"content": "Nội dung", "identity": "Người gửi"}
TEXTS: Final[Mapping[str, str]] = {
    "content": "Nội dung",
    "note": "Ghi chú",
    "body": "Cơ quan, người có thẩm quyền",
    "reason": "Lý do",
    "case": "Mã hồ sơ",
}
FOLLOWED: Final[Mapping[str, str]] = {"urged": "Đã đôn đốc", "checked": "Đã kiểm tra"}
FIELDS: Final[Mapping[str, str]] = {
    **TEXTS,
    "kind": "Loại đơn",
    "on": "Ngày",
    "grade": "Mức độ phức tạp",
    "document": "Loại văn bản",
    "number": "Số văn bản",
    "how": "Việc đã làm",
    "goes_on": "Vẫn tiếp tục giải quyết",
    "channel": "Đơn đến bằng cách nào",
    "joint": "Đơn của nhiều người",
    "name": "Họ và tên",
    "address": "Địa chỉ",
    "phone": "Số điện thoại",
    "email": "Thư điện tử",
    "code": "Mã đơn",
    "pin": "Mã PIN",
}
REPORT: Final[Mapping[str, str]] = {
    "carried_over": "Kỳ trước chuyển sang",
    "received": "Nhận trong kỳ",
    "of_one": "Đơn của một người",
    "of_many": "Đơn của nhiều người",
    "qualified": "Đủ điều kiện, đã thụ lý",
    "unclassified": "Chưa phân loại",
    "ordinary": "Là phản ánh, kiến nghị",
    "settled": "Đã giải quyết",
    "being_settled": "Đang giải quyết",
    "not_yet": "Chưa giải quyết",
    "within_authority": "Thuộc thẩm quyền",
    "outside_authority": "Không thuộc thẩm quyền",
    "guided": "Đã hướng dẫn",
    "forwarded": "Đã chuyển đơn",
    "refused": "Không thụ lý",
    "withdrawn": "Rút đơn",
    "urged": "Đơn đã đôn đốc (đến nay)",
}
