from datetime import date

from django.db.models import Count, F

from kntc.agencies.load import Loaded, load_catalogues
from kntc.agencies.models import Agency, AgencyAlias, BodyKind, Level, Place, PlaceSuccession
from kntc.agencies.queries import tree
from tests.agencies.conftest import Catalogue, register_rows


def count_by_level(root: Agency) -> dict[str, int]:
    rows = Agency.objects.subtree(root).order_by().values("level").annotate(n=Count("id"))
    return {row["level"]: row["n"] for row in rows}


def test_binh_dinh_as_it_was__R2(catalogue: Catalogue) -> None:
    assert count_by_level(catalogue.before) == {
        Level.PROVINCE: 1,
        Level.DEPARTMENT: 25,
        Level.DISTRICT: 11,
        Level.COMMUNE: 155,
    }
    last_days = set(Agency.objects.subtree(catalogue.before).values_list("valid_to", flat=True))
    assert last_days == {date(2025, 6, 30)}
    assert catalogue.before.is_closed


def test_gia_lai_as_it_is(catalogue: Catalogue) -> None:
    levels = count_by_level(catalogue.now)
    assert levels[Level.COMMUNE] == 135
    assert levels[Level.DEPARTMENT] >= 15
    assert Level.DISTRICT not in levels
    assert not Agency.objects.subtree(catalogue.now).exclude(valid_to=None).exists()


def test_the_country(catalogue: Catalogue) -> None:
    today = Agency.objects.users().valid_on(date(2026, 11, 24))
    assert today.filter(level=Level.PROVINCE).count() == 34
    assert today.filter(level=Level.COMMUNE).count() == 3321
    root = Agency.objects.get(parent=None, uses_system=True)
    assert (root.code, root.name) == ("TTCP", "Thanh tra Chính phủ")
    assert len(tree(root)) == Agency.objects.users().count()
    assert Agency.objects.get(code="GLA-21769").name == "Ủy ban nhân dân xã An Lương"


def test_the_departments_are_just_those_of_the_register(catalogue: Catalogue) -> None:
    names = {row.unit for row in register_rows()}
    assert len({name for name in names if not name.startswith("UBND")}) == 25


def test_the_directory_has_every_kind_of_destination__R45(catalogue: Catalogue) -> None:
    here = Agency.objects.bodies().filter(place__in=["LP52", "P52"]) | Agency.objects.bodies().filter(
        code__startswith="BDI"
    )
    assert here.distinct().count() >= 400
    kinds = set(Agency.objects.bodies().values_list("kind", flat=True))
    assert kinds >= {
        BodyKind.COURT, BodyKind.PROCURACY, BodyKind.ENFORCEMENT, BodyKind.POLICE, BodyKind.ARMY, BodyKind.AUDIT,
        BodyKind.TAX, BodyKind.TREASURY, BodyKind.INSURANCE, BodyKind.ASSEMBLY, BodyKind.COUNCIL, BodyKind.PARTY,
        BodyKind.FRONT, BodyKind.UNION, BodyKind.ASSOCIATION, BodyKind.HEALTH, BodyKind.SCHOOL, BodyKind.SERVICE,
        BodyKind.BOARD, BodyKind.ENTERPRISE, BodyKind.PRESS, BodyKind.RELIGION, BodyKind.MINISTRY,
    }  # fmt: skip


def test_no_two_bodies_share_name_and_place(catalogue: Catalogue) -> None:
    twins = Agency.objects.order_by().values("name_fold", "place").annotate(n=Count("id")).filter(n__gt=1)
    assert list(twins) == []


def test_places_know_what_they_became(catalogue: Catalogue) -> None:
    assert Place.objects.count() == 14_165
    # Wards of Quy Nhơn as the National Assembly's committee arranged them.
    became = dict(
        PlaceSuccession.objects.filter(old__parent__name="Thành phố Quy Nhơn").values_list(
            "old__name", "new__name"
        )
    )
    assert became["Phường Quang Trung"] == became["Phường Ghềnh Ráng"] == "Phường Quy Nhơn Nam"
    assert became["Phường Nhơn Bình"] == became["Xã Nhơn Lý"] == "Phường Quy Nhơn Đông"
    assert became["Phường Trần Phú"] == "Phường Quy Nhơn"
    assert became["Xã Nhơn Châu"] == "Xã Nhơn Châu"


def test_every_succession_of_places_has_one_default_and_stays_in_the_province(catalogue: Catalogue) -> None:
    defaults = PlaceSuccession.objects.filter(is_default=True).values("old")
    assert defaults.count() == defaults.distinct().count()
    assert defaults.count() == PlaceSuccession.objects.values("old").distinct().count()
    canh_lien = PlaceSuccession.objects.filter(old__name="Xã Canh Liên").order_by("-is_default")
    assert [link.new.name for link in canh_lien] == ["Xã Canh Liên", "Xã Canh Vinh"]
    below = PlaceSuccession.objects.filter(old__parent__parent__becomes__new=F("new__parent"))
    communes = PlaceSuccession.objects.filter(new__parent__isnull=False)
    assert below.count() == communes.count()


def test_loading_again_changes_nothing(catalogue: Catalogue) -> None:
    before = list(Agency.objects.order_by("id").values())
    aliases = AgencyAlias.objects.count()
    assert load_catalogues() == Loaded(0, 0, 0, 0)
    assert list(Agency.objects.order_by("id").values()) == before
    assert AgencyAlias.objects.count() == aliases


def test_loading_again_keeps_what_people_have_done(catalogue: Catalogue) -> None:
    renamed = Agency.objects.get(code="GLA-SXD")
    renamed.name = "Sở Xây dựng và Giao thông tỉnh Gia Lai"
    renamed.save()
    AgencyAlias.objects.filter(agency__code="BDI-THUE").delete()
    commune = Agency.objects.users().filter(parent__code="DLA").first()
    assert commune
    commune.delete()
    assert load_catalogues().agencies == 1
    renamed.refresh_from_db()
    assert renamed.name == "Sở Xây dựng và Giao thông tỉnh Gia Lai"
    assert not AgencyAlias.objects.filter(agency__code="BDI-THUE").exists()
    back = Agency.objects.get(code=commune.code)
    assert back in Agency.objects.subtree(Agency.objects.get(code="DLA"))


def test_what_an_agency_was_is_kept(catalogue: Catalogue) -> None:
    agency = Agency.objects.get(code="GLA-SXD")
    assert agency.events.count() == 0
    agency.name = "Sở Xây dựng và Giao thông tỉnh Gia Lai"
    agency.save()
    assert list(agency.events.values_list("name", flat=True)) == ["Sở Xây dựng tỉnh Gia Lai"]
