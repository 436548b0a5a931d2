"""An import that is cut off anywhere leaves whole chunks only; going on brings exactly the rest."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from kntc.audit.errors import Refused
from kntc.audit.walls import acting_as
from kntc.petitions.models import Matter, Party, Petition, PetitionText
from kntc.registers import apart, importing, running
from kntc.registers.actions import discard_batch, finish_import, import_rows, start_import, upload_register
from kntc.registers.apart import ReaderDied
from kntc.registers.importing import Overtaken
from kntc.registers.models import Batch, ImportedRow, RowFault, Status
from kntc.registers.reading.signature import UnreadableRegister
from kntc.registers.running import bring_in_all, import_at_once
from kntc.settlement.models import Case
from tests.factories import SYSTEM, Country
from tests.registers.books import book_of, plain_register, row
from tests.registers.bringing import bring_in, counts, examined

ROWS = 23
CHUNK = 5


def register(rows: int = ROWS) -> bytes:
    """Every third row accepted, the eleventh with a day that is none."""
    first = date(2018, 2, 1)
    return plain_register(
        *(
            row(
                n,
                "31/02/2018" if n == 11 else first + timedelta(n),
                name=f"Lê Văn {'ABCDEGHIKLMNOPQRSTUVXYAB'[n]}",
                handling="Thụ lý" if n % 3 == 0 else "Lưu đơn",
            )
            for n in range(1, rows + 1)
        )
    )


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", CHUNK)


@pytest.fixture
def batch(country: Country) -> Batch:
    """Examined and started."""
    ready = examined(country.commune, register())
    with acting_as(SYSTEM):
        return start_import(batch=ready, by=SYSTEM)


class Cut(Exception):
    """What a killed worker, a full disk or a lost connection look like from inside."""


def cut_at(monkeypatch: pytest.MonkeyPatch, name: str, chunk: int) -> None:
    """Whatever `importing.name` does, at this chunk it does it and then everything breaks."""
    real, calls = getattr(importing, name), iter(range(1, 1000))

    def cutting(*args: Any) -> Any:
        result = real(*args)
        if next(calls) == chunk:
            raise Cut
        return result

    monkeypatch.setattr(importing, name, cutting)


def everything() -> dict[str, int]:
    return {
        model.__name__: model.objects.count()
        for model in (Petition, PetitionText, Party, Matter, Case, ImportedRow)
    }


@pytest.mark.parametrize("step", ["register_prepared", "_remember", "_open_cases", "save_faults"])
@pytest.mark.parametrize("chunk", [1, 3, 5])
def test_cut_off_in_a_chunk_and_gone_on(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, step: str, chunk: int
) -> None:
    with monkeypatch.context() as broken:
        cut_at(broken, step, chunk)
        with pytest.raises(Cut):
            bring_in_all(batch, SYSTEM)
    batch.refresh_from_db()
    done = CHUNK * (chunk - 1)
    assert (batch.status, batch.position) == (Status.RUNNING, done)
    left_out = 1 if done >= 11 else 0
    assert Petition.objects.count() == ImportedRow.objects.count() == batch.created == done - left_out
    assert RowFault.objects.filter(level="error").count() == left_out

    batch = bring_in_all(batch, SYSTEM)
    assert (batch.status, batch.position, batch.rows) == (Status.DONE, ROWS, ROWS)
    assert counts(batch) == (22, 0, 1)
    assert everything() == {
        "Petition": 22, "PetitionText": 22, "Party": 22, "Matter": 22, "Case": 7, "ImportedRow": 22,
    }  # fmt: skip
    assert RowFault.objects.filter(level="error").count() == 1
    assert sorted(Petition.objects.values_list("number", flat=True)) == sorted(
        set(Petition.objects.values_list("number", flat=True))
    )


def test_cut_off_between_reading_and_writing(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def report(done: int, of: int) -> None:
        seen.append(done)
        if done == 2 * CHUNK:
            raise Cut

    with pytest.raises(Cut):
        bring_in_all(batch, SYSTEM, report)
    batch.refresh_from_db()
    assert (batch.position, Petition.objects.count()) == (10, 10)
    assert counts(bring_in_all(batch, SYSTEM, lambda done, of: seen.append(done))) == (22, 0, 1)
    assert seen == [5, 10, 15, 20, 23]


def test_the_last_step_may_be_missing_too(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(running, "finish_import", lambda **_: (_ for _ in ()).throw(Cut))
        with pytest.raises(Cut):
            bring_in_all(batch, SYSTEM)
    batch.refresh_from_db()
    assert (batch.status, batch.position) == (Status.RUNNING, ROWS)
    assert counts(bring_in_all(batch, SYSTEM)) == (22, 0, 1)


def test_alike_rows_stay_as_many_as_they_are_across_a_cut(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = [
        row(n, "05/02/2018", name="Lê Thị Đều", content="Khiếu nại về đất", id_number="") for n in range(1, 9)
    ]
    ready = examined(country.commune, plain_register(*same))
    with acting_as(SYSTEM):
        batch = start_import(batch=ready, by=SYSTEM)
    with monkeypatch.context() as broken:
        cut_at(broken, "register_prepared", 2)
        with pytest.raises(Cut):
            bring_in_all(batch, SYSTEM)
    batch.refresh_from_db()
    assert counts(bring_in_all(batch, SYSTEM)) == (8, 0, 0)
    assert counts(bring_in(country.commune, plain_register(*same))) == (0, 8, 0)


def test_another_import_has_brought_the_same_rows_meanwhile(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked, neither has seen the other's rows: the later one takes its chunk back."""
    ready = examined(country.commune, register())
    with acting_as(SYSTEM):
        batch = start_import(batch=ready, by=SYSTEM)
    bring_in(country.commune, register())
    with monkeypatch.context() as blind:
        blind.setattr(importing, "known_digests", lambda _: set())
        with pytest.raises(Overtaken) as problem:
            bring_in_all(batch, SYSTEM)
    assert "Nhập tiếp" in problem.value.message
    assert Petition.objects.count() == 22
    batch.refresh_from_db()
    assert counts(bring_in_all(batch, SYSTEM)) == (0, 22, 1)
    assert Petition.objects.count() == 22


def test_two_workers_on_one_batch(batch: Batch) -> None:
    bring_in_all(batch, SYSTEM)
    late = Batch.objects.get(pk=batch.pk)
    late.position = 0
    with pytest.raises(Refused):
        bring_in_all(late, SYSTEM)
    assert Petition.objects.count() == 22


def test_what_is_done_is_done(batch: Batch) -> None:
    done = bring_in_all(batch, SYSTEM)
    for change in (start_import, discard_batch):
        with pytest.raises(Refused) as problem:
            change(batch=done, by=SYSTEM)
        assert "đã kết thúc" in problem.value.message
    with pytest.raises(Refused):
        import_rows(batch=done, start=done.position, rows=[], skip=set(), by=SYSTEM)
    with pytest.raises(Refused):
        finish_import(batch=done, by=SYSTEM)


def test_a_running_batch_is_not_put_away(batch: Batch) -> None:
    with pytest.raises(Refused) as problem:
        discard_batch(batch=batch, by=SYSTEM)
    assert "đang được nhập" in problem.value.message


@pytest.mark.parametrize("parallel", [False, True])
@pytest.mark.django_db(transaction=True)
def test_reading_ahead_brings_the_same(parallel: bool, transactional_db: None, country: Country) -> None:
    ready = examined(country.commune, register())
    with acting_as(SYSTEM):
        batch = start_import(batch=ready, by=SYSTEM)
    assert counts(bring_in_all(batch, SYSTEM, in_parallel=parallel)) == (22, 0, 1)
    assert Petition.objects.count() == 22


@pytest.mark.django_db(transaction=True)
def test_the_database_goes_away_in_the_middle_of_a_chunk(
    transactional_db: None, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = examined(country.commune, register())
    with acting_as(SYSTEM):
        batch = start_import(batch=ready, by=SYSTEM)
    real, calls = importing._remember, count(1)

    def killed(*arguments: Any) -> None:
        real(*arguments)
        if next(calls) == 3:
            ours = connection.connection.info
            with psycopg.connect(ours.dsn, password=ours.password) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours.backend_pid])

    with monkeypatch.context() as broken:
        broken.setattr(importing, "_remember", killed)
        with pytest.raises(DatabaseError):
            bring_in_all(batch, SYSTEM)
    connection.close()
    batch = Batch.objects.get(pk=batch.pk)
    assert (batch.status, batch.position) == (Status.RUNNING, 10)
    assert Petition.objects.count() == 10
    assert counts(bring_in_all(batch, SYSTEM)) == (22, 0, 1)
    assert everything()["ImportedRow"] == 22


@pytest.mark.django_db(transaction=True)
def test_the_process_that_reads_may_die(
    transactional_db: None, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = examined(country.commune, register())
    with acting_as(SYSTEM):
        batch = start_import(batch=ready, by=SYSTEM)
    with monkeypatch.context() as broken:
        broken.setattr(apart.sys, "executable", "/bin/false")
        with pytest.raises(ReaderDied):
            bring_in_all(batch, SYSTEM, in_parallel=True)
    batch.refresh_from_db()
    assert (batch.status, batch.position) == (Status.RUNNING, 0)
    assert counts(bring_in_all(batch, SYSTEM, in_parallel=True)) == (22, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_no_register_is_told_by_the_process_that_reads(
    transactional_db: None, country: Country
) -> None:
    with acting_as(SYSTEM):
        batch = upload_register(
            agency=country.commune,
            file_name="so.xlsx",
            content=book_of(["Nhiệt độ", "Độ ẩm"], [1, 2]),
            by=SYSTEM,
        )
    with pytest.raises(UnreadableRegister) as problem:
        import_at_once(batch, SYSTEM, in_parallel=True)
    assert "tiêu đề" in str(problem.value)
