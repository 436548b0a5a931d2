# ruff: noqa: E501  rows of a sheet are rows of the source
"""Rows that look like one another or like a petition already there are shown with the reasons; a person decides (R05)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.audit.errors import Refused
from kntc.audit.walls import acting_as
from kntc.petitions.choices import Kind
from kntc.petitions.models import Matter, Petition
from kntc.registers.actions import skip_row, start_import
from kntc.registers.duplicates import Traits, alike
from kntc.registers.models import Batch, LikelyDuplicate
from kntc.registers.running import bring_in_all
from kntc.vietnamese import fold, name_bag, name_key
from tests.factories import SYSTEM, Country, make_officer, make_petition
from tests.registers.books import plain_register, row
from tests.registers.bringing import bring_in, counts, examined

LAND = "Khiếu nại quyết định thu hồi đất số 145/QĐ-UBND của huyện đối với thửa 12 tờ bản đồ số 5"
LAND_AGAIN = "Khiếu nại Quyết định thu hồi đất số 145/QĐ-UBND của huyện đối với thửa 12, tờ bản đồ 5."
ROAD = "Kiến nghị sửa chữa đường liên thôn bị ngập nước vào mùa mưa, học sinh không đi học được"


def traits(
    name: str = "Nguyễn Văn An", content: str = LAND, number: str = "", day: date = date(2018, 2, 5)
) -> Traits:
    return Traits("Sổ", 1, day, name_bag(name), name_key(name), number, fold(content), "complaint")


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (traits(), traits("NGUYỄN VĂN AN", LAND_AGAIN), "cùng họ tên"),
        (traits(), traits("Ông Nguyễn Văn An", LAND_AGAIN), "cùng họ tên"),
        (traits(), traits("Nguyen Van An", LAND_AGAIN), "cùng họ tên"),
        (traits(), traits("An Nguyễn Văn", LAND_AGAIN), "cùng họ tên"),
        (traits(), traits("Nguyễn Văn Ân", LAND_AGAIN), "cùng họ tên"),
        (traits(), traits("Nguyễn Vân Anh", LAND_AGAIN), "họ tên gần giống"),
        (traits(number="052000000001"), traits("Trần Thị B", LAND_AGAIN, "052000000001"), "cùng số giấy tờ"),
        (traits(number="052000000001"), traits(content=ROAD, number="052000000001"), "cùng số giấy tờ"),
    ],
)  # fmt: skip
def test_alike_with_a_reason(a: Traits, b: Traits, reason: str) -> None:
    score, reasons = alike(a, b)
    assert score > 50
    assert reason in reasons
    assert "nhận ngày 05/02/2018" in reasons


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (traits(), traits(content=ROAD)),
        (traits(), traits("Lê Thị Hoa")),
        (traits(number="052000000001"), traits(content=ROAD, number="052000000002")),
        (traits(name=""), traits(name="", content=ROAD)),
        (traits(number="052000000001"), traits(content=ROAD, number="052000000001", day=date(2019, 1, 1))),
    ],
)  # fmt: skip
def test_not_alike(a: Traits, b: Traits) -> None:
    assert alike(a, b) == (0, "")


def pairs(batch: Batch) -> list[tuple[int, int | None, int | None]]:
    return list(batch.duplicates.order_by("row").values_list("row", "other_row", "petition_id"))


def test_rows_of_one_file_are_paired_and_all_come_in(country: Country) -> None:
    content = plain_register(
        row(1, name="Nguyễn Văn An", content=LAND, id_number=""), row(2, content=ROAD), row(3, name="NGUYEN VAN AN", content=LAND_AGAIN, id_number="")
    )  # fmt: skip
    batch = examined(country.commune, content)
    assert pairs(batch) == [(4, 2, None)]
    assert "nội dung giống" in batch.duplicates.get().reasons
    assert counts(bring_in(country.commune, content)) == (3, 0, 0)
    assert Matter.objects.count() == 3, "nothing is joined by itself"


def test_rows_like_a_petition_that_is_there(country: Country) -> None:
    known = make_petition(country.commune, name="Nguyễn Văn An", content=LAND, received_on=date(2018, 1, 9))
    batch = examined(
        country.commune,
        plain_register(row(1, name="Ông NGUYỄN VĂN AN", content=LAND_AGAIN), row(2, content=ROAD)),
    )
    assert pairs(batch) == [(2, None, known.pk)]
    assert "nhận ngày 09/01/2018" in batch.duplicates.get().reasons


def test_a_number_finds_what_a_name_does_not(country: Country) -> None:
    known = make_petition(country.commune, name="Trần Thị Bích", content=LAND, id_number="052111222333")
    batch = examined(
        country.commune,
        plain_register(row(1, name="Tr. Thị Bích", content=LAND_AGAIN, id_number="052111222333")),
    )
    assert pairs(batch) == [(2, None, known.pk)]


def test_the_number_after_a_changed_name_order(country: Country) -> None:
    """Names in another order of words are one name within a file."""
    content = plain_register(
        row(1, name="Nguyễn Văn An", content=LAND, id_number=""), row(2, name="An Nguyễn Văn", content=LAND_AGAIN, id_number="")
    )  # fmt: skip
    assert pairs(examined(country.commune, content)) == [(3, 2, None)]


def test_denouncers_are_compared_without_being_opened(country: Country) -> None:
    known = make_petition(
        country.commune, kind=Kind.DENUNCIATION, name="Lê Văn Kín", content=LAND, id_number="052111222333"
    )
    batch = examined(
        country.commune,
        plain_register(
            row(1, kind="Tố cáo", name="LÊ VĂN KÍN", content=LAND_AGAIN, id_number="052111222333")
        ),
    )
    assert pairs(batch) == [(2, None, known.pk)]
    assert "Kín" not in batch.duplicates.get().reasons


def test_petitions_out_of_scope_are_not_told(country: Country) -> None:
    make_petition(country.sister, name="Nguyễn Văn An", content=LAND)
    officer = make_officer(country.commune)
    assert (
        pairs(examined(country.commune, plain_register(row(1, name="Nguyễn Văn An", content=LAND)), officer))
        == []
    )


def test_a_row_left_out_by_a_person_does_not_come_in(country: Country) -> None:
    content = plain_register(
        row(1, name="Lê An", content=LAND, id_number=""),
        row(2, name="Lê An", content=LAND_AGAIN, id_number=""),
    )
    batch = examined(country.commune, content)
    duplicate = LikelyDuplicate.objects.get()
    with acting_as(SYSTEM):
        skip_row(duplicate=duplicate, skip=True, by=SYSTEM)
        started = start_import(batch=batch, by=SYSTEM)
    assert counts(bring_in_all(started, SYSTEM)) == (1, 1, 0)
    duplicate.refresh_from_db()
    with pytest.raises(Refused):
        skip_row(duplicate=LikelyDuplicate.objects.get(), skip=False, by=SYSTEM)
    assert Petition.objects.count() == 1


def test_rows_that_are_there_already_are_unchanged_and_no_duplicates(country: Country) -> None:
    content = plain_register(row(1, name="Lê An", content=LAND), row(2, content=ROAD))
    bring_in(country.commune, content)
    batch = examined(country.commune, content)
    assert (batch.preview["created"], batch.preview["unchanged"]) == (0, 2)
    assert pairs(batch) == []


def test_the_same_row_copied_twice_comes_in_once_and_two_numbers_twice(country: Country) -> None:
    line = row(1, name="Lê An", content=LAND)
    other_number = [2, *line[1:]]
    assert counts(bring_in(country.commune, plain_register(line, line, other_number))) == (2, 1, 0)


# ---- the number of statements does not grow with the rows


def _statements(country: Country, rows: int) -> tuple[int, int]:
    content = plain_register(
        *(
            row(n, f"{n % 28 + 1:02d}/03/2018", handling="Thụ lý", name=f"Lê Văn {'ABCDEGH'[n % 7]}")
            for n in range(rows)
        )
    )
    with CaptureQueriesContext(connection) as looking:
        batch = examined(country.commune, content)
    with acting_as(SYSTEM):
        started = start_import(batch=batch, by=SYSTEM)
    with CaptureQueriesContext(connection) as importing:
        bring_in_all(started, SYSTEM)
    assert Petition.objects.count() >= rows
    return len(looking), len(importing)


def test_a_chunk_takes_the_same_number_of_statements_whatever_its_size(country: Country) -> None:
    few = _statements(country, 10)
    many = _statements(country, 400)
    assert many[0] <= few[0] + 4
    assert many[1] <= few[1] + 4
    assert many[1] < 80
