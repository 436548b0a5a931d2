"""The delegation page read: every act, every tier, and what was changed."""

from dataclasses import dataclass
from datetime import datetime

from kntc.accounts.actions.delegating import fixed
from kntc.accounts.acts import DEFAULTS, Act, Tier
from kntc.accounts.models import Delegation, Post

REACH = {
    Tier.UNIT: "trong cơ quan mình và các đơn vị trực thuộc",
    Tier.PROVINCE: "trong tỉnh, bộ, ngành và mọi cơ quan trực thuộc",
    Tier.NATION: "trong cả nước",
}
# What each act touches beyond the accounts themselves.
NEEDS = {
    Act.CHANGE_ROLE: "chỉ giao vai trò mà cấp đó được giao",
    Act.APPOINT_ADMIN: "cơ quan luôn còn ít nhất một quản trị",
    Act.ASSIGN_GROUPS: "không đưa chính mình vào nhóm",
    Act.DELETE_ACCOUNT: "tài khoản chưa dùng lần nào",
    Act.RETIRE_ACCOUNT: "việc đang làm được bàn giao hết",
    Act.MANAGE_GROUPS: "nhóm không mang quyền quản trị",
    Act.CHANGE_DELEGATION: "luôn thuộc trung ương",
}


@dataclass(frozen=True)
class Cell:
    act: Act
    tier: Tier
    allowed: bool
    changed: bool
    fixed: str


@dataclass(frozen=True)
class Row:
    act: Act
    needs: str
    cells: list[Cell]


def table() -> list[Row]:
    """Every act with its three tiers. One statement."""
    changed = {(cell.act, cell.tier): cell.allowed for cell in Delegation.objects.all()}
    return [
        Row(act, NEEDS.get(act, ""), [_cell(act, tier, changed.get((act, tier))) for tier in Tier])
        for act in Act
    ]


def cell(act: Act, tier: Tier) -> Cell:
    """One statement."""
    found = Delegation.objects.filter(act=act, tier=tier).first()
    return _cell(act, tier, found.allowed if found else None)


def _cell(act: Act, tier: Tier, said: bool | None) -> Cell:
    default = DEFAULTS[act, tier]
    allowed = default if said is None else said
    return Cell(act, tier, allowed, allowed != default, fixed(act, tier))


@dataclass(frozen=True)
class Change:
    """One change: what a cell says since then, who said so and why."""

    at: datetime
    act: Act
    tier: Tier
    allowed: bool
    reason: str
    who: str


def past(limit: int = 50) -> list[Change]:
    """The latest changes, newest first. Three statements.

    Each state of a cell, the present one and those that the history keeps, carries who made it so. A state without
    anybody is the default that stood before the first change.
    """
    events = Delegation.pgh_event_model.objects  # type: ignore[attr-defined]
    states = [
        state
        for rows in (Delegation.objects, events)
        for state in rows.exclude(reason="").order_by("-changed_at")[:limit]
    ]
    latest = sorted(states, key=lambda state: state.changed_at, reverse=True)[:limit]
    posts = Post.objects.select_related("account", "agency").in_bulk(
        {state.changed_by_id for state in latest}
    )
    return [_change(state, posts.get(state.changed_by_id)) for state in latest]


def _change(state: Delegation, post: Post | None) -> Change:
    who = f"{post.account.full_name}, {post.title}, {post.agency.name}" if post else "Hệ thống (dòng lệnh)"
    return Change(state.changed_at, Act(state.act), Tier(state.tier), state.allowed, state.reason, who)
