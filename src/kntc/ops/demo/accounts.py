"""Sign-ins of the demonstration, one and more a role. They exist only where `kntc demo` made them."""

from dataclasses import dataclass

from kntc.accounts.actions import create_account
from kntc.accounts.models import Account
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.actors import SystemActor
from kntc.ops.demo.past import Past
from kntc.ops.progress import Report

PASSWORD = "trinh-dien-2026"  # noqa: S105 (printed for everybody who tries the system)


@dataclass(frozen=True)
class SignIn:
    login: str
    full_name: str
    role: Role
    agency: str
    title: str
    place: str


SIGN_INS = (
    SignIn("canbo", "Trần Thị Minh Hạnh", Role.OFFICER, "GLA", "Công chức tiếp công dân", "UBND tỉnh Gia Lai"),
    SignIn("lanhdao", "Nguyễn Hữu Thành", Role.LEADER, "GLA", "Chánh Văn phòng", "UBND tỉnh Gia Lai"),
    SignIn("quantri", "Lê Quốc Bảo", Role.UNIT_ADMIN, "GLA", "Quản trị đơn vị", "UBND tỉnh Gia Lai"),
    SignIn("trunguong", "Phạm Thu Hương", Role.NATIONAL_ANALYST, "TTCP", "Chuyên viên tổng hợp", "Thanh tra Chính phủ"),
    SignIn("so", "Võ Thị Kim Loan", Role.OFFICER, "GLA-SNNMT", "Thanh tra viên", "Sở Nông nghiệp và Môi trường"),
    SignIn("phuong", "Rơ Châm H’Lan", Role.OFFICER, "GLA-23575", "Công chức Văn phòng", "UBND phường Pleiku"),
)  # fmt: skip


def create(report: Report) -> None:
    """One account each; one whose login exists stays as it is."""
    agencies = Agency.objects.in_bulk([person.agency for person in SIGN_INS], field_name="code")
    known = set(Account.objects.values_list("login", flat=True))
    missing = [person for person in SIGN_INS if person.login not in known]
    for index, person in enumerate(missing):
        with Past().on_the_first_day():
            _create(person, agencies[person.agency])
        report(index + 1, len(missing))


def _create(person: SignIn, agency: Agency) -> None:
    create_account(
        login=person.login,
        full_name=person.full_name,
        password=PASSWORD,
        agency=agency,
        title=person.title,
        role=person.role,
        by=SystemActor(),
    )
