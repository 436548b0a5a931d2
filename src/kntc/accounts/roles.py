"""Roles and their rights. One table, in plain sight; a post has one role."""

from django.db.models import TextChoices

from kntc.audit.rights import Right


class Role(TextChoices):
    OFFICER = "officer", "Công chức tiếp công dân, xử lý đơn"
    LEADER = "leader", "Lãnh đạo"
    BUSINESS_OWNER = "business_owner", "Phụ trách nghiệp vụ"
    UNIT_ADMIN = "unit_admin", "Quản trị đơn vị"
    NATIONAL_ANALYST = "national_analyst", "Chuyên viên tổng hợp toàn quốc"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OFFICER: frozenset(
        {
            Right.READ,
            Right.READ_CONTENT,
            Right.REGISTER,
            Right.HANDLE,
            Right.CORRECT,
            Right.VOID,
            Right.RESTORE,
            Right.IMPORT,
            Right.EXPORT,
            Right.REPORT,
            Right.PROPOSE_BODY,
            Right.OPEN_VAULT,
        }
    ),
    Role.LEADER: frozenset(
        {
            Right.READ,
            Right.READ_CONTENT,
            Right.HANDLE,
            Right.ASSIGN,
            Right.CORRECT,
            Right.VOID,
            Right.RESTORE,
            Right.EXPORT,
            Right.REPORT,
            Right.OPEN_VAULT,
            Right.READ_AUDIT,
        }
    ),
    # Keeps the unit's register in order: mends and voids wrong entries (R31), hands out work, configures how it works.
    Role.BUSINESS_OWNER: frozenset(
        {
            Right.READ,
            Right.READ_CONTENT,
            Right.ASSIGN,
            Right.CORRECT,
            Right.VOID,
            Right.RESTORE,
            Right.IMPORT,
            Right.EXPORT,
            Right.REPORT,
            Right.PROPOSE_BODY,
            Right.READ_AUDIT,
        }
    ),
    # An administrator keeps accounts and catalogues and never opens a file (R57): that is the business owner's.
    Role.UNIT_ADMIN: frozenset({Right.PROPOSE_BODY, Right.MANAGE_ACCOUNTS, Right.READ_AUDIT}),
    Role.NATIONAL_ANALYST: frozenset({Right.READ, Right.READ_CONTENT, Right.EXPORT, Right.REPORT}),
}

# What groups may add to each role. An administrator of accounts gains nothing that opens a file (R57); who sees the
# whole country gains nothing that acts in it.
_IN_AN_AGENCY = RIGHTS[Role.OFFICER] | RIGHTS[Role.LEADER] | RIGHTS[Role.BUSINESS_OWNER]
ON_TOP: dict[Role, frozenset[Right]] = {
    Role.OFFICER: _IN_AN_AGENCY,
    Role.LEADER: _IN_AN_AGENCY,
    Role.BUSINESS_OWNER: _IN_AN_AGENCY,
    Role.UNIT_ADMIN: frozenset({Right.PROPOSE_BODY, Right.READ_AUDIT}),
    Role.NATIONAL_ANALYST: frozenset({Right.READ_AUDIT, Right.PROPOSE_BODY}),
}
