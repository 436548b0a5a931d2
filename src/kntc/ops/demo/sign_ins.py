"""Sign-ins of the demonstration, one and more a role. They exist only where `kntc demo` made them."""

from dataclasses import dataclass

PASSWORD = "trinh-dien-2026"  # noqa: S105 (printed for everybody who tries the system)


@dataclass(frozen=True)
class SignIn:
    """`role` is a code of accounts.roles: this list is read before Django is."""

    login: str
    full_name: str
    role: str
    agency: str
    title: str
    place: str


SIGN_INS = (
    SignIn("canbo", "Trần Thị Minh Hạnh", "officer", "GLA", "Công chức tiếp công dân", "UBND tỉnh Gia Lai"),
    SignIn("lanhdao", "Nguyễn Hữu Thành", "leader", "GLA", "Chánh Văn phòng", "UBND tỉnh Gia Lai"),
    SignIn("nghiepvu", "Đặng Thanh Tùng", "business_owner", "GLA", "Phó Trưởng Ban Tiếp công dân", "UBND tỉnh Gia Lai"),
    SignIn("quantri", "Lê Quốc Bảo", "unit_admin", "GLA", "Quản trị đơn vị", "UBND tỉnh Gia Lai"),
    SignIn("quantritw", "Đỗ Minh Quân", "unit_admin", "TTCP", "Quản trị trung ương", "Thanh tra Chính phủ"),
    SignIn("trunguong", "Phạm Thu Hương", "national_analyst", "TTCP", "Chuyên viên tổng hợp", "Thanh tra Chính phủ"),
    SignIn("so", "Võ Thị Kim Loan", "officer", "GLA-SNNMT", "Thanh tra viên", "Sở Nông nghiệp và Môi trường"),
    SignIn("phuong", "Rơ Châm H’Lan", "officer", "GLA-23575", "Công chức Văn phòng", "UBND phường Pleiku"),
)  # fmt: skip
ROLES = {
    "officer": "Cán bộ",
    "leader": "Lãnh đạo",
    "business_owner": "Phụ trách nghiệp vụ",
    "unit_admin": "Quản trị đơn vị",
    "national_analyst": "Tổng hợp toàn quốc",
}


def told() -> str:
    """What the terminal says about them."""
    login, role = max(len(p.login) for p in SIGN_INS), max(map(len, ROLES.values()))
    lines = [f"  {p.login:<{login}}  {ROLES[p.role]:<{role}}  {p.title}, {p.place}" for p in SIGN_INS]
    return "\n".join([f"Tài khoản trình diễn, mật khẩu chung: {PASSWORD}", *lines])
