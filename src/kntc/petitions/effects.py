"""What voiding a petition would change elsewhere ("02/XLD cột 6: 280 → 279"). Rooms above add their providers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kntc.audit.actors import Actor
from kntc.petitions.models import Petition


@dataclass(frozen=True)
class Effect:
    """One figure before and after."""

    label: str
    before: int
    after: int


Provider = Callable[[Petition, Actor], Iterable[Effect]]
PROVIDERS: list[Provider] = []


def of_voiding(petition: Petition, by: Actor) -> list[Effect]:
    """Every figure that would change, as each room above tells it."""
    return [effect for provider in PROVIDERS for effect in provider(petition, by)]
