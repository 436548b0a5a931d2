"""What petitions say about each field, read from `data/texts-*.toml` (its signs: `data/texts-common.toml`)."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FILES = ("texts-land", "texts-policy", "texts-service", "texts-life")
_KINDS = {"K": "complaint", "T": "denunciation", "P": "reflection"}
# A title that begins so belongs to petitions of these kinds only.
_SPOKEN_BY = {
    "Tố cáo": ("denunciation",),
    "Khiếu nại": ("complaint",),
    "Không đồng ý": ("complaint",),
    "Đề nghị": ("complaint", "reflection"),
}
_PRIVATE = ("{company}", "{neighbour}", "{officer}")  # what a complaint is never lodged against


@dataclass(frozen=True)
class Template:
    """A sentence of a topic. `threads`: the titles it goes with, by letter; `region` "C" coast, "H" highlands.

    `kinds` are the kinds of petitions that it is for; none are named where it is for all.
    """

    text: str
    threads: frozenset[str] = frozenset()
    region: str = ""
    kinds: frozenset[str] = frozenset()

    def goes_with(self, threads: frozenset[str], region: str) -> bool:
        return self.region in ("", region) and (
            not self.threads or not threads or bool(self.threads & threads)
        )


@dataclass(frozen=True)
class Topic:
    """What petitions of some kinds say about one field."""

    field: str
    kinds: tuple[str, ...]
    titles: tuple[Template, ...]
    facts: tuple[Template, ...]
    reasons: tuple[Template, ...]
    requests: tuple[Template, ...]
    respondents: tuple[Template, ...]

    def titles_for(self, kind: str, region: str) -> list[Template]:
        return [title for title in self.titles if _speaks(title, kind) and title.region in ("", region)]

    def respondents_for(self, kind: str, threads: frozenset[str], region: str) -> list[Template]:
        """A complaint names an authority, a denunciation preferably a person."""
        fitting = [entry for entry in self.respondents if entry.goes_with(threads, region)]
        people = [entry for entry in fitting if any(name in entry.text for name in _PRIVATE)]
        offices = [entry for entry in fitting if entry not in people]
        return {"complaint": offices, "denunciation": people or offices}.get(kind, [])


def _speaks(title: Template, kind: str) -> bool:
    by_beginning = (kinds for beginning, kinds in _SPOKEN_BY.items() if title.text.startswith(beginning))
    return (not title.kinds or kind in title.kinds) and all(kind in kinds for kinds in by_beginning)


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(_topic(entry) for name in _FILES for entry in read(name)["topic"])


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("kntc.ops.demo").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def _topic(entry: dict[str, Any]) -> Topic:
    templates = {
        key: _templates(entry[key]) for key in ("titles", "facts", "reasons", "requests", "respondents")
    }
    return Topic(field=entry["field"], kinds=tuple(entry["kinds"]), **templates)


def _templates(texts: Iterable[str]) -> tuple[Template, ...]:
    return tuple(_template(text) for text in texts)


def _template(text: str) -> Template:
    if not text.startswith("#"):
        return Template(text)
    signs, _, rest = text[1:].partition(" ")
    return Template(
        rest,
        threads=frozenset(sign for sign in signs if sign.islower()),
        region="".join(sign for sign in signs if sign in "CH"),
        kinds=frozenset(_KINDS[sign] for sign in signs if sign in _KINDS),
    )


@cache
def fields_for(kind: str) -> tuple[str, ...]:
    """Codes of fields that petitions of a kind can be written about."""
    return tuple(topic.field for topic in topics() if kind in topic.kinds)


def topics_for(kind: str, field: str) -> list[Topic]:
    """Topics of just this field, else of its branch. Raises LookupError where there are none."""
    fitting = [topic for topic in topics() if kind in topic.kinds]
    for name in (field, field.partition(".")[0]):
        if found := [topic for topic in fitting if topic.field == name or topic.field.startswith(f"{name}.")]:
            return found
    raise LookupError(f"nothing to say about {field!r} in a petition of kind {kind!r}")
