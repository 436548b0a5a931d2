"""What an administrator may hand out, and the last administrator whom nobody takes away."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kntc.accounts.acts import Act, Tier
from kntc.accounts.models import Delegation, Group, Membership, Post
from kntc.accounts.officers import Officer
from kntc.accounts.rights.granting import (
    GROUP_RIGHTS,
    require_grantable,
    require_group_rights,
    require_not_last_admin,
    require_not_last_admin_anywhere,
)
from kntc.accounts.roles import RIGHTS, Role
from kntc.agencies.models import Agency
from kntc.audit.errors import NotAllowed, OutOfReach, Refused
from kntc.audit.rights import Right
from tests.factories import SYSTEM, Country, make_country, make_officer, officer_of

IN_AN_AGENCY = [Role.OFFICER, Role.LEADER, Role.BUSINESS_OWNER, Role.UNIT_ADMIN]


def admin_of(agency: Agency, oversees: Agency | None = None) -> Officer:
    return make_officer(agency, Role.UNIT_ADMIN, oversees=oversees)


def group_of(agency: Agency, *rights: Right, name: str = "Tổ xử lý đơn") -> Group:
    return Group.objects.create(agency=agency, name=name, rights=[right.value for right in rights])


@pytest.mark.parametrize("role", IN_AN_AGENCY)
def test_an_administrator_hands_out_the_roles_of_an_agency_under_it__R15(
    country: Country, role: Role
) -> None:
    for admin in (admin_of(country.commune), admin_of(country.province), admin_of(country.root)):
        require_grantable(admin, role, [], country.commune)


def test_who_sees_the_whole_country_is_named_by_the_nation(country: Country) -> None:
    require_grantable(admin_of(country.root), Role.NATIONAL_ANALYST, [], country.root)
    require_grantable(SYSTEM, Role.NATIONAL_ANALYST, [], country.root)
    for admin in (admin_of(country.province), admin_of(country.commune)):
        with pytest.raises(NotAllowed, match="Trung ương"):
            require_grantable(admin, Role.NATIONAL_ANALYST, [], admin.agency)


def test_nothing_is_handed_out_beside_or_above(country: Country) -> None:
    admin = admin_of(country.commune)
    for agency in (country.sister, country.province, country.far_commune):
        with pytest.raises(OutOfReach):
            require_grantable(admin, Role.OFFICER, [], agency)
    with pytest.raises(OutOfReach):
        require_grantable(admin, Role.LEADER, [], country.commune, oversees=country.province)


def test_an_officer_hands_out_no_administrator(country: Country) -> None:
    with pytest.raises(NotAllowed):
        require_grantable(make_officer(country.commune), Role.UNIT_ADMIN, [], country.commune)


def test_a_tier_that_may_not_appoint_administrators_hands_none_out__R58(country: Country) -> None:
    Delegation.objects.create(act=Act.APPOINT_ADMIN, tier=Tier.UNIT, allowed=False)
    with pytest.raises(NotAllowed, match="phân cấp"):
        require_grantable(admin_of(country.commune), Role.UNIT_ADMIN, [], country.commune)
    require_grantable(admin_of(country.province), Role.UNIT_ADMIN, [], country.commune)


def test_nobody_gives_rights_to_the_own_account(country: Country) -> None:
    admin = admin_of(country.commune)
    with pytest.raises(NotAllowed, match="tự cấp quyền"):
        require_grantable(admin, Role.BUSINESS_OWNER, [], country.commune, to=admin.account)


def test_a_group_of_another_agency_is_refused(country: Country) -> None:
    group = group_of(country.sister, Right.ASSIGN)
    with pytest.raises(Refused, match="cơ quan khác"):
        require_grantable(admin_of(country.province), Role.OFFICER, [group], country.commune)


def test_no_group_opens_the_files_to_an_administrator__R57(country: Country) -> None:
    group = group_of(country.commune, Right.READ, Right.READ_CONTENT)
    with pytest.raises(Refused, match="không vào được nhóm"):
        require_grantable(admin_of(country.province), Role.UNIT_ADMIN, [group], country.commune)
    admin = admin_of(country.commune)
    Membership.objects.create(group=group, post=admin.post)
    assert officer_of(admin.post).rights == RIGHTS[Role.UNIT_ADMIN]


def test_a_group_adds_its_rights_to_an_officer(country: Country) -> None:
    officer = make_officer(country.commune)
    Membership.objects.create(group=group_of(country.commune, Right.ASSIGN), post=officer.post)
    assert officer_of(officer.post).has_right(Right.ASSIGN)


def test_a_group_never_makes_an_administrator(country: Country) -> None:
    assert Right.MANAGE_ACCOUNTS not in GROUP_RIGHTS
    require_group_rights([Right.ASSIGN, Right.OPEN_VAULT])
    with pytest.raises(Refused, match="không mang được quyền"):
        require_group_rights([Right.MANAGE_ACCOUNTS])


def test_the_last_administrator_stays__R53(country: Country) -> None:
    admin = admin_of(country.commune)
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        require_not_last_admin(admin.post)
    with pytest.raises(Refused, match="Hãy cử người khác"):
        require_not_last_admin_anywhere(admin.account)
    admin_of(country.commune)
    require_not_last_admin(admin.post)
    require_not_last_admin_anywhere(admin.account)


def test_others_do_not_count_when_they_cannot_take_over(country: Country) -> None:
    admin = admin_of(country.province)
    admin_of(country.province, oversees=country.department)
    admin_of(country.commune)
    locked = admin_of(country.province)
    locked.account.is_active = False
    locked.account.save()
    leaving = admin_of(country.province)
    Post.objects.filter(pk=leaving.post_id).update(valid_to=timezone.localdate())
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        require_not_last_admin(admin.post)


def test_who_is_no_administrator_may_go(country: Country) -> None:
    require_not_last_admin(make_officer(country.commune).post)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_leave_one() -> None:
    country = make_country()
    first, second = admin_of(country.commune), admin_of(country.commune)
    together, refused = Barrier(2), []

    def remove(post: Post) -> Callable[[], None]:
        def run() -> None:
            try:
                together.wait(10)
                with transaction.atomic():
                    own = Post.objects.select_for_update(of=("self",)).select_related("account", "agency")
                    held = own.get(pk=post.pk)
                    require_not_last_admin(held)
                    held.valid_to = timezone.localdate()
                    held.save()
            except Refused as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        return run

    threads = [Thread(target=remove(officer.post)) for officer in (second, first)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 1
    assert Post.objects.filter(role=Role.UNIT_ADMIN, valid_to=None).count() == 1
