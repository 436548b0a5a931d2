"""Pages by key: no petition is lost or shown twice, whatever is equal and whatever has no value."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kntc.petitions.models import Petition
from kntc.petitions.paging import NEWEST, SORTS, KeyedPage, Sort, keyed_page
from tests.factories import Country, make_petition

COUNT = 14
DAY = date(2026, 3, 10)


@pytest.fixture
def petitions(country: Country) -> list[Petition]:
    return [make_petition(country.commune) for _ in range(COUNT)]


def walk(
    sort: Sort, size: int, direction: str = "next", query: dict[str, str] | None = None
) -> list[KeyedPage]:
    """Every page that links lead to."""
    pages = [keyed_page(Petition.objects.all(), sort, query or {}, size)]
    parameter = {"next": "after", "previous": "before"}[direction]
    while place := getattr(pages[-1], direction):
        pages.append(keyed_page(Petition.objects.all(), sort, {parameter: place}, size))
        assert len(pages) <= COUNT + 1
    return pages


def keys(pages: list[KeyedPage]) -> list[int]:
    return [petition.pk for page in pages for petition in page.rows]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 2), st.none() | st.integers(0, 2)), min_size=COUNT, max_size=COUNT),
    st.integers(1, 6),
    st.sampled_from(list(SORTS.values())),
)
def test_every_petition_once_forwards_and_backwards(
    petitions: list[Petition], days: list[tuple[int, int | None]], size: int, sort: Sort
) -> None:
    for petition, (received, due) in zip(petitions, days, strict=True):
        petition.received_on = DAY + timedelta(received)
        petition.due_on = None if due is None else DAY + timedelta(due)
    Petition.objects.bulk_update(petitions, ["received_on", "due_on"])
    forwards = walk(sort, size)
    assert sorted(keys(forwards)) == sorted(petition.pk for petition in petitions)
    assert keys(forwards) == [petition.pk for petition in sort.sorted(Petition.objects.all())]
    assert keys(forwards) == list(Petition.objects.order_by(*sort.order()).values_list("pk", flat=True))
    last = forwards[-1]
    backwards = walk(sort, size, "previous", {"before": sort.write(sort.place(last.rows[0]))})
    seen = [key for page in reversed(backwards) for key in keys([page])]
    if len(forwards) > 1:
        assert seen + keys([last]) == keys(forwards)


def test_rows_that_come_in_between_move_no_page(country: Country, petitions: list[Petition]) -> None:
    first = keyed_page(Petition.objects.all(), NEWEST, {}, 5)
    make_petition(country.commune, received_on=date(2026, 3, 11))
    second = keyed_page(Petition.objects.all(), NEWEST, {"after": first.next}, 5)
    assert not set(keys([first])) & set(keys([second]))
    assert keys([first, second]) == sorted((p.pk for p in petitions), reverse=True)[:10]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "~~",
        "x",
        "2026-03-10~",
        "2026-13-40~5",
        "~5",
        "2026-03-10~-5",
        f"2026-03-10~{2**70}",
        "\0~1",
        "2026-03-10~٣٣x",
    ],
)
def test_an_address_that_names_no_place_begins_the_list(petitions: list[Petition], text: str) -> None:
    assert keys([keyed_page(Petition.objects.all(), NEWEST, {"after": text}, 5)]) == keys(
        [keyed_page(Petition.objects.all(), NEWEST, {}, 5)]
    )
