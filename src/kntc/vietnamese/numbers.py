"""Numbers as official papers write them: dots between thousands, a decimal comma."""

from decimal import Decimal


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """1248 → "1.248"; 82.1 → "82,1"; `decimals` fixes the places after the comma."""
    exact = Decimal(str(value))
    text = f"{exact:,.{decimals}f}" if decimals is not None else f"{_trimmed(exact):,f}"
    return text.translate({ord(","): ".", ord("."): ","})


def _trimmed(value: Decimal) -> Decimal:
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
