"""Job titles as agencies have them, each with the role that goes with it (R15)."""

from dataclasses import dataclass

from kntc.accounts.roles import Role
from kntc.agencies.models import Agency, BodyKind, Level
from kntc.vietnamese import fold


@dataclass(frozen=True)
class JobTitle:
    """`levels`, `kinds`: agencies in which the title occurs; empty for all."""

    key: str
    title: str
    role: Role
    levels: tuple[Level, ...] = ()
    kinds: tuple[BodyKind, ...] = ()

    def occurs_in(self, agency: Agency) -> bool:
        return (not self.levels or agency.level in self.levels) and (
            not self.kinds or agency.kind in self.kinds
        )


_COMMITTEE, _INSPECTORATE = (BodyKind.COMMITTEE,), (BodyKind.INSPECTORATE,)
_COMMUNE = (Level.COMMUNE,)
_ABOVE = (Level.CENTRAL, Level.MINISTRY, Level.PROVINCE, Level.DEPARTMENT)

JOB_TITLES = (
    JobTitle("tiep-dan", "Công chức tiếp công dân, xử lý đơn", Role.OFFICER),
    JobTitle("chu-tich", "Chủ tịch Ủy ban nhân dân", Role.LEADER, kinds=_COMMITTEE),
    JobTitle("pho-chu-tich", "Phó Chủ tịch Ủy ban nhân dân", Role.LEADER, kinds=_COMMITTEE),
    JobTitle("chanh-van-phong", "Chánh Văn phòng", Role.BUSINESS_OWNER),
    JobTitle("tu-phap", "Công chức tư pháp - hộ tịch", Role.OFFICER, _COMMUNE),
    JobTitle("dia-chinh", "Công chức địa chính - xây dựng", Role.OFFICER, _COMMUNE),
    JobTitle("van-phong", "Công chức văn phòng - thống kê", Role.OFFICER, _COMMUNE),
    JobTitle("truong-ban-tcd", "Trưởng Ban Tiếp công dân", Role.BUSINESS_OWNER, _ABOVE),
    JobTitle("chanh-thanh-tra", "Chánh Thanh tra", Role.LEADER, kinds=_INSPECTORATE),
    JobTitle("pho-chanh-thanh-tra", "Phó Chánh Thanh tra", Role.LEADER, kinds=_INSPECTORATE),
    JobTitle("thanh-tra-vien", "Thanh tra viên", Role.OFFICER, kinds=_INSPECTORATE),
    JobTitle("giam-doc", "Giám đốc", Role.LEADER, (Level.DEPARTMENT,)),
    JobTitle("pho-giam-doc", "Phó Giám đốc", Role.LEADER, (Level.DEPARTMENT,)),
    JobTitle("truong-phong", "Trưởng phòng", Role.BUSINESS_OWNER, _ABOVE),
    JobTitle("chuyen-vien", "Chuyên viên", Role.OFFICER, _ABOVE),
    JobTitle("quan-tri", "Quản trị hệ thống của đơn vị", Role.UNIT_ADMIN),
)
BY_KEY = {job.key: job for job in JOB_TITLES}
_BY_TITLE = {fold(job.title): job for job in JOB_TITLES}


def titles_of(agency: Agency) -> list[JobTitle]:
    """The titles that occur in an agency of this kind."""
    return [job for job in JOB_TITLES if job.occurs_in(agency)]


def role_of_title(title: str) -> Role | None:
    """The role that goes with a title, where the list knows it."""
    found = _BY_TITLE.get(fold(title))
    return found.role if found else None
