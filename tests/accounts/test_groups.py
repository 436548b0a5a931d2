"""Groups: made, given people and rights, merged without anything dangling, taken apart, deleted (R34)."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext

from kntc.accounts.actions.groups import (
    change_group_rights,
    create_group,
    delete_group,
    last_merge,
    merge_groups,
    rename_group,
    undo_merge,
)
from kntc.accounts.actions.memberships import add_members, remove_members
from kntc.accounts.acts import Act, Tier
from kntc.accounts.models import Delegation, Group, Membership
from kntc.accounts.officers import Officer
from kntc.accounts.rights import group_references
from kntc.accounts.rights.granting import GROUP_RIGHTS
from kntc.accounts.rights.group_queries import candidates, groups_of, members_of, past_of, preview
from kntc.accounts.rights.group_templates import TEMPLATES
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.audit.models import Entry
from kntc.audit.rights import Right
from kntc.audit.walls import acting_as
from tests.factories import Country, make_officer, officer_of

A, B = "Tổ xử lý đơn", "Tổ giải quyết tố cáo"


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.commune, Role.UNIT_ADMIN)


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune, login="lan")


def made(admin: Officer, name: str, *rights: Right, agency: Agency | None = None) -> Group:
    return create_group(agency=agency or admin.agency, name=name, rights=rights, by=admin)


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_makes_a_group__R34(country: Country, admin: Officer, template: object) -> None:
    assert template.rights <= GROUP_RIGHTS
    group = create_group(
        agency=country.commune, name=template.name, rights=template.rights, template=template.key, by=admin
    )
    assert set(Group.objects.get().rights) == template.rights
    assert Entry.objects.get(action="group.create").subject_id == str(group.pk)


def test_members_gain_the_rights_and_lose_them_again(admin: Officer, clerk: Officer) -> None:
    group = made(admin, A, Right.ASSIGN)
    assert add_members(group=group, posts=[clerk.post], by=admin) == 1
    assert add_members(group=group, posts=[clerk.post], by=admin) == 0
    assert officer_of(clerk.post).has_right(Right.ASSIGN)
    change_group_rights(group=group, rights=[Right.READ_AUDIT], by=admin)
    assert not officer_of(clerk.post).has_right(Right.ASSIGN)
    assert officer_of(clerk.post).has_right(Right.READ_AUDIT)
    assert remove_members(group=group, posts=[clerk.post], by=admin) == 1
    assert not officer_of(clerk.post).has_right(Right.READ_AUDIT)


def test_the_rights_of_a_group_reach_a_member_behind_the_wall(admin: Officer, clerk: Officer) -> None:
    with acting_as(admin):
        group = made(admin, A, Right.ASSIGN)
        add_members(group=group, posts=[clerk.post], by=admin)
    assert officer_of(clerk.post).has_right(Right.ASSIGN)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "tổ XỬ LÝ  đơn", "to xu ly don"])
def test_a_name_that_cannot_be_taken(admin: Officer, name: str) -> None:
    made(admin, A)
    other = made(admin, B)
    with pytest.raises(InvalidInput):
        made(admin, name)
    with pytest.raises(InvalidInput):
        rename_group(group=other, name=name, by=admin)


def test_renamed_to_other_capitals(admin: Officer) -> None:
    assert rename_group(group=made(admin, A), name="TỔ XỬ LÝ ĐƠN", by=admin).name == "TỔ XỬ LÝ ĐƠN"


def test_an_empty_group_is_deleted_and_its_history_stays__R34(admin: Officer) -> None:
    group = made(admin, A, Right.ASSIGN)
    delete_group(group=group, by=admin)
    assert not Group.objects.exists()
    assert Entry.objects.get(action="group.delete").details["name"] == A
    made(admin, A)


def test_a_used_group_is_not_deleted_and_says_what_to_do__R34(admin: Officer, clerk: Officer) -> None:
    group = made(admin, A)
    add_members(group=group, posts=[clerk.post], by=admin)
    with pytest.raises(Refused, match=r"1 thành viên.*gộp nhóm này"):
        delete_group(group=group, by=admin)


def test_a_merger_moves_members_and_rights_and_leaves_nothing__R34(
    country: Country, admin: Officer, clerk: Officer
) -> None:
    other = make_officer(country.commune)
    source, target = made(admin, A, Right.ASSIGN), made(admin, B, Right.READ_AUDIT)
    add_members(group=source, posts=[clerk.post, other.post], by=admin)
    add_members(group=target, posts=[clerk.post], by=admin)
    shown = preview(source, target)
    assert shown.moves == {"thành viên": 2}
    assert (shown.comers, shown.both) == ([other.post], [clerk.post])
    assert (shown.gained_by_target, shown.gained_by_source) == ([Right.ASSIGN], [Right.READ_AUDIT])
    with acting_as(admin):
        merge_groups(source=source, target=target, by=admin)
    (left,) = Group.objects.all()
    assert (left.pk, set(left.rights)) == (target.pk, {Right.ASSIGN, Right.READ_AUDIT})
    assert {post.pk for post in members_of(left)} == {clerk.post_id, other.post_id}
    assert Membership.objects.count() == 2
    assert officer_of(other.post).has_right(Right.READ_AUDIT)
    assert "nhận nhóm" in past_of(left)[0][1]


def test_a_merger_is_taken_apart_again(country: Country, admin: Officer, clerk: Officer) -> None:
    other, third = make_officer(country.commune), make_officer(country.commune)
    source, target = made(admin, A, Right.ASSIGN), made(admin, B, Right.READ_AUDIT)
    add_members(group=source, posts=[clerk.post, other.post], by=admin)
    add_members(group=target, posts=[clerk.post, third.post], by=admin)
    merge_groups(source=source, target=target, by=admin)
    merge = last_merge(target)
    assert merge is not None
    with acting_as(admin):
        again = undo_merge(target=target, merge=merge, by=admin)
    assert (again.name, again.rights) == (A, [Right.ASSIGN.value])
    assert {post.pk for post in members_of(again)} == {clerk.post_id, other.post_id}
    assert {post.pk for post in members_of(target)} == {clerk.post_id, third.post_id}
    assert Group.objects.get(pk=target.pk).rights == [Right.READ_AUDIT.value]
    assert last_merge(target) is None
    with pytest.raises(Refused, match="không tách lại được nữa"):
        undo_merge(target=target, merge=merge, by=admin)


def test_what_is_not_merged(country: Country, admin: Officer, clerk: Officer) -> None:
    group = made(admin, A)
    province = make_officer(country.province, Role.UNIT_ADMIN)
    far = made(province, B, agency=country.sister)
    with pytest.raises(InvalidInput, match="chính nó"):
        merge_groups(source=group, target=group, by=admin)
    with pytest.raises(InvalidInput, match="cùng một cơ quan"):
        merge_groups(source=far, target=group, by=province)
    gone = made(admin, "Nhóm đã xóa")
    delete_group(group=Group.objects.get(pk=gone.pk), by=admin)
    with pytest.raises(Refused, match="vừa bị xóa"):
        merge_groups(source=gone, target=group, by=admin)


def test_a_merger_gives_an_administrator_no_file__R57(country: Country, admin: Officer) -> None:
    source, target = made(admin, A, Right.READ_CONTENT), made(admin, B, Right.READ_AUDIT)
    second = make_officer(country.commune, Role.UNIT_ADMIN)
    add_members(group=target, posts=[second.post], by=admin)
    with pytest.raises(Refused, match="Quản trị đơn vị"):
        merge_groups(source=source, target=target, by=admin)
    with pytest.raises(Refused, match="Quản trị đơn vị"):
        change_group_rights(group=target, rights=[Right.READ], by=admin)
    with pytest.raises(Refused, match="không vào được nhóm"):
        add_members(group=source, posts=[second.post], by=admin)


def test_every_key_that_points_to_a_group_is_known__R34() -> None:
    """A room that comes later is in the merger by itself; only history keeps the old number."""
    pointing = {
        field.model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Group
    }
    known = {key.model for key in group_references.keys_to_groups()}
    assert Membership in known
    assert all(hasattr(model, "pgh_tracked_model") for model in pointing - known)


class Steps:
    """Another room's pointer that is no foreign key."""

    label = "bước quy trình"

    def __init__(self, *groups: Group) -> None:
        self.named = [group.pk for group in groups]

    def count(self, group: Group) -> int:
        return self.named.count(group.pk)

    def move(self, source: Group, target: Group) -> int:
        self.named = [target.pk if pk == source.pk else pk for pk in self.named]
        return self.count(target)


def test_another_room_s_pointers_move_too__R34(admin: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = made(admin, A), made(admin, B)
    steps = Steps(source, target, source)
    monkeypatch.setattr(group_references, "OTHERS", [steps])
    with pytest.raises(Refused, match="2 bước quy trình"):
        delete_group(group=source, by=admin)
    merge_groups(source=source, target=target, by=admin)
    assert steps.named == [target.pk] * 3
    assert last_merge(target) is None, "what was moved elsewhere does not come back by itself"


def test_a_pointer_that_stays_behind_stops_the_merger__R34(
    admin: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = made(admin, A), made(admin, B)
    steps = Steps(source)
    monkeypatch.setattr(steps, "move", lambda *_: 0)
    monkeypatch.setattr(group_references, "OTHERS", [steps])
    with pytest.raises(Refused, match="chưa chuyển được"):
        merge_groups(source=source, target=target, by=admin)
    assert Group.objects.count() == 2


def test_only_who_keeps_accounts_there(country: Country, admin: Officer, clerk: Officer) -> None:
    group = made(admin, A)
    for stranger in (
        make_officer(country.sister, Role.UNIT_ADMIN),
        make_officer(country.elsewhere, Role.UNIT_ADMIN),
    ):
        with pytest.raises(OutOfReach):
            rename_group(group=group, name="Khác", by=stranger)
        with pytest.raises(OutOfReach):
            create_group(agency=country.commune, name=B, rights=[], by=stranger)
        with acting_as(stranger):
            assert not Group.objects.exists()
    with pytest.raises(NotAllowed):
        delete_group(group=group, by=clerk)
    rename_group(group=group, name="Khác", by=make_officer(country.province, Role.UNIT_ADMIN))


def test_nobody_joins_by_the_own_hand(admin: Officer) -> None:
    with pytest.raises(NotAllowed, match="tự cấp quyền"):
        add_members(group=made(admin, A), posts=[admin.post], by=admin)


def test_a_tier_without_the_act_makes_no_group__R58(admin: Officer) -> None:
    Delegation.objects.create(act=Act.MANAGE_GROUPS, tier=Tier.UNIT, allowed=False)
    with pytest.raises(NotAllowed, match="phân cấp"):
        made(admin, A)


def test_colleagues_to_choose_from(country: Country, admin: Officer) -> None:
    group = made(admin, A)
    lan, minh = make_officer(country.commune, login="lan"), make_officer(country.commune, login="minh")
    make_officer(country.sister, login="lan.xa.khac")
    add_members(group=group, posts=[minh.post], by=admin)
    assert [post.pk for post in candidates(group, "LÂN")] == [lan.post_id]
    assert minh.post not in candidates(group, "")
    assert candidates(group, "khong-co", chosen={lan.post_id}) == [lan.post]


def test_lists_ask_as_much_for_many_as_for_few(country: Country, admin: Officer) -> None:
    asked = []
    for round_ in range(2):
        group = made(admin, f"Nhóm {round_}")
        for _ in range(5 * round_ + 1):
            add_members(group=group, posts=[make_officer(country.commune).post], by=admin)
        with CaptureQueriesContext(connection) as seen:
            list(groups_of(admin))
            members_of(group)
            candidates(group, "nguyen")
            preview(group, Group.objects.get(name="Nhóm 0"))
            past_of(group)
        asked.append(len(seen))
    assert asked[0] == asked[1]
