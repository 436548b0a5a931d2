"""Filters that rooms above bring to the list of petitions: a batch of an import, a cell of a statutory table.

A room registers its provider in `ready()` under the query parameter by which the list is asked for it:

    extra_filters.PROVIDERS["dot_nhap"] = batch_filter
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from kntc.audit.actors import Actor
from kntc.petitions.models import PetitionQuerySet


@dataclass(frozen=True)
class Filter:
    """Narrows the list; `label` is what the officer reads and may take away.

    `parameters`: further query parameters that belong to it and leave together with it.
    """

    apply: Callable[[PetitionQuerySet], PetitionQuerySet]
    label: str
    parameters: tuple[str, ...] = ()


# None: this actor may not have it, or it does not exist. The list then says so and shows nothing.
Provider = Callable[[QueryDict, Actor], Filter | None]
PROVIDERS: dict[str, Provider] = {}
