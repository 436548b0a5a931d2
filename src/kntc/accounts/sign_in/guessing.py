"""Guessers get nowhere, and nobody is locked out for long.

Each try pours one into a few measures that leak at a steady pace; where one is full, the try is not even looked at.
- A place that the account knows (a browser or an address from which it signed in before) has a measure of its own:
  whoever guesses from elsewhere does not touch it.
- All other places share one measure a name, however many they are, and one an address.
A name that does not exist has the same measures as one that does.
"""

import hmac
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from kntc.accounts.models import Account, GuessLevel, KnownPlace
from kntc.audit.walls import as_account


@dataclass(frozen=True)
class Measure:
    """Holds so many tries; one leaks out every `every`."""

    holds: int
    every: timedelta


# A person who mistypes: ten tries at once, then one every ninety seconds; untouched again after a quarter of an hour.
AT_KNOWN_PLACE = Measure(10, timedelta(seconds=90))
# 20 + 1,440 a day, from wherever in the world: of passwords of twelve characters that is nothing.
OF_NAME = Measure(20, timedelta(seconds=60))
# A whole province may sit behind one address: what it mistypes at half past seven fits in.
OF_ADDRESS = Measure(300, timedelta(seconds=3))
# Six digits that change: 480 a day of a million, three of which are right, by who has the password already.
OF_SECOND_FACTOR = Measure(10, timedelta(seconds=180))
# Who sits before a locked screen.
OF_SESSION = Measure(10, timedelta(seconds=90))

# One try in so many sweeps out the measures that have run empty.
SWEEP_EVERY = 256


@dataclass(frozen=True)
class Place:
    """Where a try comes from: the network address and the browser's own long-lived mark (empty: never seen)."""

    address: str
    device: str = ""

    @property
    def keys(self) -> list[str]:
        marks = [("address", self.address), ("device", self.device)]
        return [_key(kind, mark) for kind, mark in marks if mark]


def now() -> datetime:
    """The clock of this module; tests put their own in its place."""
    return timezone.now()


class Door:
    """One try to sign in under a name from a place."""

    def __init__(self, name: str, place: Place) -> None:
        self.name, self.place = name.strip().lower()[:60], place
        self._poured: list[tuple[str, Measure]] = []

    def admits(self) -> bool:
        """Counts the try; False where it is one too many. Two or three statements, whoever the name is."""
        known = self._known()
        measures = [(_key("known", self.name, known), AT_KNOWN_PLACE)] if known else self._unknown()
        return all(self._pour(key, measure) for key, measure in measures)

    def was_right(self) -> None:
        """What was poured for this try comes out again."""
        for key, measure in self._poured:
            GuessLevel.objects.filter(key=key).update(empty_at=F("empty_at") - measure.every)

    def _known(self) -> str:
        with as_account(None):
            rows = KnownPlace.objects.filter(account__login=self.name, key__in=self.place.keys)
            # The browser before the address: colleagues share an address, and nobody spoils another's browser.
            found = set(rows.values_list("key", flat=True))
        return next((key for key in reversed(self.place.keys) if key in found), "")

    def _unknown(self) -> list[tuple[str, Measure]]:
        return [
            (_key("name", self.name), OF_NAME),
            (_key("from", self.place.address), OF_ADDRESS),
        ]

    def _pour(self, key: str, measure: Measure) -> bool:
        admitted = pour(key, measure)
        if admitted:
            self._poured.append((key, measure))
        return admitted


def admits_factor(account: Account) -> bool:
    """One try of a second factor of this account."""
    return pour(_key("factor", str(account.pk)), OF_SECOND_FACTOR)


def admits_session(session_key: str) -> bool:
    """One try to open a locked screen, or to prove oneself again."""
    return pour(_key("session", session_key), OF_SESSION)


def forgive(account: Account) -> None:
    """An administrator unlocks: what was guessed under this name, or of its second factor, no longer counts."""
    keys = [_key("name", account.login), _key("factor", str(account.pk))]
    with as_account(None):
        places = KnownPlace.objects.filter(account=account).values_list("key", flat=True)
        keys += [_key("known", account.login, place) for place in places]
    GuessLevel.objects.filter(key__in=keys).delete()


def remember(account: Account, place: Place) -> None:
    """This account has signed in from here. One statement."""
    with as_account(account.pk):
        KnownPlace.objects.bulk_create(
            [KnownPlace(account=account, key=key, seen_at=now()) for key in place.keys],
            update_conflicts=True,
            unique_fields=["account", "key"],
            update_fields=["seen_at"],
        )


def pour(key: str, measure: Measure) -> bool:
    """Pour one in where it fits; one statement, so that two at once count as two."""
    moment = now()
    if random.randrange(SWEEP_EVERY) == 0:  # noqa: S311 (no secret)
        GuessLevel.objects.filter(empty_at__lt=moment).delete()
    step = measure.every
    values: Any = {"key": key, "now": moment, "step": step, "full": step * measure.holds}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_guess_level AS g (key, empty_at) VALUES (%(key)s, %(now)s + %(step)s)"
            " ON CONFLICT (key) DO UPDATE SET empty_at = GREATEST(g.empty_at, %(now)s) + %(step)s"
            " WHERE GREATEST(g.empty_at, %(now)s) + %(step)s <= %(now)s + %(full)s RETURNING 1",
            values,
        )
        return cursor.fetchone() is not None


def _key(*parts: str) -> str:
    key = sha256(f"kntc.guessing:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, "\0".join(parts).encode(), sha256).hexdigest()
