"""Whatever stands in the register: formulas hold, sums say what the law's binding says, each cell opens its list."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kntc.agencies.models import Agency
from kntc.law.fields import fields
from kntc.law.tables import form
from kntc.petitions.choices import Handling, Kind
from kntc.petitions.derive import verdict
from kntc.petitions.models import Petition
from kntc.reports.cells import Cell, cell_filter
from kntc.reports.compile import Compiled, Row, form_for
from kntc.reports.conditions import Period
from kntc.reports.doubts import DOUBTS
from kntc.reports.rows import Part
from tests.factories import SYSTEM, Country, make_agency
from tests.reports.tables import COLUMNS, END, FORM, START, Fact, compiled, write

DAYS = st.integers(-60, 150).map(lambda days: START + timedelta(days))
LAW = form(FORM)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """A petition as the actions leave it: its verdict follows from its handling."""
    received = draw(DAYS)
    handling = draw(st.sampled_from(["", *Handling.values]))
    eligible, competent = verdict(handling)
    return Fact(
        draw(st.sampled_from(AGENCIES)),
        kind=draw(st.sampled_from(Kind.values)),
        received_on=received,
        handling=handling,
        handled_on=received + timedelta(draw(st.integers(0, 60))) if handling else None,
        eligible=eligible,
        competent=competent,
        instance=draw(st.sampled_from([None, 1, 2])),
        field=draw(st.sampled_from(["", *(field.code for field in fields())])),
        matter=draw(st.sampled_from(["", "m1", "m2", "m3"])),
    )


AGENCIES = ["AAA", "AAA-1", "AAA-2", "AAA-SXD", "AAA-TAX", "BBB", "BBB-1", "TTCP"]
SOME = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(SOME, max_examples=6)  # a statement for each cell


@pytest.fixture
def agencies(country: Country) -> dict[str, Agency]:
    make_agency("AAA-TAX", country.province, "department", name="Thuế tỉnh A", is_vertical=True)
    return {agency.code: agency for agency in Agency.objects.users()}


def written(found: list[Fact], agencies: dict[str, Agency]) -> list[Petition]:
    placed = [Fact(**{**vars(fact), "agency": agencies[str(fact.agency)]}) for fact in found]
    return write(placed)


@contextmanager
def undone() -> Iterator[None]:
    """Takes back what one example wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tables(agencies: dict[str, Agency]) -> list[Compiled]:
    return [compiled(agencies[code]) for code in ("TTCP", "AAA", "AAA-1", "BBB")]


def cell(row: Row, column: str) -> Cell:
    law, on = form_for(FORM, END)
    return Cell(law, column, row.agency, Period(START, END), row.part, on)


def opened(row: Row, column: str) -> set[int]:
    live = Petition.objects.visible_to(SYSTEM).live()
    return set(live.filter(cell_filter(cell(row, column), SYSTEM)).values_list("pk", flat=True))


@SOME
@given(found=st.lists(facts(), max_size=14))
def test_formulas_and_rules_hold_for_every_register(agencies: dict[str, Agency], found: list[Fact]) -> None:
    with undone():
        written(found, agencies)
        for table in tables(agencies):
            assert [finding for finding in table.findings if finding.is_error] == []
            for column in set(COLUMNS) - {5}:
                assert sum(row.values[column] for row in table.rows) == table.total.values[column]


@SOME
@given(found=st.lists(facts(), max_size=14))
def test_the_database_counts_what_the_law_says(agencies: dict[str, Agency], found: list[Fact]) -> None:
    with undone():
        petitions = written(found, agencies)
        for table in tables(agencies):
            inside = [p for p in petitions if _counts_for(p.agency, table.agency)]
            for column in LAW.columns:
                assert column.binding is not None
                counted = [p for p in inside if column.binding.matches(p, START, END)]
                expected = len({p.matter_id for p in counted}) if column.number == 5 else len(counted)
                assert table.total.values[column.number] == expected, column


def _counts_for(agency: Agency, root: Agency) -> bool:
    inside = agency in Agency.objects.subtree(root)
    return inside and (agency.code != "AAA-TAX" or root.code == "TTCP")


@FEW
@given(found=st.lists(facts(), min_size=6, max_size=14))
def test_every_cell_opens_as_many_petitions_as_it_says(
    agencies: dict[str, Agency], found: list[Fact]
) -> None:
    with undone():
        written(found, agencies)
        for table in (compiled(agencies["TTCP"]), compiled(agencies["AAA"])):
            for row in (*table.rows, table.total):
                for column, value in row.values.items():
                    assert len(opened(row, str(column))) == value, (row.label, column)


@SOME
@given(found=st.lists(facts(), min_size=1, max_size=14))
def test_every_doubt_opens_as_many_petitions_as_it_says(
    agencies: dict[str, Agency], found: list[Fact]
) -> None:
    with undone():
        written(found, agencies)
        table = compiled(agencies["AAA"])
        told = {finding.opens: finding.message for finding in table.findings}
        for doubt in DOUBTS:
            count = len(opened(table.total, doubt.code))
            assert (doubt.code in told) == (count > 0)
            assert not count or told[doubt.code].startswith(f"{count} đơn")


def test_a_petition_with_an_unknown_verdict_is_in_no_column_that_needs_it(
    agencies: dict[str, Agency],
) -> None:
    write([Fact(agencies["AAA-1"], handled_on=date(2026, 2, 1), eligible=None, competent=None)])
    table = compiled(agencies["AAA"])
    assert {n: v for n, v in table.total.values.items() if v} == {1: 1, 2: 1}
    assert len(opened(Row("", agencies["AAA-1"], Part.OWN, {}), "2")) == 1
