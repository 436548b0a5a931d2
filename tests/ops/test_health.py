from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from kntc.ops.health import report


@pytest.mark.django_db
def test_a_monitor_may_ask_without_signing_in(client: Client) -> None:
    answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_it_says_no_more_than_no_when_the_database_does_not_answer(client: Client) -> None:
    with patch("kntc.ops.views.connection.cursor", side_effect=OperationalError("password is secret")):
        answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


@pytest.mark.django_db
def test_the_operator_learns_more() -> None:
    found = report()
    assert found["ok"] is True
    assert found["pending_migrations"] == []
    assert found["database"]["size_bytes"] > 1_000_000
