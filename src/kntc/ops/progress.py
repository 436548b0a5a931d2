"""How long work tells how far it is."""

from collections.abc import Callable

# Called with what is done and of how many.
Report = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """For callers that do not care."""
