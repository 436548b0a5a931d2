"""The legal documents behind the rules, read from `data/*.toml`."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Document:
    """A legal document and the days on which it rules; `valid_to` is its last day."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None
    content: dict[str, Any] = field(hash=False, compare=False, repr=False)

    def rules_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@cache
def read(name: str) -> dict[str, Any]:
    """One data file by name, without its ending."""
    return tomllib.loads(files("kntc.law").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def documents() -> tuple[Document, ...]:
    """All legal documents, oldest first."""
    names = sorted(entry.name for entry in files("kntc.law").joinpath("data").iterdir())
    contents = [read(name.removesuffix(".toml")) for name in names if name.endswith(".toml")]
    found = [_document(content) for content in contents if "document" in content]
    return tuple(sorted(found, key=lambda document: document.valid_from))


def _document(content: dict[str, Any]) -> Document:
    head = content["document"]
    return Document(head["code"], head["name"], head["valid_from"], head.get("valid_to"), content)
