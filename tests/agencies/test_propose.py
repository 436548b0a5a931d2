import pytest

from kntc.accounts.roles import Role
from kntc.agencies.actions import propose_body
from kntc.agencies.models import Agency, BodyKind, Level, Place
from kntc.agencies.queries import Resolver, resolve
from kntc.audit.actors import SystemActor
from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.audit.models import Entry
from tests.agencies.conftest import Catalogue
from tests.factories import make_officer


def test_a_missing_body_is_usable_at_once__R43(catalogue: Catalogue) -> None:
    officer = make_officer(Agency.objects.get(code="GLA-21829"))
    assert Resolver(catalogue.now).best("Trường Mầm non Hoa Hồng") is None
    body = propose_body(by=officer, name="  Trường Mầm non  Hoa Hồng ", kind=BodyKind.SCHOOL)
    assert (body.name, body.status, body.uses_system) == ("Trường Mầm non Hoa Hồng", "proposed", False)
    assert (body.parent, body.place_id, body.level) == (catalogue.now, "P52", Level.PROVINCE)
    assert body.code.startswith("GLA-DX-")
    found = Resolver(catalogue.now).best("trường MN Hoa Hồng")
    assert found
    assert found.agency == body
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.details["name"]) == ("agency.propose", "Trường Mầm non Hoa Hồng")


def test_a_body_of_a_commune(catalogue: Catalogue) -> None:
    place = Place.objects.get(pk="C21829")
    body = propose_body(
        by=make_officer(catalogue.now), name="Trường THCS Bình An", kind=BodyKind.SCHOOL, place=place
    )
    assert (body.level, body.place) == (Level.COMMUNE, place)


@pytest.mark.parametrize("name", ["", "  ", "abc", "12345", "Sở", "x" * 256])
def test_what_is_no_name_is_refused_with_what_to_do(catalogue: Catalogue, name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        propose_body(by=SystemActor(), name=name, kind=BodyKind.SCHOOL)
    assert "name" in refusal.value.errors


@pytest.mark.parametrize(
    "name", ["Sở Xây dựng", "sở XD tỉnh Gia Lai", "UBND xã Bình An", "Công ty Điện lực Gia Lai"]
)
def test_what_the_catalogue_has_is_not_added_again(catalogue: Catalogue, name: str) -> None:
    before = Agency.objects.count()
    with pytest.raises(InvalidInput, match="Đã có trong danh mục"):
        propose_body(by=make_officer(catalogue.now), name=name, kind=BodyKind.DEPARTMENT)
    assert Agency.objects.count() == before


def test_a_body_of_another_province_may_bear_the_same_name(catalogue: Catalogue) -> None:
    elsewhere = make_officer(Agency.objects.get(code="DLA"))
    body = propose_body(by=elsewhere, name="Trường THPT Quang Trung", kind=BodyKind.SCHOOL)
    assert body.code.startswith("DLA-DX-")
    first = resolve("Trường THPT Quang Trung", near=Agency.objects.get(code="DLA"))[0]
    assert first.agency == body


def test_an_unknown_kind_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(InvalidInput) as refusal:
        propose_body(by=make_officer(catalogue.now), name="Hợp tác xã Bình An", kind="ship")
    assert refusal.value.errors == {"kind": "Chọn loại cơ quan trong danh sách."}


def test_only_with_the_right(catalogue: Catalogue) -> None:
    with pytest.raises(NotAllowed):
        propose_body(
            by=make_officer(catalogue.now, Role.NATIONAL_ANALYST), name="Hợp tác xã A", kind=BodyKind.OTHER
        )
