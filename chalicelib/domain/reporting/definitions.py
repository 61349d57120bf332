"""What every number of a report means, in the words that are printed with it; docs/reports.md shows the same words."""

from __future__ import annotations

_WRITTEN = """
Lượt
    Báo cáo đếm lượt: một hồ sơ từ khi tiếp nhận, hoặc từ khi người gửi đề nghị xem xét lại, đến khi trả lời hoặc
    không tiếp nhận. Luôn đúng: tiếp nhận (tổng số) = đã giải quyết + không tiếp nhận + đang giải quyết.
Thời điểm
    Kỳ tính từ 00:00 ngày đầu đến hết ngày cuối theo giờ Việt Nam; mọi số là như lúc hết kỳ. Lĩnh vực, loại nội
    dung và đơn vị của một lượt là như lúc hết kỳ, hoặc như lúc lượt ấy kết thúc.
Lập báo cáo lúc
    Đính chính trễ hạn, kết luận về phản ánh hành vi và đánh giá được sửa sau kỳ nhưng trước lúc lập báo cáo thì
    được tính. Sau khi đã ký, số liệu không đổi; sai sót được sửa bằng báo cáo mới nêu rõ báo cáo được thay.
Tiếp nhận trong kỳ
    Hồ sơ được tiếp nhận vào hệ thống trong kỳ, kể cả hồ sơ sau đó không được tiếp nhận xử lý.
Xem xét lại
    Lượt bắt đầu trong kỳ vì người gửi chưa hài lòng với câu trả lời và đề nghị xem xét lại.
Kỳ trước chuyển qua
    Lượt bắt đầu trước kỳ và chưa kết thúc lúc bắt đầu kỳ.
Đã giải quyết
    Lượt đã trả lời người gửi trong kỳ, tính cho đơn vị đã trả lời.
Quá hạn (đã giải quyết)
    Lúc trả lời, lượt đã có ít nhất một khâu quá thời hạn của quy chế (trễ hạn) chưa được đính chính. Mục tiêu do
    Trung tâm tự đặt không phải là thời hạn: vượt mục tiêu không phải là quá hạn.
Trước hạn
    Không quá hạn và trả lời vào ngày trước ngày đến hạn. Hạn là thời gian đã hẹn với người gửi; không có hẹn thì
    là hạn của khâu đã trả lời.
Đúng hạn
    Đã giải quyết, không quá hạn và không phải trước hạn.
Đang giải quyết
    Lượt chưa kết thúc lúc hết kỳ, tính cho đơn vị đang giữ hồ sơ.
Quá hạn (đang giải quyết)
    Có trễ hạn chưa được đính chính, hoặc lúc hết kỳ khâu đang chạy đã quá thời hạn.
Không tiếp nhận
    Lượt kết thúc trong kỳ vì không thuộc phạm vi hoặc không đủ điều kiện, kèm lý do đã thông báo.
Có hẹn lại
    Lượt đã được cơ quan hẹn lại thời gian trả lời.
Lượt trễ hạn của khâu
    Số lần một khâu quá thời hạn trong kỳ, tính cho đơn vị giữ khâu ấy; “đính chính” là số lần lãnh đạo đã xác
    nhận không trễ theo lịch làm việc đúng.
Mức độ hài lòng
    Câu trả lời được người gửi đánh giá lần đầu trong kỳ, theo mức đánh giá sau cùng.
Công khai
    Số lần một câu trả lời được duyệt công khai trong kỳ.
Khen thưởng
    Số lần trong kỳ một phản ánh, kiến nghị được ghi nhận đã dẫn đến sửa đổi, bãi bỏ quy định, thủ tục; được đề xuất
    khen thưởng; được quyết định khen thưởng. Mỗi số tính vào kỳ ghi nhận, dù hồ sơ đã trả lời từ trước kỳ.
Phản ánh về hành vi
    Lượt có nội dung về hành vi hành chính, tính cho cơ quan quản lý cán bộ đã được thông báo. Sau khi hồ sơ được
    trả lời, lãnh đạo Trung tâm kết luận có cơ sở hay không có cơ sở, cho lượt vừa trả lời và các lượt trước của hồ sơ;
    kết luận sau thay kết luận trước. Lượt xem xét lại sau đó chờ kết luận mới. Phản ánh không có cơ sở không tính khi
    đánh giá.
Việc phải làm từ phản ánh về hành vi
    Số việc (thông báo, đề nghị cử người thay thế, lấy ý kiến) được giao, làm xong và quá hạn lần đầu trong kỳ.
Tỷ lệ xử lý đúng hạn (766/QĐ-TTg)
    Phản ánh, kiến nghị đã giải quyết trước và đúng hạn ÷ phản ánh, kiến nghị thuộc thẩm quyền trong kỳ (tiếp nhận
    tổng số trừ không tiếp nhận). Kèm theo là tỷ lệ trên số đã đến hạn (đã giải quyết, hoặc đang giải quyết quá
    hạn).
Mức độ hài lòng xử lý phản ánh, kiến nghị (766/QĐ-TTg)
    (Tổng số phản ánh, kiến nghị − số bị đánh giá không hài lòng hoặc phản ánh lại) ÷ tổng số. Mỗi nội dung tính
    một lần; chỉ người không hài lòng mới phản ánh lại được nên một nội dung bị cả hai chỉ trừ một lần.
Chỉ số 7 (Thông tư 01/2018/TT-VPCP)
    Thái độ: 2 điểm khi không có phản ánh về hành vi của cơ quan; 0 điểm khi có. Phản ánh được kết luận không có cơ
    sở không tính; phản ánh chưa kết luận vẫn tính. Dữ liệu của Tổng đài không cho điểm 1.
Chỉ số 8 (Thông tư 01/2018/TT-VPCP)
    Giải trình phản ánh, kiến nghị: 2 điểm khi không có, hoặc 100 % đúng hạn và không có trường hợp kéo dài (hẹn
    lại); 1 điểm khi từ 90 % đúng hạn; 0 điểm khi dưới 90 % hoặc có trường hợp kéo dài.
Các chỉ số khác
    Thông tư 01/2018/TT-VPCP có chín chỉ số và xếp loại theo tổng điểm của cả chín. Tổng đài chỉ có dữ liệu của
    chỉ số 7 và 8, vì vậy báo cáo nêu hai chỉ số này và không xếp loại.
"""


def _read(written: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for line in written.strip().splitlines():
        if line.startswith(" "):
            next(reversed(found.values())).append(line.strip())
        else:
            found[line] = []
    return {term: " ".join(lines) for term, lines in found.items()}


DEFINITIONS = _read(_WRITTEN)
