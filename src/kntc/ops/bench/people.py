"""Who measures: sign-ins of the demonstration, through the whole stack, and by hand behind the same wall."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from kntc.accounts.models import Account
from kntc.accounts.officers import Officer, officer_for
from kntc.audit.walls import acting_as

PROVINCE, NATION, COMMUNE = "canbo", "trunguong", "phuong"


@cache
def client(login: str) -> Client:
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(Account.objects.get(login=login), "django.contrib.auth.backends.ModelBackend")
    return browser


@cache
def officer(login: str) -> Officer:
    found = officer_for(Account.objects.get(login=login))
    if found is None:
        raise LookupError(f"{login} holds no post")
    return found


def get(login: str, address: str, **values: str) -> HttpResponse:
    """A page as this person gets it; anything but 200 ends the measuring."""
    answer: HttpResponse = client(login).get(address, values)  # type: ignore[assignment]
    if answer.status_code != 200:
        raise RuntimeError(f"{address} {values}: {answer.status_code}")
    return answer


def by_hand(login: str, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a plain query, behind the same wall as the page."""
    with acting_as(officer(login)), connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
