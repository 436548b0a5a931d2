"""Where a body is used: each room above says so of its own records, as far as the reader may see them.

A room registers in `ready()`:

    uses.PROVIDERS.append(petition_uses)
"""

from collections.abc import Callable
from dataclasses import dataclass

from kntc.agencies.models import Agency
from kntc.audit.actors import Actor


@dataclass(frozen=True)
class Use:
    """One way in which records name a body; `url` opens the list, which is as long as `count`."""

    label: str
    count: int
    url: str


Provider = Callable[[Agency, Actor], list[Use]]
PROVIDERS: list[Provider] = []


def uses_of(body: Agency, by: Actor) -> list[Use]:
    """Those with at least one record, in the order of the rooms."""
    return [use for provider in PROVIDERS for use in provider(body, by) if use.count]
