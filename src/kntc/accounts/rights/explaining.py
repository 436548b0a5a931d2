"""Rights in plain words (R38): what a person can do and through what, why not, and who can grant it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F
from django.db.models.functions import Coalesce

from kntc.accounts.acts import Act, Tier
from kntc.accounts.administration import delegated_tiers, is_delegated, oversees, tier_of, tier_of_root
from kntc.accounts.models import Group, Post
from kntc.accounts.officers import Officer, posts_of
from kntc.accounts.roles import ON_TOP, RIGHTS, Role
from kntc.agencies.models import Agency
from kntc.audit.action import ACTIONS
from kntc.audit.errors import OutOfReach
from kntc.audit.rights import Right
from kntc.vietnamese import sort_key

MEANINGS: dict[Right, str] = {
    Right.READ: "Tìm và mở sổ đơn, sổ tiếp công dân, xem số liệu.",
    Right.READ_CONTENT: "Đọc nội dung đơn, tên và địa chỉ người viết đơn (trừ người tố cáo được giữ bí mật).",
    Right.REGISTER: "Vào sổ đơn mới, ghi lượt tiếp công dân, giữ đơn nháp.",
    Right.HANDLE: "Phân loại, thụ lý, chuyển, hướng dẫn, trả lại đơn; gia hạn, tạm đình chỉ, kết thúc vụ việc.",
    Right.CORRECT: "Sửa thông tin đã nhập; bản cũ và lý do được giữ lại.",
    Right.VOID: "Hủy đơn nhập sai; đơn ra khỏi danh sách và số liệu nhưng không mất.",
    Right.RESTORE: "Khôi phục đơn đã hủy đúng như trước khi hủy.",
    Right.IMPORT: "Đưa sổ theo dõi cũ từ tệp Excel vào hệ thống.",
    Right.EXPORT: "Kết xuất danh sách đang xem ra Excel.",
    Right.REPORT: "Xem tổng quan, lập báo cáo và biểu thống kê.",
    Right.PROPOSE_BODY: "Đề nghị bổ sung cơ quan chưa có trong danh mục.",
    Right.ASSIGN: "Giao đơn, vụ việc cho người khác trong cơ quan, chuyển từ người này sang người khác.",
    Right.MANAGE_ACCOUNTS: "Giữ tài khoản, nhóm, danh mục; làm các việc quản trị mà bảng phân cấp cho phép.",
    Right.OPEN_VAULT: "Mở thông tin người tố cáo được giữ bí mật; mỗi lần mở có lý do và được ghi lại.",
    Right.READ_AUDIT: "Xem nhật ký: ai đã làm gì, lúc nào.",
}
# Whoever looks after a subtree has these there too; the others are for what the own agency keeps.
REACHING_DOWN = frozenset(
    {
        Right.READ,
        Right.READ_CONTENT,
        Right.REPORT,
        Right.EXPORT,
        Right.IMPORT,
        Right.MANAGE_ACCOUNTS,
        Right.READ_AUDIT,
    }
)
_REMARK = re.compile(r"\s*\((?:R\d+[,; ]*)+\)")


@dataclass(frozen=True)
class Question:
    """Something that a person may want to do: an action of the register, an act of administration, or a right."""

    key: str
    label: str
    right: Right
    act: Act | None = None


@dataclass(frozen=True)
class Held:
    """A right that a post has, and through what."""

    right: Right
    meaning: str
    by_role: bool
    groups: list[Group]
    where: str


@dataclass
class Answer:
    """`missing`: what stands in the way, in sentences. Empty when the person may."""

    question: Question
    may: bool
    through: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    granters: list[Post] = field(default_factory=list)


# ---- Questions ----


def plain(sentence: str) -> str:
    """The first sentence, without the number of a requirement."""
    return _REMARK.sub("", sentence).split(". ")[0].rstrip(". ")


def questions() -> dict[str, list[Question]]:
    """Everything that may be asked, by heading."""
    work = [
        Question(f"viec:{info.name}", plain(info.sentence), info.right)
        for info in ACTIONS.values()
        if info.right is not None and info.right != Right.MANAGE_ACCOUNTS
    ]
    return {
        "Công việc": sorted(work, key=lambda one: sort_key(one.label)),
        "Việc quản trị": [
            Question(f"quan-tri:{act.value}", act.label, Right.MANAGE_ACCOUNTS, act) for act in Act
        ],
        "Quyền": [Question(f"quyen:{right.value}", _capital(right.label), right) for right in Right],
    }


def question(key: str) -> Question | None:
    return next((one for group in questions().values() for one in group if one.key == key), None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- A person ----


def officer_in_reach(pk: int, by: Officer) -> Officer:
    """The officer of a current post: one's own, or one in the subtree that `by` looks after. Three statements."""
    post = Post.objects.select_related("account", "agency__parent").filter(pk=pk).first()
    if post is None or not (post.account_id == by.account_id or oversees(by, post.agency)):
        raise OutOfReach("Vị trí công tác này")
    current = posts_of(post.account).filter(pk=pk).first()
    if current is None:
        raise OutOfReach("Vị trí công tác này")
    return Officer(current)


def held(officer: Officer) -> list[Held]:
    """Every right of a post with its sources. One statement."""
    groups = list(Group.objects.filter(memberships__post=officer.post_id).order_by("name_fold"))
    return [
        Held(
            right,
            MEANINGS[right],
            right in RIGHTS[officer.role],
            [group for group in groups if right.value in group.rights and right in ON_TOP[officer.role]],
            where(officer, right),
        )
        for right in Right
        if officer.has_right(right)
    ]


def where(officer: Officer, right: Right) -> str:
    """The scope of a right in words."""
    if right not in REACHING_DOWN:
        return f"hồ sơ do {officer.agency.name} quản lý"
    if officer.scope.kind == "all":
        return "mọi cơ quan trong cả nước"
    root = officer.oversees
    if root.lft is not None and root.rgt == root.lft + 1:
        return root.name
    return f"{root.name} và các cơ quan trực thuộc"


# ---- Why not ----


def answer(officer: Officer, asked: Question) -> Answer:
    """May this person do it; if not, what is missing and who can give it. At most six statements."""
    if not officer.has_right(asked.right):
        return _without_right(officer, asked)
    if asked.act is not None:
        tier = tier_of(officer)
        if not is_delegated(asked.act, tier):
            return _not_delegated(officer, asked, asked.act, tier)
    return Answer(asked, True, through=list(_through(officer, asked.right)))


def _through(officer: Officer, right: Right) -> Iterable[str]:
    found = next(one for one in held(officer) if one.right == right)
    if found.by_role:
        yield f"vai trò “{officer.role.label}”"
    yield from (f"nhóm “{group.name}”" for group in found.groups)


def _without_right(officer: Officer, asked: Question) -> Answer:
    groups = Group.objects.filter(agency=officer.agency_id, rights__contains=[asked.right.value])
    fits = asked.right in ON_TOP[officer.role]
    act = Act.APPOINT_ADMIN if asked.right == Right.MANAGE_ACCOUNTS else Act.CHANGE_ROLE
    missing = [f"Vị trí này không có quyền “{asked.right.label}”."]
    if asked.right in _FILES and officer.role == Role.UNIT_ADMIN:
        missing.append(
            "Người giữ tài khoản không mở hồ sơ: hai việc tách nhau, nhóm cũng không cộng thêm được."
        )
    return Answer(
        asked,
        False,
        missing=missing,
        roles=[role for role in Role if asked.right in RIGHTS[role] and role != Role.NATIONAL_ANALYST],
        groups=list(groups.order_by("name_fold")) if fits else [],
        granters=granters(officer.agency, act, but=officer.account_id),
    )


_FILES = ON_TOP[Role.OFFICER] - RIGHTS[Role.UNIT_ADMIN]


def _not_delegated(officer: Officer, asked: Question, act: Act, tier: Tier) -> Answer:
    tiers = [one.label for one in Tier if one in delegated_tiers(act)]
    return Answer(
        asked,
        False,
        missing=[
            f"Việc này hiện không phân cấp cho quản trị cấp “{tier.label}”; "
            f"cấp làm được: {', '.join(tiers)}. Quản trị trung ương sửa được bảng phân cấp."
        ],
        granters=granters(officer.agency, act, but=officer.account_id),
    )


def granters(agency: Agency, act: Act, *, but: int | None = None) -> list[Post]:
    """Who does this act for the agency: its own administrators, else those of the nearest above. Two statements."""
    if agency.lft is None:
        return []
    tiers = delegated_tiers(act)
    over = (
        Post.objects.current()
        .filter(role=Role.UNIT_ADMIN)
        .exclude(account=but)
        .annotate(
            first=Coalesce(F("oversees__lft"), F("agency__lft")),
            last=Coalesce(F("oversees__rgt"), F("agency__rgt")),
        )
        .filter(first__lte=agency.lft, last__gte=agency.rgt)
        .select_related("account", "agency", "oversees")
        .order_by("-first", "account__sort_key")
    )
    able = [post for post in over if tier_of_root(post.oversees or post.agency) in tiers]
    return [post for post in able if _root(post) == _root(able[0])]


def _root(post: Post) -> int:
    return post.oversees_id or post.agency_id
