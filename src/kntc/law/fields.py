"""Fields of matters (lĩnh vực): a small tree of codes, read from `data/fields.toml`."""

from dataclasses import dataclass
from functools import cache

from kntc.law.documents import read


@dataclass(frozen=True)
class Field:
    """A branch ("land") or a leaf of one ("land.recovery")."""

    code: str
    name: str
    keywords: tuple[str, ...]
    strong: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def branch(self) -> str:
        return self.code.partition(".")[0]

    @property
    def is_branch(self) -> bool:
        return self.branch == self.code


@cache
def fields() -> tuple[Field, ...]:
    """All fields, each branch before its leaves."""
    return tuple(
        Field(
            entry["code"],
            entry["name"],
            *(tuple(entry.get(key, ())) for key in ("keywords", "strong", "kinds")),
        )
        for entry in read("fields")["field"]
    )


@cache
def field_tree() -> tuple[tuple[Field, tuple[Field, ...]], ...]:
    """Each branch with its leaves, for lists to choose from."""
    return tuple(
        (branch, tuple(leaf for leaf in fields() if leaf.branch == branch.code and not leaf.is_branch))
        for branch in fields()
        if branch.is_branch
    )


@cache
def _by_code() -> dict[str, Field]:
    return {entry.code: entry for entry in fields()}


def field(code: str) -> Field | None:
    return _by_code().get(code)


def field_name(code: str) -> str:
    """What people read: "Đất đai: Thu hồi đất"; for no code "Chưa phân loại"."""
    found = field(code)
    if found is None:
        return "Chưa phân loại"
    return found.name if found.is_branch else f"{_by_code()[found.branch].name}: {found.name}"
