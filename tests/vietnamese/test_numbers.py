from decimal import Decimal

import pytest

from kntc.vietnamese import number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (639, "639"),
        (1248, "1.248"),
        (261566, "261.566"),
        (82.1, "82,1"),
        (-1234567.5, "-1.234.567,5"),
        (3.0, "3"),
        (Decimal("100"), "100"),
        (Decimal("0.10"), "0,1"),
        (1e15, "1.000.000.000.000.000"),
    ],
)
def test_number(value: int | float | Decimal, written: str) -> None:
    assert number(value) == written


def test_fixed_places() -> None:
    assert number(82, 1) == "82,0"
    assert number(Decimal("1234.567"), 2) == "1.234,57"
