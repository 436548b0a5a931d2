"""Closed lists that statutory tables count by. Their Vietnamese names are what people see."""

from django.db.models import TextChoices


class Kind(TextChoices):
    COMPLAINT = "complaint", "Khiếu nại"
    DENUNCIATION = "denunciation", "Tố cáo"
    REFLECTION = "reflection", "Kiến nghị, phản ánh"


class ReflectionKind(TextChoices):
    """R20: kiến nghị and phản ánh separate and combined; empty where the register says only both."""

    PROPOSAL = "proposal", "Kiến nghị"
    FEEDBACK = "feedback", "Phản ánh"


class Source(TextChoices):
    """TT 05/2021 Đ5; domain §3.1."""

    COUNTER = "counter", "Nộp trực tiếp, qua tiếp công dân"
    POST = "post", "Dịch vụ bưu chính"
    SUGGESTION_BOX = "suggestion_box", "Hòm thư góp ý"
    LEADERS = "leaders", "Lãnh đạo Đảng, Nhà nước chuyển đến"
    ASSEMBLY = "assembly", "Quốc hội, HĐND, đại biểu chuyển đến"
    FRONT_PRESS = "front_press", "MTTQ, báo chí chuyển đến"
    OTHER_AGENCY = "other_agency", "Cơ quan khác chuyển đến"
    ONLINE = "online", "Trực tuyến, thư điện tử"


class Handling(TextChoices):
    """What became of a petition when it was examined (TT 05/2021; domain §3.4)."""

    ACCEPT = "accept", "Thụ lý"
    DECLINE = "decline", "Không thụ lý"
    GUIDE = "guide", "Hướng dẫn"
    RETURN = "return", "Trả lại đơn và hướng dẫn"
    TRANSFER = "transfer", "Chuyển đơn"
    URGE = "urge", "Đôn đốc giải quyết"
    FILE = "file", "Lưu đơn"


class State(TextChoices):
    RECEIVED = "received", "Mới tiếp nhận"
    HANDLED = "handled", "Đã xử lý"
    SETTLING = "settling", "Đang giải quyết"
    SETTLED = "settled", "Đã giải quyết"


# Somebody has still something to do.
OPEN_STATES = (State.RECEIVED, State.SETTLING)


class PartyRole(TextChoices):
    PETITIONER = "petitioner", "Người viết đơn"
    REPRESENTATIVE = "representative", "Người đại diện, được ủy quyền"
    RESPONDENT = "respondent", "Người bị khiếu nại, tố cáo"
