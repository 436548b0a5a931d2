"""A small country for tests: agencies, officers, petitions, made through the real actions wherever there is one."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from kntc.accounts.models import Account, Post
from kntc.accounts.officers import Officer, posts_of
from kntc.accounts.roles import RIGHTS, Role
from kntc.agencies.models import Agency, BodyKind, Level
from kntc.agencies.tree import renumber
from kntc.audit.actors import SystemActor
from kntc.audit.rights import Right
from kntc.petitions.actions import Result, handle_petition, register_petition
from kntc.petitions.choices import Handling, Kind, PartyRole, Source
from kntc.petitions.entry import NewParty, NewPetition
from kntc.petitions.models import Petition
from kntc.settlement.actions import accept_petition

SYSTEM = SystemActor()
PASSWORD = "mat-khau-cua-bai-kiem-tra"
_serial = count(1)


def make_agency(code: str, parent: Agency | None = None, level: str = Level.COMMUNE, **values: Any) -> Agency:
    """An agency that uses the system; the tree is numbered anew."""
    values = {"name": f"Ủy ban nhân dân {code}", "kind": BodyKind.COMMITTEE} | values
    agency = Agency.objects.create(code=code, parent=parent, level=level, **values)
    renumber()
    agency.refresh_from_db()
    return agency


def make_body(name: str, **values: Any) -> Agency:
    """A body of the directory, which does not use the system."""
    values = {"code": f"BODY-{next(_serial)}", "kind": BodyKind.OTHER, "level": Level.DEPARTMENT} | values
    return Agency.objects.create(name=name, uses_system=False, **values)


@cache
def _password() -> str:
    """Hashed once for all: argon2 is slow on purpose."""
    return make_password(PASSWORD)


def make_officer(
    agency: Agency,
    role: Role = Role.OFFICER,
    *,
    login: str = "",
    oversees: Agency | None = None,
    title: str = "Công chức",
) -> Officer:
    """An account with one post in this agency."""
    login = login or f"nguoi.{next(_serial)}"
    account = Account(login=login, full_name=f"Nguyễn Thị {login.title()}")
    account.password = _password()
    account.save()
    post = Post.objects.create(account=account, agency=agency, role=role, title=title, oversees=oversees)
    return officer_of(post)


def make_index_reader(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> Officer:
    """Finds petitions and reads none. No role does so today (R57); the wall around the content holds all the same."""
    monkeypatch.setitem(RIGHTS, Role.UNIT_ADMIN, frozenset({Right.READ, Right.VOID, Right.RESTORE}))
    return make_officer(agency, Role.UNIT_ADMIN)


def officer_of(post: Post) -> Officer:
    """The officer who acts in this post, as a request builds it."""
    return Officer(posts_of(post.account).get(pk=post.pk))


def entry(agency: Agency, **values: Any) -> NewPetition:
    """What an officer of this agency might type in. `name`, `address`, `id_number` are the petitioner's."""
    person = {
        key: values.pop(key)
        for key in ("name", "address", "id_number", "birth_year", "phone")
        if key in values
    }
    person = {"name": "Trần Văn Bình", "address": "thôn 3, xã An Lương"} | person
    defaults: dict[str, Any] = {
        "kind": Kind.COMPLAINT,
        "source": Source.POST,
        "received_on": date(2026, 3, 10),
        "summary": "Khiếu nại quyết định thu hồi đất",
        "content": "Gia đình tôi không đồng ý quyết định thu hồi đất số 145/QĐ-UBND.",
        "parties": [
            NewParty(**person),
            NewParty(role=PartyRole.RESPONDENT, name="Chủ tịch UBND xã", organisation="UBND xã An Lương"),
        ],
    }
    return NewPetition(agency=agency, **(defaults | values))


def make_petition(agency: Agency, by: Any = SYSTEM, **values: Any) -> Petition:
    """A registered petition."""
    return register_petition(entry=entry(agency, **values), by=by)


def handle(petition: Petition, handling: str, on: date, by: Any = SYSTEM, **values: Any) -> Petition:
    """The petition examined with this result; acceptance opens its case."""
    petition = Petition.objects.get(pk=petition.pk)
    result = Result(handling=handling, handled_on=on, **values)
    if handling == Handling.ACCEPT:
        accept_petition(petition=petition, result=result, version=petition.version, by=by)
        return Petition.objects.get(pk=petition.pk)
    return handle_petition(petition=petition, result=result, version=petition.version, by=by)


@dataclass
class Country:
    """TTCP over two provinces; the first has two communes and a department."""

    root: Agency
    province: Agency
    commune: Agency
    sister: Agency
    department: Agency
    elsewhere: Agency
    far_commune: Agency
    court: Agency


def make_country() -> Country:
    """The smallest country in which every relation between two agencies occurs."""
    root = make_agency("TTCP", level=Level.CENTRAL, name="Thanh tra Chính phủ", kind=BodyKind.INSPECTORATE)
    province = make_agency("AAA", root, Level.PROVINCE, name="Ủy ban nhân dân tỉnh A")
    commune = make_agency("AAA-1", province, name="Ủy ban nhân dân xã An Lương")
    sister = make_agency("AAA-2", province, name="Ủy ban nhân dân xã Bình Hòa")
    department = make_agency(
        "AAA-SXD", province, Level.DEPARTMENT, name="Sở Xây dựng", kind=BodyKind.DEPARTMENT
    )
    elsewhere = make_agency("BBB", root, Level.PROVINCE, name="Ủy ban nhân dân tỉnh B")
    far_commune = make_agency("BBB-1", elsewhere, name="Ủy ban nhân dân xã Cẩm Sơn")
    court = make_body("Tòa án nhân dân tỉnh A", kind=BodyKind.COURT)
    for agency in (root, province, commune, sister, department, elsewhere, far_commune):
        agency.refresh_from_db()
    return Country(root, province, commune, sister, department, elsewhere, far_commune, court)
