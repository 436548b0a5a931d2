"""A database with its tables and nothing in them: answers are empty, never an error."""

from datetime import date

import pytest

from kntc.agencies.models import Agency
from kntc.agencies.queries import KeeperMap, Resolver, find_place, place_options, resolve
from kntc.agencies.tree import renumber

pytestmark = pytest.mark.django_db


def test_nothing_is_found() -> None:
    assert resolve("Sở XD") == []
    assert Resolver().best("Sở XD") is None
    assert find_place("xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định").place is None
    assert place_options("quy nhon") == []
    assert renumber() == 0
    assert not Agency.objects.valid_on(date(2026, 1, 1)).exists()
    assert KeeperMap().id_of(1) == 1
