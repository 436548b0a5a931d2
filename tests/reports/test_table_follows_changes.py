"""A void, a restoration, a correction: the table is right at once, and the preview said so (R31)."""

from datetime import date
from typing import Any

from kntc.accounts.roles import Role
from kntc.audit.walls import acting_as
from kntc.petitions import effects
from kntc.petitions.actions import (
    correct_petition,
    handle_petition,
    link_matter,
    register_petition,
    restore_petition,
    void_petition,
)
from kntc.petitions.actions.correcting import entry_of
from kntc.petitions.actions.handling import Result
from kntc.petitions.choices import Handling, Kind
from kntc.petitions.models import Petition
from tests.factories import SYSTEM, Country, handle, make_officer, make_petition
from tests.reports.tables import by_row, compiled, numbers

YEAR = (date(2025, 12, 15), date(2026, 12, 14))


def accepted(country: Country, **values: Any) -> Petition:
    values = {"received_on": date(2026, 3, 2), "field_code": "land.recovery"} | values
    return handle(make_petition(country.commune, **values), Handling.ACCEPT, date(2026, 3, 9))


def preview(petition: Petition, by: Any = SYSTEM) -> dict[str, tuple[int, int]]:
    return {effect.label: (effect.before, effect.after) for effect in effects.of_voiding(petition, by)}


def test_a_void_changes_every_table_at_once_and_restoring_brings_it_back__R31(country: Country) -> None:
    accepted(country)
    petition = accepted(country)
    before = compiled(country.root, *YEAR)
    void_petition(petition=petition, reason="nhập trùng", by=SYSTEM)
    after = compiled(country.root, *YEAR)
    assert (before.total.values[6], after.total.values[6], by_row(after, 6)) == (2, 1, {"AAA": 1})
    restore_petition(petition=petition, by=SYSTEM)
    assert compiled(country.root, *YEAR).total.values == before.total.values


def test_the_preview_names_each_column_that_the_void_then_changes__R31(country: Country) -> None:
    accepted(country)
    petition = accepted(country)
    before = compiled(country.commune, *YEAR).total.values
    said = preview(petition)
    void_petition(petition=petition, reason="nhập trùng", by=SYSTEM)
    after = compiled(country.commune, *YEAR).total.values
    changed = {n: (before[n], after[n]) for n in before if before[n] != after[n]}
    assert sorted(changed) == [1, 2, 3, 4, 5, 6, 7, 9]
    assert list(said.values()) == list(changed.values())
    assert said["Biểu 02/XLD năm 2026, cột 6 (Khiếu nại, tổng số đơn), Ủy ban nhân dân xã An Lương"] == (2, 1)
    assert "Biểu 02/XLD năm 2026, cột 9 (Khiếu nại, đất đai), Ủy ban nhân dân xã An Lương" in said
    assert "Biểu 02/XLD năm 2026, cột 7 (Khiếu nại lần đầu), Ủy ban nhân dân xã An Lương" in said


def test_a_matter_that_another_petition_keeps_does_not_leave_column_5(country: Country) -> None:
    first, second = accepted(country), accepted(country)
    link_matter(petition=second, other=first, by=SYSTEM)
    second.refresh_from_db()
    assert not [label for label in preview(second) if "cột 5 " in label]
    assert compiled(country.commune, *YEAR).total.values[5] == 1
    void_petition(petition=second, reason="nhập trùng", by=SYSTEM)
    assert compiled(country.commune, *YEAR).total.values[5] == 1


def test_an_unhandled_petition_leaves_only_the_first_column(country: Country) -> None:
    petition = make_petition(country.commune, received_on=date(2026, 3, 2))
    assert list(preview(petition)) == [
        "Biểu 02/XLD năm 2026, cột 1 (Tổng số đơn), Ủy ban nhân dân xã An Lương"
    ]


def test_the_year_of_the_preview_is_the_statutory_one(country: Country) -> None:
    petition = make_petition(country.commune, received_on=date(2025, 12, 15))
    assert all("năm 2026" in label for label in preview(petition))
    petition = make_petition(country.commune, received_on=date(2025, 12, 14))
    assert all("năm 2025" in label for label in preview(petition))


def test_the_preview_runs_behind_the_walls_of_who_asks(country: Country) -> None:
    accepted(country)
    petition = accepted(country)
    officer = make_officer(country.commune)
    with acting_as(officer):
        assert preview(petition, officer)


def test_a_voided_petition_has_no_preview(country: Country) -> None:
    petition = void_petition(petition=accepted(country), reason="nhập trùng", by=SYSTEM)
    assert preview(petition) == {}


def test_a_correction_moves_the_petition_to_its_right_column__R29(country: Country) -> None:
    petition = accepted(country)
    entry = entry_of(petition)
    entry.kind, entry.field_code = Kind.DENUNCIATION, "corruption.abuse"
    correct_petition(petition=petition, entry=entry, version=petition.version, by=SYSTEM, reason="nhầm loại")
    assert numbers(compiled(country.commune, *YEAR)) == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 12: 1, 13: 1, 16: 1}


def test_what_an_officer_registers_and_handles_is_in_the_table_of_the_nation(country: Country) -> None:
    from tests.factories import entry

    officer = make_officer(country.commune, Role.OFFICER)
    petition = register_petition(entry=entry(country.commune, received_on=date(2026, 3, 2)), by=officer)
    result = Result(Handling.TRANSFER, date(2026, 3, 5), destination_id=country.court.pk)
    handle_petition(petition=petition, result=result, version=petition.version, by=officer)
    assert numbers(compiled(country.root, *YEAR)) == {1: 1, 2: 1, 3: 1, 23: 1, 25: 1}
