"""Who takes over which record: the rule of successions, told before they are written."""

from collections import defaultdict
from collections.abc import Iterable

from kntc.accounts.reorganisation.checking import Setting
from kntc.accounts.reorganisation.programme import Programme
from kntc.agencies.models import PlaceSuccession


class Fates:
    """For every agency that ends: who takes over its matters, by place. One statement when made.

    The same rule as `agencies.keepers.KeeperMap`, which reads it from the successions once they are written.
    """

    def __init__(self, programme: Programme, setting: Setting) -> None:
        self._default: dict[int, str] = {}
        self._by_place: dict[tuple[int, str], str] = {}
        self._by_login: dict[tuple[int, str], str] = {}
        self._divided: set[int] = set()
        self._today: defaultdict[str, list[str]] = defaultdict(list)
        for ending in programme.ended:
            old = setting.agencies[ending.code].pk
            self._default[old] = ending.default
            if len(ending.heirs) > 1:
                self._divided.add(old)
            for heir in ending.heirs:
                self._by_place |= {(old, place): heir.code for place in heir.places}
                self._by_login |= {(old, login.lower()): heir.code for login in heir.logins}
        if self._by_place:
            links = PlaceSuccession.objects.order_by("-is_default", "pk").values_list("old_id", "new_id")
            for before, after in links:
                self._today[before].append(after)

    @property
    def olds(self) -> list[int]:
        return list(self._default)

    @property
    def divided(self) -> list[int]:
        """Agencies whose matters go to more than one heir."""
        return sorted(self._divided)

    def of(self, old: int, place: str | None) -> tuple[str, bool]:
        """(code of the heir, whether it could be told). Undivided, there is nothing to tell."""
        for today in (place, *self._today.get(place, ())) if place else ():
            if found := self._by_place.get((old, today)):
                return found, True
        return self._default[old], old not in self._divided

    def of_person(self, old: int, login: str) -> str:
        return self._by_login.get((old, login), self._default[old])

    def heirs(self) -> Iterable[str]:
        return dict.fromkeys([*self._default.values(), *self._by_place.values(), *self._by_login.values()])
