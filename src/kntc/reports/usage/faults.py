"""Faults that people's entries commonly have. Rooms above count theirs and add themselves here in `ready()`."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor

# How often each fault was found ("Ngày nhận đơn": 12) in the agency's subtree from the first to the last day.
Source = Callable[[Agency, Actor, date, date], Mapping[str, int]]
SOURCES: list[Source] = []
SHOWN = 5


def commonest(agency: Agency, officer: Actor, start: date, end: date) -> list[tuple[str, int]]:
    """The commonest faults of all sources, most first. Each source tells its own number of statements."""
    found: Counter[str] = Counter()
    for source in SOURCES:
        found.update(source(agency, officer, start, end))
    return found.most_common(SHOWN)
