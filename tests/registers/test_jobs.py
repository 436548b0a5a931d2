"""The background jobs themselves, done by a real worker."""

from datetime import date, timedelta

import pytest

from kntc.audit.walls import acting_as
from kntc.ops.jobs import run_worker
from kntc.petitions.models import Petition
from kntc.registers import jobs, tasks
from kntc.registers.actions import start_import, upload_register
from kntc.registers.models import Batch, Status
from tests.factories import Country, make_officer
from tests.registers.books import plain_register, row
from tests.registers.bringing import examined

FIRST = date(2018, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_reads_and_brings_in(
    transactional_db: None, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = make_officer(country.commune)
    content = plain_register(*(row(n, FIRST + timedelta(n)) for n in range(1, 31)))
    monkeypatch.setattr(jobs, "SMALL_FILE", 0)
    monkeypatch.setattr(jobs, "FEW_ROWS", 0)
    with acting_as(officer):
        batch = upload_register(agency=country.commune, file_name="so.xlsx", content=content, by=officer)
        jobs.examine_soon(batch, officer)
    run_worker(once=True)
    batch.refresh_from_db()
    assert (batch.status, batch.rows) == (Status.READY, 30)
    with acting_as(officer):
        jobs.import_soon(start_import(batch=batch, by=officer), officer)
        assert not jobs.is_interrupted(Batch.objects.get(pk=batch.pk))
    run_worker(once=True)
    batch.refresh_from_db()
    assert (batch.status, batch.created) == (Status.DONE, 30)
    assert {petition.entered_by_id for petition in Petition.objects.all()} == {officer.post_id}


@pytest.mark.django_db(transaction=True)
def test_a_job_done_again_does_no_harm(transactional_db: None, country: Country) -> None:
    officer = make_officer(country.commune)
    batch = examined(country.commune, plain_register(row(1), row(2)), officer)
    with acting_as(officer):
        start_import(batch=batch, by=officer)
    for _ in range(2):
        tasks.import_batch(batch.pk, officer.post_id)
        tasks.examine_batch(batch.pk, officer.post_id)
    assert Petition.objects.count() == 2
