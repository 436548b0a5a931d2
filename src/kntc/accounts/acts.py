"""The acts of administration, and which tier of administrators does them unless the nation says otherwise (R58)."""

from django.db.models import TextChoices


class Tier(TextChoices):
    """Where an administrator stands: over one agency, over a province or a ministry, over the country."""

    UNIT = "unit", "Đơn vị"
    PROVINCE = "province", "Tỉnh, bộ, ngành"
    NATION = "nation", "Trung ương"


class Act(TextChoices):
    CREATE_ACCOUNT = "create_account", "Tạo tài khoản"
    IMPORT_ACCOUNTS = "import_accounts", "Tạo nhiều tài khoản từ tệp Excel"
    RENAME_LOGIN = "rename_login", "Đổi tên đăng nhập"
    EDIT_PERSON = "edit_person", "Sửa họ tên, thư điện tử, điện thoại, chức danh"
    RESET_PASSWORD = "reset_password", "Cấp lại mật khẩu"
    LOCK_ACCOUNT = "lock_account", "Khóa, mở khóa tài khoản, đăng xuất khỏi mọi nơi"
    MOVE_POST = "move_post", "Chuyển người sang cơ quan khác, thêm hoặc kết thúc vị trí công tác"
    CHANGE_ROLE = "change_role", "Đổi vai trò của vị trí công tác"
    DELETE_ACCOUNT = "delete_account", "Xóa tài khoản chưa dùng"
    RETIRE_ACCOUNT = "retire_account", "Cho thôi sử dụng tài khoản và bàn giao việc"
    MANAGE_GROUPS = "manage_groups", "Tạo, đổi tên, gộp, xóa nhóm nghiệp vụ"
    ASSIGN_GROUPS = "assign_groups", "Đưa người vào nhóm, rút khỏi nhóm"
    REVIEW_ACCESS = "review_access", "Rà soát quyền truy cập định kỳ"
    APPOINT_ADMIN = "appoint_admin", "Cử quản trị đơn vị"
    VIEW_CENSUS = "view_census", "Thống kê, kết xuất tài khoản"
    MONITOR_USE = "monitor_use", "Theo dõi việc sử dụng, nhắc đơn vị"
    REVIEW_BODIES = "review_bodies", "Duyệt, sửa, gộp cơ quan trong danh mục"
    ADD_AGENCY = "add_agency", "Thêm cơ quan dùng hệ thống"
    REORGANISE = "reorganise", "Sáp nhập, chia tách, đổi tên, giải thể, chuyển cơ quan"
    ADD_CATALOGUE = "add_catalogue", "Bổ sung danh mục dùng riêng của đơn vị"
    CHANGE_DELEGATION = "change_delegation", "Thay đổi bảng phân cấp quản trị"


# Whoever sits down at an open screen must not give themselves rights: these ask for proof again (proof.py).
GIVES_RIGHTS = {
    Act.CREATE_ACCOUNT,
    Act.IMPORT_ACCOUNTS,
    Act.RESET_PASSWORD,
    Act.MOVE_POST,
    Act.CHANGE_ROLE,
    Act.MANAGE_GROUPS,
    Act.ASSIGN_GROUPS,
    Act.APPOINT_ADMIN,
    Act.CHANGE_DELEGATION,
}

_ABOVE_UNIT = {Act.REVIEW_BODIES, Act.ADD_AGENCY, Act.REORGANISE, Act.MONITOR_USE}

# Local by rule: a unit administrator waits for nobody. What touches other units needs who oversees them.
DEFAULTS: dict[tuple[Act, Tier], bool] = {
    (act, tier): (
        tier == Tier.NATION
        or (act != Act.CHANGE_DELEGATION and (tier == Tier.PROVINCE or act not in _ABOVE_UNIT))
    )
    for act in Act
    for tier in Tier
}
