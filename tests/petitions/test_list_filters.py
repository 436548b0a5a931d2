"""What the list can be narrowed by: each filter, its label, its taking away, and what cannot be read."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.agencies.models import Agency
from kntc.petitions import extra_filters
from kntc.petitions.actions import link_matter
from kntc.petitions.choices import Kind, ReflectionKind, Source
from kntc.petitions.extra_filters import Filter
from kntc.petitions.models import Petition
from kntc.settlement.models import Case
from tests.factories import SYSTEM, Country, handle, make_officer, make_petition
from tests.petitions.browsing import listed, page_of, tabs

TODAY = timezone.localdate


@pytest.fixture
def chief(country: Country) -> Officer:
    """Sees the whole of province A."""
    return make_officer(country.province)


Make = Callable[[Country], Petition]


def _plain(country: Country, **values: Any) -> Petition:
    return make_petition(country.commune, **values)


def _handled(country: Country, handling: str, on: date, received_on: date = date(2026, 3, 10)) -> Petition:
    return handle(_plain(country, received_on=received_on), handling, on, destination_id=country.court.pk)


def _settled(country: Country, settled_on: date, due_on: date) -> Petition:
    petition = _handled(country, "accept", date(2026, 3, 12))
    Case.objects.filter(petition=petition).update(settled_on=settled_on, due_on=due_on, status="settled")
    return petition


def _open_case(country: Country, due_on: date) -> Petition:
    petition = _handled(country, "accept", date(2026, 3, 12))
    Case.objects.filter(petition=petition).update(due_on=due_on)
    return petition


def _due(country: Country, days: int) -> Petition:
    petition = _plain(country)
    Petition.objects.filter(pk=petition.pk).update(due_on=TODAY() + timedelta(days))
    return petition


CASES: dict[str, tuple[Make, Make]] = {
    # query: (a petition that fits, one that does not)
    "kind=denunciation": (lambda c: _plain(c, kind=Kind.DENUNCIATION), _plain),
    "kind=reflection&reflection_kind=proposal": (
        lambda c: _plain(c, kind=Kind.REFLECTION, reflection_kind=ReflectionKind.PROPOSAL),
        lambda c: _plain(c, kind=Kind.REFLECTION),
    ),
    "reflection_kind=feedback": (
        lambda c: _plain(c, kind=Kind.REFLECTION, reflection_kind=ReflectionKind.FEEDBACK), _plain,
    ),
    "reflection_kind=none": (
        lambda c: _plain(c, kind=Kind.REFLECTION),
        lambda c: _plain(c, kind=Kind.REFLECTION, reflection_kind=ReflectionKind.PROPOSAL),
    ),
    "source=online": (lambda c: _plain(c, source=Source.ONLINE), _plain),
    "field=land": (
        lambda c: _plain(c, field_code="land.recovery"), lambda c: _plain(c, field_code="environment"),
    ),
    "field=land.recovery": (
        lambda c: _plain(c, field_code="land.recovery"), lambda c: _plain(c, field_code="land"),
    ),
    "field=none": (_plain, lambda c: _plain(c, field_code="land")),
    "agency=AAA-2": (lambda c: make_petition(c.sister), _plain),
    "agency=AAA&subtree=0": (lambda c: make_petition(c.province), _plain),
    "from=11/3/2026": (lambda c: _plain(c, received_on=date(2026, 3, 11)), _plain),
    "from=2026-03-11&to=2026-03-12": (
        lambda c: _plain(c, received_on=date(2026, 3, 12)), lambda c: _plain(c, received_on=date(2026, 3, 13)),
    ),
    "to=09/03/2026": (lambda c: _plain(c, received_on=date(2026, 3, 9)), _plain),
    "basis=handled&from=15/3/2026&to=15/3/2026": (
        lambda c: _handled(c, "file", date(2026, 3, 15)), lambda c: _handled(c, "file", date(2026, 3, 14)),
    ),
    "basis=accepted&from=15/3/2026": (
        lambda c: _handled(c, "accept", date(2026, 3, 15)), lambda c: _handled(c, "accept", date(2026, 3, 14)),
    ),
    "basis=settled&to=31/3/2026": (
        lambda c: _settled(c, date(2026, 3, 31), date(2026, 4, 30)),
        lambda c: _settled(c, date(2026, 4, 1), date(2026, 4, 30)),
    ),
    "handling=transfer": (
        lambda c: _handled(c, "transfer", date(2026, 3, 12)), lambda c: _handled(c, "guide", date(2026, 3, 12)),
    ),
    "handling=none": (_plain, lambda c: _handled(c, "file", date(2026, 3, 12))),
    "state=settling": (lambda c: _handled(c, "accept", date(2026, 3, 12)), _plain),
    "late=overdue": (lambda c: _due(c, -1), lambda c: _due(c, 0)),
    "late=overdue&handling=accept": (
        lambda c: _open_case(c, TODAY() - timedelta(1)), lambda c: _open_case(c, TODAY()),
    ),
    "late=soon": (lambda c: _due(c, 3), lambda c: _due(c, 4)),
    "late=handled_in_time": (
        lambda c: _handled(c, "file", date(2026, 3, 20)), lambda c: _handled(c, "file", date(2026, 3, 23)),
    ),
    "late=handled_late": (
        lambda c: _handled(c, "file", date(2026, 3, 23)), lambda c: _handled(c, "file", date(2026, 3, 20)),
    ),
    "late=settled_in_time": (
        lambda c: _settled(c, date(2026, 4, 1), date(2026, 4, 1)),
        lambda c: _settled(c, date(2026, 4, 2), date(2026, 4, 1)),
    ),
    "late=settled_late": (
        lambda c: _settled(c, date(2026, 4, 2), date(2026, 4, 1)),
        lambda c: _settled(c, date(2026, 4, 1), date(2026, 4, 1)),
    ),
    "backfilled=1": (lambda c: _plain(c, backfilled=True), _plain),
    "backfilled=0": (_plain, lambda c: _plain(c, backfilled=True)),
    "own=1": (lambda c: make_petition(c.province), _plain),
}  # fmt: skip


@pytest.mark.parametrize("query", CASES)
def test_a_filter_lets_through_what_fits_and_nothing_else(
    country: Country, chief: Officer, query: str
) -> None:
    fits, _ = (make(country) for make in CASES[query])
    page = page_of(chief, query)
    assert listed(chief, query) == [fits.number]
    if "kind" not in query:
        assert tabs(page)["Tất cả"] == "1"
        assert page.count('class="chip"') >= 1


def test_a_period_by_another_date_is_another_list__R19(country: Country, chief: Officer) -> None:
    old = _plain(country, received_on=date(2018, 9, 3), backfilled=True)
    year = "from=01/01/2018&to=31/12/2018"
    assert listed(chief, year) == [old.number]
    assert "Ngày nhận đơn: 01/01/2018 – 31/12/2018" in page_of(chief, year)
    assert listed(chief, f"basis=entered&{year}") == []
    assert "Ngày nhập vào hệ thống: 01/01/2018 – 31/12/2018" in page_of(chief, f"basis=entered&{year}")


def test_repeated_petitions_of_a_matter(country: Country, chief: Officer) -> None:
    first, second, _alone = (_plain(country) for _ in range(3))
    link_matter(petition=second, other=first, by=SYSTEM)
    assert listed(chief, "repeat=1") == [second.number, first.number]


def test_an_agency_with_all_below_it_by_its_day(country: Country, chief: Officer) -> None:
    own, below = make_petition(country.province), make_petition(country.commune)
    assert listed(chief, "agency=AAA") == [below.number, own.number]
    # What the commune received stays the commune's, though the province answers for it today.
    Petition.objects.filter(pk=below.pk).update(keeper=country.province)
    Agency.objects.filter(pk=country.commune.pk).update(valid_to=date(2026, 6, 30))
    assert listed(chief, "agency=AAA-1") == [below.number]
    assert listed(make_officer(country.commune)) == []


def test_filters_add_up_and_each_can_be_taken_away(country: Country, chief: Officer) -> None:
    wanted = _plain(country, kind=Kind.DENUNCIATION, source=Source.ONLINE, received_on=date(2026, 4, 1))
    _plain(country, kind=Kind.DENUNCIATION, source=Source.ONLINE)
    query = "kind=denunciation&source=online&from=01/04/2026&q=thu&sort=number"
    page = page_of(chief, query)
    assert listed(chief, query) == [wanted.number]
    assert (
        'href="?kind=denunciation&amp;source=online&amp;q=thu&amp;sort=number">Ngày nhận đơn: từ 01/04/2026'
        in page
    )
    assert "Nguồn: Trực tuyến, thư điện tử" in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=31/02/2018", "31/02/2018 không có trong lịch"),
        ("to=tháng 9/2018", "chỉ có tháng, thiếu ngày"),
        ("from=02/01/2026&to=01/01/2026", "Đến ngày đứng trước từ ngày"),
        ("kind=xyz", "“xyz” không có trong danh sách này"),
        ("basis=birthday&from=01/01/2026", "“birthday” không có trong danh sách này"),
        ("field=<b>", "“&lt;b&gt;” không có trong danh sách này"),
        ("agency=NOWHERE", "Không có cơ quan nào mang mã “NOWHERE”"),
        ("late=%27", "không có trong danh sách này"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_shown(
    country: Country, chief: Officer, query: str, message: str
) -> None:
    petition = _plain(country)
    page = page_of(chief, query, status=422)
    assert message in page
    assert petition.number not in page
    assert "Mở bộ lọc để sửa" in page
    assert message in page_of(chief, query, path="/don/bo-loc/")


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room above brings a filter; 7 is no batch of this officer's."""

    def provide(query: QueryDict, actor: object) -> Filter | None:
        number = query["dot_nhap"]
        if number == "7":
            return None
        narrow = Q(source=Source.ONLINE)
        return Filter(lambda petitions: petitions.filter(narrow), f"Đợt nhập {number}", ("dong",))

    monkeypatch.setitem(extra_filters.PROVIDERS, "dot_nhap", provide)


def test_a_filter_of_a_room_above(country: Country, chief: Officer, batch: None) -> None:
    wanted, _ = _plain(country, source=Source.ONLINE), _plain(country)
    page = page_of(chief, "dot_nhap=3&dong=4&kind=complaint")
    assert listed(chief, "dot_nhap=3&dong=4") == [wanted.number]
    assert 'href="?kind=complaint">Đợt nhập 3' in page
    assert '<input type="hidden" name="dot_nhap" value="3">' in page


def test_a_filter_that_is_not_this_officer_s_shows_nothing(
    country: Country, chief: Officer, batch: None
) -> None:
    petition = _plain(country)
    page = page_of(chief, "dot_nhap=7", status=422)
    assert "không còn, hoặc không thuộc phạm vi bạn được xem" in page
    assert petition.number not in page
