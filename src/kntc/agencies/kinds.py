"""What a body's name says about its kind, and how kinds map to the classes of destination of NĐ 55/2022 Đ6.2."""

from django.db.models import TextChoices

from kntc.agencies.models import BodyKind
from kntc.agencies.writing import Words, canonical


class Destination(TextChoices):
    """Whom a petition is transferred to, as the national database counts it (NĐ 55/2022 Đ6.2)."""

    ASSEMBLIES = "assemblies", "Quốc hội, cơ quan của Quốc hội, Hội đồng nhân dân"
    STATE = "state", "Cơ quan hành chính nhà nước"
    JUSTICE = "justice", "Cơ quan tiến hành tố tụng, thi hành án"
    AUDIT = "audit", "Kiểm toán nhà nước"
    POLITICAL = "political", "Tổ chức chính trị, chính trị - xã hội"
    SOCIAL = "social", "Tổ chức xã hội, xã hội - nghề nghiệp"
    RELIGIOUS = "religious", "Tổ chức tôn giáo"
    SERVICE = "service", "Đơn vị sự nghiệp công lập, doanh nghiệp nhà nước"
    OTHER = "other", "Cơ quan, tổ chức khác"


DESTINATIONS: dict[BodyKind, Destination] = {
    BodyKind.COMMITTEE: Destination.STATE,
    BodyKind.INSPECTORATE: Destination.STATE,
    BodyKind.RECEPTION: Destination.STATE,
    BodyKind.OFFICE: Destination.STATE,
    BodyKind.DEPARTMENT: Destination.STATE,
    BodyKind.DIVISION: Destination.STATE,
    BodyKind.MINISTRY: Destination.STATE,
    BodyKind.ASSEMBLY: Destination.ASSEMBLIES,
    BodyKind.COUNCIL: Destination.ASSEMBLIES,
    BodyKind.COURT: Destination.JUSTICE,
    BodyKind.PROCURACY: Destination.JUSTICE,
    BodyKind.ENFORCEMENT: Destination.JUSTICE,
    BodyKind.POLICE: Destination.JUSTICE,
    BodyKind.ARMY: Destination.STATE,
    BodyKind.AUDIT: Destination.AUDIT,
    BodyKind.TAX: Destination.STATE,
    BodyKind.TREASURY: Destination.STATE,
    BodyKind.INSURANCE: Destination.STATE,
    BodyKind.PARTY: Destination.POLITICAL,
    BodyKind.FRONT: Destination.POLITICAL,
    BodyKind.UNION: Destination.POLITICAL,
    BodyKind.ASSOCIATION: Destination.SOCIAL,
    BodyKind.HEALTH: Destination.SERVICE,
    BodyKind.SCHOOL: Destination.SERVICE,
    BodyKind.SERVICE: Destination.SERVICE,
    BodyKind.BOARD: Destination.SERVICE,
    BodyKind.ENTERPRISE: Destination.SERVICE,
    BodyKind.PRESS: Destination.OTHER,
    BodyKind.RELIGION: Destination.RELIGIOUS,
    BodyKind.OTHER: Destination.OTHER,
}

# What a name begins with, marks and abbreviations out of the way. The longest that fits decides.
_BEGINNINGS: dict[str, BodyKind] = {
    "truong": BodyKind.SCHOOL,
    "nha tre": BodyKind.SCHOOL,
    "nhom tre": BodyKind.SCHOOL,
    "dai hoc": BodyKind.SCHOOL,
    "hoc vien": BodyKind.SCHOOL,
    "trung tam giao duc": BodyKind.SCHOOL,
    "benh vien": BodyKind.HEALTH,
    "tram y te": BodyKind.HEALTH,
    "trung tam y te": BodyKind.HEALTH,
    "phong kham": BodyKind.HEALTH,
    "nha ho sinh": BodyKind.HEALTH,
    "cong ty": BodyKind.ENTERPRISE,
    "tong cong ty": BodyKind.ENTERPRISE,
    "tap doan": BodyKind.ENTERPRISE,
    "doanh nghiep": BodyKind.ENTERPRISE,
    "hop tac xa": BodyKind.ENTERPRISE,
    "ngan hang": BodyKind.ENTERPRISE,
    "toa an": BodyKind.COURT,
    "vien kiem sat": BodyKind.PROCURACY,
    "thi hanh an": BodyKind.ENFORCEMENT,
    "cuc thi hanh an": BodyKind.ENFORCEMENT,
    "chi cuc thi hanh an": BodyKind.ENFORCEMENT,
    "cong an": BodyKind.POLICE,
    "bo chi huy": BodyKind.ARMY,
    "ban chi huy quan su": BodyKind.ARMY,
    "don bien phong": BodyKind.ARMY,
    "hai quan": BodyKind.TAX,
    "cuc thue": BodyKind.TAX,
    "chi cuc thue": BodyKind.TAX,
    "thue": BodyKind.TAX,
    "kho bac": BodyKind.TREASURY,
    "bao hiem xa hoi": BodyKind.INSURANCE,
    "tinh uy": BodyKind.PARTY,
    "thanh uy": BodyKind.PARTY,
    "huyen uy": BodyKind.PARTY,
    "dang uy": BodyKind.PARTY,
    "uy ban mat tran": BodyKind.FRONT,
    "mat tran to quoc": BodyKind.FRONT,
    "lien doan lao dong": BodyKind.UNION,
    "cong doan": BodyKind.UNION,
    "hoi lien hiep phu nu": BodyKind.UNION,
    "hoi nong dan": BodyKind.UNION,
    "hoi cuu chien binh": BodyKind.UNION,
    "doan thanh nien": BodyKind.UNION,
    "hoi": BodyKind.ASSOCIATION,
    "doan luat su": BodyKind.ASSOCIATION,
    "lien minh hop tac xa": BodyKind.ASSOCIATION,
    "ban quan ly": BodyKind.BOARD,
    "ban giai phong": BodyKind.BOARD,
    "ban boi thuong": BodyKind.BOARD,
    "ban giai phong mat bang": BodyKind.BOARD,
    "trung tam": BodyKind.SERVICE,
    "van phong dang ky": BodyKind.SERVICE,
    "van phong": BodyKind.OFFICE,
    "bao": BodyKind.PRESS,
    "tap chi": BodyKind.PRESS,
    "dai phat thanh": BodyKind.PRESS,
    "dai truyen hinh": BodyKind.PRESS,
    "giao hoi": BodyKind.RELIGION,
    "giao xu": BodyKind.RELIGION,
    "toa giam muc": BodyKind.RELIGION,
    "chua": BodyKind.RELIGION,
    "hoi thanh": BodyKind.RELIGION,
    "uy ban nhan dan": BodyKind.COMMITTEE,
    "hoi dong nhan dan": BodyKind.COUNCIL,
    "doan dai bieu quoc hoi": BodyKind.ASSEMBLY,
    "thanh tra": BodyKind.INSPECTORATE,
    "so": BodyKind.DEPARTMENT,
    "phong": BodyKind.DIVISION,
    "bo": BodyKind.MINISTRY,
    "kiem toan": BodyKind.AUDIT,
    "ban tiep cong dan": BodyKind.RECEPTION,
}
_BY_WORDS: dict[Words, BodyKind] = {tuple(begin.split()): kind for begin, kind in _BEGINNINGS.items()}
_LONGEST = max(len(words) for words in _BY_WORDS)


def likely_kind(name: str) -> str:
    """The kind that a name speaks of; empty where it tells nothing: then the clerk chooses."""
    words = canonical(name)
    for length in range(_LONGEST, 0, -1):
        if kind := _BY_WORDS.get(words[:length]):
            return kind.value
    return ""
