"""Fixtures that every room's tests share."""

import pytest

from tests.factories import Country, make_country


@pytest.fixture
def country(db: None) -> Country:
    """Two provinces, their communes and a department, a court outside the tree."""
    return make_country()
