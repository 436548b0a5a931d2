"""The screens of groups: what is typed wrongly, what is not one's own, the walls behind them."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from kntc.accounts.actions.groups import create_group
from kntc.accounts.models import AccessReview, Group, Membership
from kntc.accounts.officers import Officer
from kntc.accounts.people.pages import keyed_page
from kntc.accounts.rights.group_queries import groups_of
from kntc.accounts.roles import Role
from kntc.audit.rights import Right
from kntc.audit.walls import acting_as
from tests.factories import SYSTEM, Country, make_officer
from tests.journeys.addresses import browser

PAGE = "/quan-tri/nhom/"


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.commune, Role.UNIT_ADMIN)


@pytest.fixture
def client(admin: Officer) -> Client:
    return browser(admin)


@pytest.fixture
def group(country: Country) -> Group:
    return create_group(agency=country.commune, name="Tổ xử lý đơn", rights=[Right.ASSIGN], by=SYSTEM)


def test_made_from_a_template_on_the_screen__R34(client: Client, country: Country) -> None:
    page = client.get(f"{PAGE}moi/", {"mau": "clerks"}).content.decode()
    assert 'value="Văn thư"' in page
    answer = client.post(
        f"{PAGE}moi/",
        {
            "name": "Văn thư",
            "agency": country.commune.pk,
            "template": "clerks",
            "rights": ["register", "import"],
        },
    )
    made = Group.objects.get()
    assert answer["Location"] == f"{PAGE}{made.pk}/"
    assert (made.template, made.rights) == ("clerks", ["import", "register"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"name": ""}, 422),
        ({"name": "x" * 121}, 422),
        ({"name": "TỔ XỬ LÝ ĐƠN"}, 422),
        ({"agency": ""}, 422),
        ({"agency": "abc"}, 422),
        ({"agency": "sister"}, 403),
        ({"agency": "court"}, 403),
        ({"rights": ["manage_accounts"]}, 422),
        ({"rights": ["bay"]}, 422),
        ({"template": "bay"}, 422),
    ],
)
def test_a_new_group_that_cannot_be_taken(
    client: Client, country: Country, group: Group, changes: dict[str, Any], status: int
) -> None:
    values = {"name": "Nhóm mới", "agency": country.commune.pk, "rights": ["assign"]} | changes
    if isinstance(where := getattr(country, str(values["agency"]), None), type(country.commune)):
        values["agency"] = where.pk
    answer = client.post(f"{PAGE}moi/", values)
    assert answer.status_code == status
    assert Group.objects.count() == 1
    if status == 422:
        assert "Chưa tạo được nhóm" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("doi-ten/", {"name": ""}, 422),
        ("quyen/", {"rights": ["manage_accounts"]}, 422),
        ("them/", {"post": ["x", "-1", "9" * 50]}, 302),
        ("them/", {}, 302),
        ("rut/", {"post": ["0"]}, 302),
        ("gop/", {}, 409),
        ("gop/", {"vao": "abc"}, 409),
        ("gop/", {"vao": "999999"}, 403),
        ("tach-lai/", {}, 409),
    ],
)
def test_bad_input_changes_nothing(
    client: Client, group: Group, path: str, data: dict[str, Any], status: int
) -> None:
    assert client.post(f"{PAGE}{group.pk}/{path}", data).status_code == status
    same = Group.objects.get()
    assert (same.name, same.rights) == (group.name, group.rights)
    assert not Membership.objects.exists()


def test_only_colleagues_of_the_agency_come_in(client: Client, country: Country, group: Group) -> None:
    far, near = make_officer(country.sister), make_officer(country.commune)
    client.post(f"{PAGE}{group.pk}/them/", {"post": [far.post_id, near.post_id]})
    assert Membership.objects.get().post == near.post


def test_oneself_is_refused(client: Client, admin: Officer, group: Group) -> None:
    assert client.post(f"{PAGE}{group.pk}/them/", {"post": [admin.post_id]}).status_code == 403


@pytest.mark.parametrize(
    "query", ["?sau=abc", "?sau=1~a~b", "?truoc=1~2~3~4", "?sau=" + "9" * 40, "?co-quan=x"]
)
def test_an_address_that_no_page_has_written(client: Client, group: Group, query: str) -> None:
    assert group.name in client.get(PAGE + query).content.decode()


def test_pages_by_key_lose_and_repeat_none(country: Country) -> None:
    admin = make_officer(country.province, Role.UNIT_ADMIN)
    for agency in (country.commune, country.sister):
        for at in range(6):
            create_group(agency=agency, name=f"Nhóm {at}", rights=[], by=SYSTEM)
    order = ("agency__lft", "name_fold", "pk")
    seen, page = [], keyed_page(groups_of(admin), order, size=5)
    while True:
        seen += page.rows
        if not page.next:
            break
        page = keyed_page(groups_of(admin), order, after=page.next, size=5)
    assert [group.pk for group in seen] == [group.pk for group in groups_of(admin).order_by(*order)]
    assert len(seen) == 12
    back = keyed_page(groups_of(admin), order, before=page.previous, size=5)
    assert back.rows == seen[5:10]


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "Chưa có nhóm nghiệp vụ nào" in client.get(PAGE).content.decode()


def test_behind_the_wall_an_officer_reads_groups_and_writes_none(country: Country, group: Group) -> None:
    officer = make_officer(country.commune)
    with acting_as(officer):
        assert Group.objects.get() == group
        assert Group.objects.update(rights=[Right.OPEN_VAULT.value]) == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Membership.objects.create(group=group, post=officer.post)
        with pytest.raises(ProgrammingError), transaction.atomic():
            AccessReview.objects.create(agency=country.commune, due_on="2026-12-01")
