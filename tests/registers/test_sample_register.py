"""Bình Định's register of 2018–2019 comes in whole, and only once (R18, R20)."""

import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.audit.walls import acting_as
from kntc.petitions.models import Party, Petition, PetitionText
from kntc.registers.models import ImportedRow
from kntc.settlement.models import Case
from kntc.vietnamese import fold
from tests.factories import make_officer
from tests.registers.books import fill, saved
from tests.registers.bringing import bring_in, counts, errors
from tests.registers.conftest import CONTENT, Imported


def test_all_rows_come_in_with_their_kinds__R20(sample: Imported) -> None:
    assert counts(sample.batch) == (639, 0, 0)
    kinds = Counter(Petition.objects.values_list("kind", flat=True))
    assert kinds == {"complaint": 280, "denunciation": 42, "reflection": 317}
    assert kinds == Counter(line.kind for line in sample.lines)


def test_kinds_of_reflections_are_as_written(sample: Imported) -> None:
    written = Counter(fold(line.cells[8]) for line in sample.lines if line.kind == "reflection")
    kinds = Counter(Petition.objects.filter(kind="reflection").values_list("reflection_kind", flat=True))
    assert kinds["feedback"] == written["phan anh"]
    assert kinds["proposal"] == written["kien nghi"]
    assert kinds[""] == written["knpa"] + written["phan anh, kien nghi"] + written["kien nghi, phan anh"]


def test_sources_are_as_written(sample: Imported) -> None:
    written = Counter(line.cells[2] for line in sample.lines)
    sources = Counter(Petition.objects.values_list("source", flat=True))
    assert sources["post"] == written["Bưu điện"]
    assert sources["counter"] == written["Trực tiếp"]
    assert sources["suggestion_box"] == written["Hòm thư góp ý"]
    assert sum(sources.values()) == 639
    bodies = Petition.objects.exclude(source_body=None).count()
    assert bodies == sum(1 for line in sample.lines if line.cells[3]) == written["Cơ quan khác chuyển đến"]


def test_every_receiving_agency_is_found_and_is_of_its_day(sample: Imported) -> None:
    written = Counter(line.cells[11] for line in sample.lines)
    found = Counter(Petition.objects.values_list("agency__code", flat=True))
    assert len(found) == len(written) == 36
    assert sorted(found.values()) == sorted(written.values())
    assert found["BDI-QNH"] == written["UBND TP. Quy Nhơn"]
    inside = Agency.objects.filter(lft__gte=sample.before.lft, rgt__lte=sample.before.rgt)
    assert not Petition.objects.exclude(agency__in=inside).exists()


def test_todays_keepers_are_all_of_gia_lai_and_none_is_closed(sample: Imported) -> None:
    keepers = Agency.objects.filter(pk__in=Petition.objects.values("keeper"))
    assert keepers
    for keeper in keepers:
        assert not keeper.is_closed, keeper
        assert sample.now.lft <= keeper.lft <= sample.now.rgt, keeper
    for model in (PetitionText, Party):
        assert not model.objects.exclude(keeper__in=keepers).exists()


def test_handlings_and_their_days_are_as_written(sample: Imported) -> None:
    codes = {
        "Thụ lý": "accept", "Thụ lý giải quyết": "accept", "Lưu đơn": "file", "Lưu": "file", "Chuyển đơn": "transfer",
        "Chuyển": "transfer", "Hướng dẫn": "guide", "Trả lại đơn và hướng dẫn": "return",
    }  # fmt: skip
    handled = Counter(Petition.objects.values_list("handling", flat=True))
    assert handled == Counter(codes[line.cells[12]] for line in sample.lines)
    days = dict(ImportedRow.objects.values_list("row", "petition__handled_on"))
    for number, line in enumerate(sample.lines, 7):
        paper = line.paper_on
        good = paper if paper and paper >= line.received_on else line.received_on
        assert days[number] == good, number


def test_bodies_that_got_a_petition_are_found_or_kept_in_the_note(sample: Imported) -> None:
    rows = {row.row: row.petition for row in ImportedRow.objects.select_related("petition__text")}
    named = {number: line.cells[13] for number, line in enumerate(sample.lines, 7) if line.cells[13]}
    lost = {
        name
        for number, name in named.items()
        if not rows[number].destination_id and name not in rows[number].text.note
    }
    assert not lost
    found = sum(1 for number in named if rows[number].destination_id)
    assert found > 0.9 * len(named)


def test_true_dates_and_the_mark_of_late_entry__R18(sample: Imported) -> None:
    days = dict(ImportedRow.objects.values_list("row", "petition__received_on"))
    assert days == {number: line.received_on for number, line in enumerate(sample.lines, 7)}
    assert set(Petition.objects.values_list("entered_on", "backfilled")) == {(timezone.localdate(), True)}
    assert min(days.values()) >= date(2018, 1, 1)
    assert max(days.values()) <= date(2019, 4, 15)


def test_what_was_settled_is_settled_and_each_accepted_matter_has_its_case(sample: Imported) -> None:
    accepted = sum(1 for line in sample.lines if line.cells[12].startswith("Thụ lý"))
    assert Case.objects.count() == accepted
    done = sum(1 for line in sample.lines if line.cells[15] == "Đã giải quyết")
    assert Petition.objects.filter(state="settled").count() == done
    assert Petition.objects.filter(text__note__icontains="đơn trùng").count() == 7


def test_nothing_had_to_be_rejected_and_every_row_is_remembered(sample: Imported) -> None:
    assert errors(sample.batch) == []
    assert sample.batch.preview["notices"] == [], "the total of 639 agrees"
    assert sample.batch.preview["rows"] == 639
    assert ImportedRow.objects.filter(batch=sample.batch).count() == 639


# ---- denouncers


def _denouncers(sample: Imported) -> list[str]:
    """Names, numbers and addresses of denouncers that no other row of the register names."""
    others = " | ".join(
        fold(str(cell)) for line in sample.lines if line.kind != "denunciation" for cell in line.cells
    )
    own = {
        fold(str(line.cells[column]))
        for line in sample.lines
        if line.kind == "denunciation"
        for column in (4, 5, 6)
        if line.cells[column]
    }
    return sorted(text for text in own if text not in others and "nac danh" not in text)


def test_no_table_tells_who_denounced__LTC56(sample: Imported) -> None:
    secrets = _denouncers(sample)
    assert len(secrets) > 60
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert {PetitionText._meta.db_table, Party._meta.db_table, "registers_row_fault"} <= set(tables)
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            everything = fold(" | ".join(row[0] for row in cursor.fetchall()))
            told = [text for text in secrets if text in everything]
            assert not told, (table, told[:3])


def test_a_search_does_not_find_a_denouncer(sample: Imported) -> None:
    names = [fold(line.cells[4]) for line in sample.lines if line.kind == "denunciation" and line.cells[4]]
    table = PetitionText._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} t JOIN petitions_petition p ON p.id = t.petition_id, "
            "unnest(%s::text[]) AS name WHERE p.kind = 'denunciation' AND t.search @@ phraseto_tsquery('simple', name)",
            [names],
        )
        assert cursor.fetchone() == (0,)


def test_the_kept_file_is_sealed(sample: Imported) -> None:
    kept = (Path(settings.FILES) / sample.batch.stored).read_bytes()
    assert not kept.startswith(b"PK")
    assert b"xl/workbook.xml" not in kept


# ---- again


def test_the_same_file_again_brings_nothing(sample: Imported) -> None:
    assert counts(bring_in(sample.before, CONTENT)) == (0, 639, 0)
    assert Petition.objects.count() == 639


def test_other_columns_another_order_of_rows_and_another_writing_bring_nothing(sample: Imported) -> None:
    rows = [line.cells for line in sample.lines]
    random.Random(7).shuffle(rows)
    assert counts(bring_in(sample.before, _rearranged(rows))) == (0, 639, 0)
    assert Petition.objects.count() == 639


def test_later_columns_may_change_and_new_rows_are_the_only_ones_to_come_in(sample: Imported) -> None:
    rows = [list(line.cells) for line in sample.lines[:20]]
    for cells in rows:
        cells[12], cells[13], cells[15], cells[16] = "Lưu đơn", "", "Đã giải quyết", "xong"
    new = [640, "12/04/2019", "Bưu điện", "", "Lê Văn Mới", "xã Cát Hải, huyện Phù Cát", "", 1, "KN"]
    new += ["Khiếu nại về việc đền bù cây dừa", "", "UBND huyện Phù Cát", "Thụ lý"]
    assert counts(bring_in(sample.before, _rearranged([*rows, new]))) == (1, 20, 0)


def _rearranged(rows: list[list[Any]]) -> bytes:
    """The register with its columns in another order, dates as text, names shouted, no title and no total."""
    groups = [
        ("Ghi chú", [(16, "")]), ("Nội dung đơn", [(9, "")]), ("Loại đơn", [(8, "")]),
        ("Kết quả xử lý", [(14, "Số, ngày văn bản"), (12, "Hướng xử lý"), (13, "Cơ quan tiếp nhận")]),
        ("Người viết đơn", [(6, "Số CMND/CCCD"), (7, "Số người"), (5, "Địa chỉ"), (4, "Họ và tên")]),
        ("Ngày nhận đơn", [(1, "")]), ("Nguồn đơn", [(3, "Cơ quan chuyển đến"), (2, "Nơi gửi")]),
        ("Đơn vị tiếp nhận", [(11, "")]), ("Cơ quan đã giải quyết", [(10, "")]), ("Kết quả giải quyết", [(15, "")]),
        ("STT", [(0, "")]),
    ]  # fmt: skip
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    order, at = [], 1
    for title, columns in groups:
        sheet.cell(1, at, title)
        for offset, (source, own) in enumerate(columns):
            sheet.cell(2, at + offset, own or None)
            order.append(source)
        if len(columns) > 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=at, end_column=at + len(columns) - 1)
        else:
            sheet.merge_cells(start_row=1, end_row=2, start_column=at, end_column=at)
        at += len(columns)
    fill(sheet, ([_written(cells, source) for source in order] for cells in rows), 3)
    return saved(book)


def _written(cells: list[Any], source: int) -> Any:
    value = cells[source] if source < len(cells) else ""
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value:%y}"
    return value.upper() if source == 4 else value


# ---- who sees it


def test_gia_lai_sees_all_of_it_and_another_province_nothing(sample: Imported) -> None:
    ours, theirs = make_officer(sample.now), make_officer(Agency.objects.get(code="DNA"))
    with acting_as(ours):
        assert Petition.objects.visible_to(ours).live().count() == 639
        assert Petition.objects.count() == 639
    with acting_as(theirs):
        assert Petition.objects.visible_to(theirs).count() == 0
        assert ImportedRow.objects.count() == 0
