"""Names of bodies in a register → agencies of the row's own day, near the agency whose register it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kntc.agencies.keepers import KeeperMap
from kntc.agencies.models import Agency
from kntc.agencies.resolver import SURE, Match, Resolver
from kntc.audit.actors import Actor
from kntc.registers.reading.titles import plain
from kntc.vietnamese import short_date

_OFFERED = 3


@dataclass(frozen=True)
class NotFound:
    """Why no body was taken, and which ones may be meant."""

    message: str
    proposal: str = ""


class Bodies:
    """Answers from memory after the first time that a name comes up in a year."""

    def __init__(self, near: Agency, actor: Actor, meanings: Mapping[str, Agency]) -> None:
        self._near, self._actor, self._meanings = near, actor, meanings
        self._keepers = KeeperMap()
        self._bounds = dict(Agency.objects.users().exclude(lft=None).values_list("pk", "lft"))
        self._resolvers: dict[int, Resolver] = {}
        self._answers: dict[tuple[str, int], tuple[Match | None, list[Match]]] = {}
        self._bodies: dict[tuple[str, int, int], Agency | NotFound] = {}
        self._receivers: dict[tuple[str, int, int], Agency | NotFound] = {}

    def body(self, text: str, on: date) -> Agency | NotFound:
        """Any body of the catalogue."""
        key = (text, on.year, on.month)
        if key not in self._bodies:
            self._bodies[key] = self._find(text, on)
        return self._bodies[key]

    def receiver(self, text: str, on: date) -> Agency | NotFound:
        """The agency that received the row's petition: of the register's own agency or below it."""
        key = (text, on.year, on.month)
        if key not in self._receivers:
            found = self.body(text, on) if text else self._near
            self._receivers[key] = (
                found if isinstance(found, NotFound) else self._as_receiver(text, found, on)
            )
        return self._receivers[key]

    def keeper_id(self, agency: Agency, place_id: str | None) -> int:
        return self._keepers.id_of(agency.pk, place_id) if agency.is_closed else agency.pk

    def is_own(self, keeper_id: int) -> bool:
        """Whether the actor may write for this keeper: the second wall would refuse it too."""
        scope = self._actor.scope
        lft = self._bounds.get(keeper_id)
        return scope.kind == "all" or (
            scope.kind == "tree" and lft is not None and scope.lft <= lft <= scope.rgt
        )

    def _find(self, text: str, on: date) -> Agency | NotFound:
        if known := self._meanings.get(plain(text)):
            return known
        best, matches = self._answer(text, on)
        if best:
            return self._standing(best, matches, on)
        if not matches:
            return NotFound(f"Không có cơ quan nào tên “{text[:80]}” trong danh mục: kiểm tra lại tên")
        names = ", ".join(match.agency.name for match in matches[:_OFFERED])
        return NotFound(f"Chưa rõ “{text[:80]}” là cơ quan nào: có thể là {names}", matches[0].agency.name)

    def _answer(self, text: str, on: date) -> tuple[Match | None, list[Match]]:
        key = (text, on.year)
        if key not in self._answers:
            resolver = self._resolver(on)
            self._answers[key] = resolver.best(text), resolver.matches(text)
        return self._answers[key]

    def _standing(self, best: Match, matches: list[Match], on: date) -> Agency:
        """Where the name is right but the body did not stand that day, its namesake of the day is meant."""
        if best.agency.stands_on(on):
            return best.agency
        sure = (m.agency for m in matches if m.score >= SURE * 0.95 and m.agency.stands_on(on))
        return next(sure, best.agency)

    def _as_receiver(self, text: str, agency: Agency, on: date) -> Agency | NotFound:
        name = agency.name
        if agency.lft is None:
            return NotFound(
                f"“{text[:80]}” ({name}) không nhận đơn trong hệ thống này: chọn đơn vị tiếp nhận khác"
            )
        if not (self._is_below(agency.lft) or self._is_below(self._bounds.get(self.keeper_id(agency, None)))):
            return NotFound(f"{name} không thuộc {self._near.name}: nhập dòng này vào sổ của cơ quan đó")
        if not agency.stands_on(on):
            return NotFound(
                f"{name} không hoạt động vào ngày {short_date(on)}: kiểm tra lại ngày nhận hoặc đơn vị tiếp nhận"
            )
        return agency

    def _is_below(self, lft: int | None) -> bool:
        """Of the register's agency, or with a successor that is: Gia Lai has the old registers of Bình Định."""
        near = self._near
        return (
            lft is not None and near.lft is not None and near.rgt is not None and near.lft <= lft <= near.rgt
        )

    def _resolver(self, on: date) -> Resolver:
        if on.year not in self._resolvers:
            self._resolvers[on.year] = Resolver(self._near, on)
        return self._resolvers[on.year]
