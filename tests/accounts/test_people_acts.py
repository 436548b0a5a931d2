"""What an administrator does with accounts: create, mend, rename, reset, lock, move; and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kntc.accounts.actions.creating import create_person
from kntc.accounts.actions.editing import edit_person, edit_title, rename_login
from kntc.accounts.actions.moving import Place, add_post, change_role, end_post, move_post
from kntc.accounts.models import Account, FormerLogin, Group, Membership, Post
from kntc.accounts.people.persons import like
from kntc.accounts.roles import Role
from kntc.accounts.sign_in.activation import redeem
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.audit.models import Entry
from kntc.audit.walls import acting_as
from kntc.petitions.models import Petition
from tests.accounts.people import Offices, give_petitions, make_offices, person
from tests.factories import Country, make_officer, officer_of

NEW_PASSWORD = "con trâu gặm cỏ ngoài đồng"


@pytest.fixture
def offices(country: Country) -> Offices:
    return make_offices(country)


def wrong(function: Any, **values: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        function(**values)
    return refused.value.errors


# ---- Create ----


def test_a_colleague_gets_post_and_groups_of_the_one_named__R15(offices: Offices) -> None:
    group = Group.objects.create(agency=offices.country.commune, name="Tổ đất đai")
    Membership.objects.create(group=group, post=offices.lan.post)
    Post.objects.filter(pk=offices.lan.post_id).update(title="Công chức địa chính")
    copied: Any = like(Post.objects.get(pk=offices.lan.post_id), offices.country.commune)
    with acting_as(offices.unit):
        made = create_person(person=person(offices.country, **copied), by=offices.unit)
    assert (made.account.login, made.post.title, made.post.role) == (
        "lan.nguyenthi",
        "Công chức địa chính",
        Role.OFFICER,
    )
    assert list(Group.objects.filter(memberships__post=made.post)) == [group]
    assert redeem("lan.nguyenthi", made.code, NEW_PASSWORD).check_password(NEW_PASSWORD)


def test_a_new_account_opens_nothing_before_it_is_activated(offices: Offices) -> None:
    made = create_person(person=person(offices.country), by=offices.unit)
    assert not made.account.has_usable_password()
    assert made.code not in str(Entry.objects.get(action="account.invite").details)


def test_the_next_of_the_same_name_gets_a_number(offices: Offices) -> None:
    logins = [create_person(person=person(offices.country), by=offices.unit).account.login for _ in range(2)]
    assert logins == ["lan.nguyenthi", "lan.nguyenthi2"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"full_name": "Lan"}, "full_name"),
        ({"full_name": "Nguyễn 123"}, "full_name"),
        ({"full_name": "A " * 100}, "full_name"),
        ({"login": "có dấu"}, "login"),
        ({"login": "a"}, "login"),
        ({"login": "-a-"}, "login"),
        ({"login": "x" * 61}, "login"),
        ({"login": "lan"}, "login"),
        ({"email": "không phải"}, "email"),
        ({"phone": "abc"}, "phone"),
        ({"title": "x" * 151}, "title"),
    ],
)
def test_bad_input_is_told_beside_its_field(offices: Offices, values: dict[str, Any], field: str) -> None:
    errors = wrong(create_person, person=person(offices.country, **values), by=offices.unit)
    assert list(errors) == [field]


def test_nobody_is_made_where_the_administrator_has_no_say(offices: Offices) -> None:
    far = person(offices.country, agency=offices.country.far_commune)
    for by in (offices.unit, offices.above):
        with pytest.raises(OutOfReach):
            create_person(person=far, by=by)
    with pytest.raises(NotAllowed):
        create_person(person=person(offices.country), by=offices.lan)
    with pytest.raises(NotAllowed):
        create_person(person=person(offices.country, role=Role.NATIONAL_ANALYST), by=offices.above)
    with pytest.raises(OutOfReach):
        create_person(person=person(offices.country, oversees=offices.country.root), by=offices.unit)


def test_a_closed_agency_takes_nobody(offices: Offices) -> None:
    agency = offices.country.commune
    agency.valid_to = timezone.localdate() - timedelta(days=1)
    agency.save()
    with pytest.raises(Refused, match="kết thúc"):
        create_person(person=person(offices.country), by=offices.above)


# ---- Mend and rename ----


def test_name_and_contact_are_mended(offices: Offices) -> None:
    with acting_as(offices.unit):
        edit_person(
            account=offices.lan.account,
            full_name="Nguyễn Thị  Lan Anh",
            email="lan@gialai.gov.vn",
            phone="0905 123 456",
            by=offices.unit,
        )
        edit_title(post=offices.lan.post, title="Phó Trưởng phòng", by=offices.unit)
    account = Account.objects.get(pk=offices.lan.account_id)
    assert (account.full_name, account.name_fold) == ("Nguyễn Thị Lan Anh", "nguyen thi lan anh")
    assert Post.objects.get(pk=offices.lan.post_id).title == "Phó Trưởng phòng"


def test_a_login_is_renamed_and_the_number_stays__R35(offices: Offices) -> None:
    with acting_as(offices.unit):
        rename_login(account=offices.lan.account, login=" Lan.Nguyen ", by=offices.unit)
    account = Account.objects.get(pk=offices.lan.account_id)
    assert account.login == "lan.nguyen"
    former = FormerLogin.objects.get()
    assert (former.login, former.account) == ("lan", account)
    assert timedelta(days=89) < former.free_from - timezone.now() <= timedelta(days=90)


def test_the_old_name_is_nobody_else_s_for_ninety_days(offices: Offices) -> None:
    rename_login(account=offices.lan.account, login="lan2", by=offices.unit)
    minh = offices.minh.account
    assert "login" in wrong(rename_login, account=minh, login="lan", by=offices.unit)
    FormerLogin.objects.update(free_from=timezone.now() - timedelta(days=1))
    rename_login(account=minh, login="lan", by=offices.unit)
    assert not FormerLogin.objects.filter(login="lan").exists()


def test_a_name_given_up_long_ago_in_another_province_is_free(offices: Offices) -> None:
    far = make_officer(offices.country.far_commune, login="xa")
    FormerLogin.objects.create(account=far.account, login="lan.moi", free_from=timezone.now())
    with acting_as(offices.unit):
        rename_login(account=offices.lan.account, login="lan.moi", by=offices.unit)
        rename_login(account=Account.objects.get(login="lan.moi"), login="lan", by=offices.unit)
    assert FormerLogin.objects.get().account == offices.lan.account


def test_one_may_take_the_own_old_name_back(offices: Offices) -> None:
    rename_login(account=offices.lan.account, login="lan2", by=offices.unit)
    rename_login(account=offices.lan.account, login="lan", by=offices.unit)
    assert list(FormerLogin.objects.values_list("login", flat=True)) == ["lan2"]


def test_the_history_tells_of_the_rename(offices: Offices) -> None:
    rename_login(account=offices.lan.account, login="lan2", by=offices.unit)
    entry = Entry.objects.get(action="account.rename")
    assert entry.details == {"old": "lan", "new": "lan2"}
    assert entry.agency_id == offices.country.commune.pk


# ---- Posts ----


def test_a_move_ends_one_post_and_begins_another__R35(offices: Offices) -> None:
    group = Group.objects.create(agency=offices.country.commune, name="Tổ đất đai")
    Membership.objects.create(group=group, post=offices.lan.post)
    to = Place(offices.country.sister, Role.OFFICER, "Công chức")
    with acting_as(offices.above):
        new = move_post(post=offices.lan.post, to=to, by=offices.above)
    old = Post.objects.get(pk=offices.lan.post_id)
    assert old.valid_to == timezone.localdate() - timedelta(days=1)
    assert list(Post.objects.current().filter(account=offices.lan.account)) == [new]
    assert not Membership.objects.exists()


def test_open_work_stops_a_move_until_somebody_takes_it(offices: Offices) -> None:
    give_petitions(offices.lan, 3)
    to = Place(offices.country.sister, Role.OFFICER)
    with acting_as(offices.above):
        with pytest.raises(Refused, match="3 đơn"):
            move_post(post=offices.lan.post, to=to, by=offices.above)
        receivers = {offices.country.commune.pk: [offices.minh.post]}
        move_post(post=offices.lan.post, to=to, by=offices.above, receivers=receivers)
    assert Petition.objects.filter(assignee=offices.minh.post_id).count() == 3


def test_a_move_across_the_subtree_is_the_province_s(offices: Offices) -> None:
    with pytest.raises(OutOfReach):
        move_post(post=offices.lan.post, to=Place(offices.country.sister, Role.OFFICER), by=offices.unit)
    assert Post.objects.current().filter(pk=offices.lan.post_id).exists()


def test_a_second_post_and_its_end(offices: Offices) -> None:
    with acting_as(offices.unit):
        second = add_post(
            account=offices.lan.account, place=Place(offices.country.commune, Role.LEADER), by=offices.unit
        )
        errors = wrong(
            add_post,
            account=offices.lan.account,
            place=Place(offices.country.commune, Role.LEADER),
            by=offices.unit,
        )
        assert list(errors) == ["role"]
        end_post(post=second, by=offices.unit)
        assert "post" in wrong(end_post, post=second, by=offices.unit)
    assert Post.objects.current().filter(account=offices.lan.account).count() == 1


def test_the_administrator_of_a_commune_appoints_another_and_then_may_go(offices: Offices) -> None:
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        change_role(post=offices.unit.post, role=Role.OFFICER, title="", by=offices.above)
    change_role(post=offices.lan.post, role=Role.UNIT_ADMIN, title="", by=offices.unit)
    lan = officer_of(Post.objects.get(pk=offices.lan.post_id))
    change_role(post=offices.unit.post, role=Role.OFFICER, title="Chuyên viên", by=lan)
    assert Post.objects.get(pk=offices.unit.post_id).title == "Chuyên viên"


def test_nobody_changes_the_own_role(offices: Offices) -> None:
    with pytest.raises(NotAllowed):
        change_role(post=offices.unit.post, role=Role.LEADER, title="", by=offices.unit)


def test_who_becomes_administrator_hands_the_work_over(offices: Offices) -> None:
    give_petitions(offices.lan, 2)
    with pytest.raises(Refused, match="chưa bàn giao"):
        change_role(post=offices.lan.post, role=Role.UNIT_ADMIN, title="", by=offices.unit)
    receivers = {offices.country.commune.pk: [offices.minh.post]}
    change_role(post=offices.lan.post, role=Role.UNIT_ADMIN, title="", by=offices.unit, receivers=receivers)
    assert Petition.objects.filter(assignee=offices.minh.post_id).count() == 2
