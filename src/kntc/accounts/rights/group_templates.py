"""Ready groups: the teams that agencies have, with the rights that their work needs beyond a member's role."""

from dataclasses import dataclass

from kntc.audit.rights import Right


@dataclass(frozen=True)
class GroupTemplate:
    """`key` stays in the group that is made from it; name and rights may be changed there."""

    key: str
    name: str
    sentence: str
    rights: frozenset[Right]


_READS = frozenset({Right.READ, Right.READ_CONTENT})

TEMPLATES = (
    GroupTemplate(
        "reception",
        "Tổ tiếp công dân",
        "Tiếp công dân, ghi lượt tiếp, nhận đơn tại nơi tiếp.",
        _READS | {Right.REGISTER, Right.CORRECT, Right.PROPOSE_BODY},
    ),
    GroupTemplate(
        "handling",
        "Tổ xử lý đơn",
        "Vào sổ, phân loại, xử lý đơn; sửa và hủy đơn nhập sai.",
        _READS | {Right.REGISTER, Right.HANDLE, Right.CORRECT, Right.VOID, Right.RESTORE, Right.PROPOSE_BODY},
    ),
    GroupTemplate(
        "complaints",
        "Tổ giải quyết khiếu nại",
        "Thụ lý, xác minh, tham mưu quyết định giải quyết khiếu nại.",
        _READS | {Right.HANDLE, Right.CORRECT, Right.EXPORT},
    ),
    GroupTemplate(
        "denunciations",
        "Tổ giải quyết tố cáo",
        "Thụ lý, xác minh tố cáo; được mở thông tin người tố cáo, mỗi lần mở có lý do và được ghi lại.",
        _READS | {Right.HANDLE, Right.CORRECT, Right.EXPORT, Right.OPEN_VAULT},
    ),
    GroupTemplate(
        "clerks",
        "Văn thư",
        "Nhận đơn qua bưu chính, vào sổ, nhập sổ theo dõi cũ.",
        _READS | {Right.REGISTER, Right.IMPORT, Right.PROPOSE_BODY},
    ),
    GroupTemplate(
        "reports",
        "Tổ tổng hợp báo cáo",
        "Lập báo cáo, biểu thống kê; kết xuất danh sách.",
        _READS | {Right.REPORT, Right.EXPORT},
    ),
    GroupTemplate(
        "assigning",
        "Tổ điều phối",
        "Giao việc cho người khác trong cơ quan, theo dõi nhật ký thao tác.",
        _READS | {Right.ASSIGN, Right.READ_AUDIT},
    ),
)
BY_KEY = {template.key: template for template in TEMPLATES}
