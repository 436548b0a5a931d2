"""The address of a list with something of it changed: another tab, order or page, a filter taken away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict
from django.utils.http import urlencode

PLACES = ("after", "before")
# What a saved view can hold, and more than any filter needs.
LONGEST = 2000


@dataclass(frozen=True)
class Address:
    """Parameters of the list without its page. Empty ones are left out, so that one list has one address."""

    parameters: Mapping[str, str]

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        given = {name: ",".join(values).replace("\0", "").strip() for name, values in query.lists()}
        return cls({name: value for name, value in given.items() if value and name not in PLACES})

    def query(self, **changes: str) -> str:
        """ "kind=complaint&sort=due"; an empty value takes a parameter away."""
        changed = {**self.parameters, **changes}
        return urlencode({name: value for name, value in changed.items() if value})

    def url(self, **changes: str) -> str:
        return f"?{self.query(**changes)}"

    def without(self, names: Iterable[str]) -> str:
        return self.url(**dict.fromkeys(names, ""))

    def hidden(self, *shown: str) -> list[tuple[str, str]]:
        """What a form must carry along beside the fields that it shows."""
        return [(name, value) for name, value in self.parameters.items() if name not in shown]
