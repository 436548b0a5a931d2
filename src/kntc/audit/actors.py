"""Who acts: the small protocol by which the ground floor knows an officer without knowing accounts."""

from dataclasses import dataclass
from typing import Literal, Protocol

from kntc.audit.rights import Right


@dataclass(frozen=True)
class Scope:
    """The part of the country an actor sees: everything, or one subtree of agencies (nested-set bounds).

    `agencies`: the keys of that subtree, where they are known and few. Named one by one in a statement they let
    PostgreSQL see how little a commune is, and take the index of the keeper.
    """

    kind: Literal["all", "tree", "none"]
    lft: int = 0
    rgt: int = 0
    agencies: tuple[int, ...] | None = None


class Actor(Protocol):
    """A person (or the system) acting in one post."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def post_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def post_title(self) -> str: ...
    @property
    def agency_id(self) -> int | None: ...
    @property
    def agency_name(self) -> str: ...
    @property
    def scope(self) -> Scope: ...
    def has_right(self, right: Right) -> bool: ...


@dataclass(frozen=True)
class SystemActor:
    """The operator at the command line: every right, the whole country, named in the log as what it is."""

    name: str = "Hệ thống"
    post_title: str = "dòng lệnh"
    account_id: int | None = None
    post_id: int | None = None
    agency_id: int | None = None
    agency_name: str = ""
    scope: Scope = Scope("all")

    def has_right(self, right: Right) -> bool:
        return True
