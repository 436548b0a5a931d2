"""The log: whole as long as nobody touches it, and it says what was touched."""

import pytest
from django.db import connection

from kntc.audit.chain import faults
from kntc.audit.models import ChainHead, Entry
from tests.factories import Country, make_officer, make_petition


@pytest.fixture
def log(country: Country) -> list[Entry]:
    by = make_officer(country.commune)
    for day in range(1, 4):
        make_petition(country.commune, by, summary=f"Đơn {day}")
    make_petition(country.sister, make_officer(country.sister))
    return list(Entry.objects.order_by("chain", "sequence"))


def test_an_untouched_log_is_whole(log: list[Entry]) -> None:
    assert len(log) == 4
    assert list(faults()) == []


def test_entries_say_who_did_what_in_which_post(log: list[Entry]) -> None:
    entry = log[0]
    assert (entry.action, entry.subject_type, entry.post) == (
        "petition.register",
        "petitions.petition",
        "Công chức",
    )
    assert entry.actor.startswith("Nguyễn Thị")


def test_a_changed_entry_is_named(log: list[Entry]) -> None:
    Entry.objects.filter(pk=log[1].pk).update(actor="Người khác")
    assert [fault for fault in faults() if f"id {log[1].pk}" in fault]


def test_changed_details_are_named(log: list[Entry]) -> None:
    Entry.objects.filter(pk=log[1].pk).update(details={"number": "khác"})
    assert len(list(faults())) == 1


def test_an_entry_taken_out_of_the_middle_is_named(log: list[Entry]) -> None:
    chain = log[0].chain
    Entry.objects.filter(chain=chain, sequence=2).delete()
    assert any("thiếu mục 2" in fault for fault in faults())


def test_an_entry_taken_off_the_end_is_named(log: list[Entry]) -> None:
    Entry.objects.filter(chain=log[0].chain, sequence=3).delete()
    assert any("thiếu mục 3" in fault for fault in faults())


def test_a_whole_chain_taken_out_is_named(log: list[Entry]) -> None:
    Entry.objects.filter(chain=log[0].chain).delete()
    assert any("thiếu mục 1 đến 3" in fault for fault in faults())


def test_a_lost_head_is_named(log: list[Entry]) -> None:
    ChainHead.objects.filter(chain=log[0].chain).delete()
    assert any("mất đầu chuỗi" in fault for fault in faults())


def test_the_application_role_can_only_add(log: list[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('kntc_app', 'audit_entry', 'INSERT'),"
            " has_table_privilege('kntc_app', 'audit_entry', 'UPDATE'),"
            " has_table_privilege('kntc_app', 'audit_entry', 'DELETE'),"
            " has_table_privilege('kntc_app', 'petitions_petitionevent', 'DELETE')"
        )
        assert cursor.fetchone() == (True, False, False, False)
