"""What the timeline calls events, their texts and their facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EVENTS: Final[Mapping[str, str]] = {
    "Received": "Tiếp nhận",
    "DetailsRequested": "Đề nghị người gửi bổ sung",
    "DetailsSupplied": "Người gửi bổ sung thông tin",
    "SenderWrote": "Người gửi viết thêm",
    "Refused": "Không tiếp nhận",
    "Classified": "Phân loại lại",
    "ForwardedToOfficer": "Chuyển đơn vị thụ lý",
    "ForwardedToAgency": "Chuyển cơ quan giải quyết",
    "SentToPost": "Chuyển đơn vị thực hiện dịch vụ",
    "ReferredToLeadership": "Trình lãnh đạo Trung tâm",
    "OpinionGiven": "Lãnh đạo cho ý kiến",
    "ReturnedToOperator": "Trả lại Tổng đài",
    "DeclinedByAgency": "Cơ quan báo không thuộc thẩm quyền",
    "ForwardingTakenBack": "Thu hồi việc chuyển hồ sơ",
    "Urged": "Đơn vị giám sát đôn đốc",
    "AcceptedByAgency": "Cơ quan nhận việc",
    "Appointed": "Hẹn thời gian trả lời",
    "Reappointed": "Hẹn lại",
    "ResultSubmitted": "Cơ quan trả kết quả xử lý",
    "Answered": "Trả lời người gửi",
    "Rated": "Người gửi đánh giá câu trả lời",
    "Reopened": "Người gửi đề nghị xem xét lại",
    "ActionOpened": "Mở việc theo dõi",
    "ActionClosed": "Hoàn thành việc theo dõi",
    "ActionOverdue": "Việc theo dõi quá hạn",
    "MarkedLate": "Ghi nhận trễ hạn",
    "Escalated": "Đôn đốc",
    "DeadlineMoved": "Thời hạn thay đổi theo lịch làm việc",
    "LateCorrected": "Đính chính trễ hạn",
    "InputAsked": "Lấy ý kiến đơn vị khác",
    "InputGiven": "Đơn vị được hỏi cho ý kiến",
    "InputDeclined": "Đơn vị được hỏi không có ý kiến",
    "InputWithdrawn": "Thôi lấy ý kiến",
    "Judged": "Kết luận về phản ánh hành vi",
    "LedToChange": "Dẫn đến sửa đổi quy định, thủ tục",
    "RewardProposed": "Đề xuất khen thưởng người gửi",
    "RewardDecided": "Quyết định về khen thưởng",
    "DeliveryFailed": "Thư không đến được người gửi",
    "SenderPhoned": "Gọi điện cho người gửi",
    "PublicationProposed": "Đề nghị công khai",
    "Published": "Công khai",
    "PublicationWithdrawn": "Không công khai, hoặc gỡ nội dung công khai",
    "Closed": "Đóng hồ sơ",
    "HeldBack": "Giữ lại hồ sơ, chưa ẩn danh",
    "HoldLifted": "Thôi giữ hồ sơ",
    "Anonymised": "Ẩn danh dữ liệu cá nhân",
    "SenderCorrected": "Sửa thông tin người gửi theo yêu cầu",
    "Restricted": "Không công khai theo yêu cầu của người gửi",
}
TEXTS: Final[Mapping[str, str]] = {
    "title": "Tiêu đề",
    "content": "Nội dung",
    "question": "Câu hỏi",
    "answer": "Trả lời",
    "result": "Kết quả xử lý",
    "reason": "Lý do",
    "guidance": "Hướng dẫn",
    "note": "Ghi chú",
    "opinion": "Ý kiến",
    "outcome": "Kết quả thực hiện",
    "number": "Số đã gọi",
    "comment": "Ý kiến của người gửi",
    "change": "Điều đã thay đổi",
    "reward": "Hình thức khen thưởng",
}
PEOPLE: Final[Mapping[str, str]] = {
    "responsible_officer": "Cán bộ chịu trách nhiệm",
    "approving_leader": "Lãnh đạo phê duyệt",
    "leader": "Lãnh đạo",
}
UNITS: Final[Mapping[str, str]] = {"unit": "Đơn vị", "suggested": "Cơ quan được đề xuất"}
MOMENTS: Final[Mapping[str, str]] = {
    "at": "Hẹn trả lời",
    "due_at": "Hạn",
    "new_due": "Hạn mới",
    "old_due": "Hạn cũ",
    "since": "Từ",
}
REDACTED: Final[Mapping[str, str]] = {
    "phone": "số điện thoại",
    "email": "thư điện tử",
    "national_id": "số định danh",
    "tax_code": "mã số thuế",
    "plate": "biển số xe",
    "name": "họ tên",
    "address": "địa chỉ",
}
WHY_REDACTED: Final[Mapping[str, str]] = {
    "phone": "có thể gọi cho người dùng số này",
    "email": "có thể viết cho người dùng địa chỉ này",
    "national_id": "số căn cước, CMND hoặc hộ chiếu là của riêng một người",
    "tax_code": "mã số thuế có thể là của một cá nhân",
    "plate": "biển số cho biết chủ xe",
    "name": "tên của người gửi",
    "address": "nơi ở của người gửi hoặc của người khác",
}
SEEN: Final[Mapping[str, str]] = {
    "contact": "người gửi",
    "content": "nội dung",
    "file": "tệp",
    "copy": "bản sao dữ liệu",
}
RIGHTS: Final[Mapping[str, str]] = {
    "copy": "Cấp bản sao dữ liệu",
    "correction": "Sửa thông tin liên hệ",
    "erasure": "Xóa dữ liệu",
    "restriction": "Không công khai",
}
DOORS: Final[Mapping[str, str]] = {
    "page": "trang hồ sơ",
    "api": "giao diện lập trình",
    "file": "tải tệp",
    "routing": "trang phân luồng",
    "caller": "trang tiếp nhận",
    "link": "liên kết trong thư",
    "breach": "báo cáo sự cố",
    "counter": "cấp bản sao tại quầy",
    "request": "xét yêu cầu của người gửi",
    "survey": "gọi điện khảo sát",
}
REWARDS: Final[Mapping[str, str]] = {"true": "Khen thưởng", "false": "Không khen thưởng"}
VERDICTS: Final[Mapping[str, str]] = {"founded": "Có cơ sở", "unfounded": "Không có cơ sở"}
CALLS: Final[Mapping[str, str]] = {
    "reached": "Người gửi đã nghe máy",
    "not_reached": "Chưa gặp được người gửi",
    "given_up": "Không gặp được người gửi, thôi gọi",
}
UNITS_OF: Final[Mapping[str, str]] = {
    "centre": "Tổng đài",
    "leadership": "Lãnh đạo Trung tâm",
    "room": "Phòng, đơn vị của Trung tâm",
    "branch": "Chi nhánh",
    "department": "Sở, ban, ngành",
    "central": "Cơ quan trung ương tại địa phương",
    "commune": "Phường, xã",
    "district": "Quận, huyện, thị xã (đã kết thúc)",
    "enterprise": "Doanh nghiệp cung ứng dịch vụ",
}
EXCHANGES: Final[Mapping[str, str]] = {
    "mail": "Thư điện tử, trả lời bằng liên kết trong thư",
    "sqs": "Phần mềm của cơ quan, thông điệp có chữ ký số",
}
KEYS: Final[Mapping[str, str]] = {
    "waiting": "chưa đến ngày dùng",
    "valid": "đang có giá trị",
    "expired": "đã hết hạn",
    "revoked": "đã thu hồi",
}
CONDITIONS: Final[Mapping[str, str]] = {
    "declared_petition": "Người gửi tự xác định nội dung là đơn khiếu nại hoặc tố cáo",
    "anonymous": "Người gửi muốn giấu tên",
    "contact_missing": "Thiếu một trong các mục bắt buộc, hoặc thiếu cả các mục chỉ cần một",
    "heading": "Dòng đầu là một trong các chữ",
    "stamp": "Có dấu độ mật, là một trong các chữ",
    "phrases": "Có một trong các cụm từ",
    "fewer_words_than": "Số từ ít hơn",
    "language_doubtful": "Có vẻ không viết bằng tiếng Việt",
}
OUTCOMES: Final[Mapping[str, str]] = {
    "refuse": "Không tiếp nhận",
    "await_details": "Chờ người gửi bổ sung",
    "flag": "Đánh dấu để điện thoại viên xem xét",
}
RECIPIENTS: Final[Mapping[str, str]] = {
    "holder": "người đang giữ hồ sơ",
    "holder_leader": "lãnh đạo của đơn vị giữ hồ sơ",
    "centre_leadership": "lãnh đạo Trung tâm",
    "supervisor": "đơn vị giám sát",
}
LETTERS: Final[Mapping[str, str]] = {"reminder": "Đôn đốc", "overdue": "Báo trễ hạn"}
ASKED: Final[Mapping[str, str]] = {
    "name": "họ và tên",
    "address": "địa chỉ",
    "phone": "điện thoại",
    "email": "thư điện tử",
    "phone_or_email": "điện thoại hoặc thư điện tử",
    "content": "nội dung",
}
ACTIONS: Final[Mapping[str, str]] = {  # those whose texts may begin with a template
    "answer": "trả lời người gửi",
    "submit_result": "trả kết quả xử lý",
    "request_details": "đề nghị người gửi bổ sung",
    "reappoint": "hẹn lại",
    "decline": "báo không thuộc thẩm quyền",
    "refer": "trình lãnh đạo Trung tâm",
    "refuse": "không tiếp nhận",
}
MAILS: Final[Mapping[str, str]] = {  # why a mail waits for somebody
    "unknown_address": "Địa chỉ nhận không dẫn đến hồ sơ nào",
    "case_not_found": "Địa chỉ nhận nêu một hồ sơ không có",
    "no_words": "Chỉ có phần trích lại, hoặc chỉ có tệp",
    "unreadable": "Không đọc được thư",
    "too_many": "Quá nhiều thư vào một hồ sơ trong ngày",
    "files": "Lời trong thư đã vào hồ sơ, tệp kèm theo thì chưa",
    "spam": "Dịch vụ thư cho là thư rác",
    "virus": "Dịch vụ thư cho là có mã độc",
    "forged": "Người gửi không xác thực được, có thể là giả mạo",
}
MAIL_STEPS: Final[Mapping[str, str]] = {
    "open": "Đang chờ",
    "read": "Đã mở đọc",
    "attached": "Đã đưa vào hồ sơ",
    "dismissed": "Đã bỏ qua",
}
LETTER_STEPS: Final[Mapping[str, str]] = {  # what was decided of a dead letter
    "redriving": "Yêu cầu gửi lại",
    "redriven": "Đã gửi lại",
    "closed": "Đóng, không gửi lại",
}
DEATHS: Final[Mapping[str, str]] = {  # why a message died, where no worker said it by a code of its own
    "no_answer": "chương trình không kịp trả lời hoặc không ghi được lỗi",
    "not_taken": "phần mềm của cơ quan nhận năm lần mà không xác nhận",
    "unreadable_record": "bản ghi sự kiện không đọc được",
    "stream_given_up": "dòng sự kiện bị bỏ qua; sự kiện được chuyển lại tự động, có thể đóng",
}
DEEDS: Final[Mapping[str, str]] = {  # what became of an account
    "made": "Lập",
    "adopted": "Tiếp nhận tài khoản đã có",
    "closed": "Đóng",
    "reopened": "Mở lại",
    "password_reset": "Gửi lại mật khẩu lần đầu",
    "manager_named": "Giao quản lý tài khoản của đơn vị",
    "manager_recalled": "Thôi giao quản lý tài khoản của đơn vị",
}
