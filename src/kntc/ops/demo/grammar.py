"""Petitions and visits that never were, in words of our own.

Deterministic: the same seed and the same calls give the same texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from kntc.ops.demo.names import PersonRecord, full_name, is_highland, person, phone
from kntc.ops.demo.templates import say
from kntc.ops.demo.things import Things, day_text
from kntc.ops.demo.topics import Template, Topic, fields_for, read, topics_for

__all__ = ["Grammar", "PersonRecord", "PetitionText", "VisitText", "fields_for"]

_Choice = TypeVar("_Choice")
_GROUPS = 0.1  # of complaints and reflections are signed by many


@dataclass(frozen=True)
class PetitionText:
    """`content` of a denunciation names neither its writer nor an address: that stands in `petitioner` alone."""

    field: str
    title: str
    summary: str
    content: str
    request: str
    petitioner: PersonRecord
    respondent: str | None
    signatories: int
    written_on: date


@dataclass(frozen=True)
class VisitText:
    """`kind` is what the visitor came for; `people_count` 5 or more is a large group."""

    kind: str
    field: str
    summary: str
    result: str
    visitor: PersonRecord
    people_count: int


class Grammar:
    """Writes petitions and visits. `kind` and `field` are codes of `kntc.law.catalogue`, `place_name` "Xã Ia Ly"."""

    def __init__(self, seed: int | str) -> None:
        self._random = Random(seed)

    def petition(
        self, kind: str, field: str, place_name: str, received_on: date, *, instance: int = 1
    ) -> PetitionText:
        """Raises LookupError where there is nothing to say about a field in a petition of this kind."""
        written_on = received_on - timedelta(days=self._random.randint(0, 6))
        writer = person(self._random, place_name, written_on)
        story = _Story(
            self._random, kind, self._random.choice(topics_for(kind, field)), place_name, written_on, writer
        )
        request = story.request()
        return PetitionText(
            field=story.topic.field,
            title=story.title,
            summary=_shortened(f"{story.title}. {request}"),
            content=story.content(request, instance),
            request=request,
            petitioner=writer,
            respondent=story.respondent(),
            signatories=story.signatories,
            written_on=written_on,
        )

    def visit(self, place_name: str, received_on: date, kind: str = "", field: str = "") -> VisitText:
        """Somebody who came to be heard; kind and field by chance where not given."""
        kind = kind or self._random.choices(("complaint", "denunciation", "reflection"), (30, 8, 62))[0]
        field = field or self._random.choice(fields_for(kind))
        visitor = person(self._random, place_name, received_on)
        story = _Story(
            self._random, kind, self._random.choice(topics_for(kind, field)), place_name, received_on, visitor
        )
        return VisitText(
            kind=kind,
            field=story.topic.field,
            summary=_shortened(f"{story.title}. {story.fact()}"),
            result=story.said("visit_results"),
            visitor=visitor,
            people_count=self._random.choices((1, 2, 3, 4, self._random.randint(5, 18)), (70, 14, 6, 4, 6))[
                0
            ],
        )

    def official(self, place_name: str, on: date) -> str:
        """The name of somebody in office."""
        male = self._random.random() < 0.65
        return full_name(
            self._random, place_name, male=male, birth_year=on.year - self._random.randint(30, 58)
        )

    def phone(self) -> str:
        return phone(self._random)


class _Story:
    """One petition while it is being written: its title, and the sentences that go with it."""

    def __init__(
        self, random: Random, kind: str, topic: Topic, place: str, on: date, writer: PersonRecord
    ) -> None:
        self.topic = topic
        self._random = random
        self._kind = kind
        self._region = "H" if is_highland(place) else "C"
        self._things = Things(random, place, on, _given(random, on, writer))
        title = random.choice(topic.titles_for(kind, self._region))
        self._threads = title.threads
        self.title = self._say(title.text)
        many = kind != "denunciation" and random.random() < _GROUPS
        self.signatories = int(self._things("many")) if many else 1

    def fact(self) -> str:
        return self._say(self._random.choice(self._fitting(self.topic.facts)).text)

    def request(self) -> str:
        return self._all(self._some(self._fitting(self.topic.requests), 1, 2))

    def respondent(self) -> str | None:
        choices = self.topic.respondents_for(self._kind, self._threads, self._region)
        if choices:
            return self._say(self._random.choice(choices).text)
        return self._say("UBND {place}") if self._kind == "complaint" else None

    def content(self, request: str, instance: int) -> str:
        veiled = self._kind == "denunciation"
        sentences = [
            self.said("greetings"),
            self.said("veiled_intros" if veiled else "group_intros" if self.signatories > 1 else "intros"),
            self.said("openings"),
            self.said(f"second_{self._kind}s") if instance == 2 and self._kind != "reflection" else "",
            self._all(self._some(self._fitting(self.topic.facts), 3, 5)),
            " ".join(self._say(step) for step in self._some(read("texts-common")["histories"], 0, 2)),
            self._all(self._some(self._fitting(self.topic.reasons), 0, 1)),
            request,
            self.said("veiled_evidence" if veiled else "evidence"),
            self.said("veiled_closings" if veiled else "closings"),
        ]
        return " ".join(filter(None, sentences))

    def said(self, phrase: str) -> str:
        """One of the shared phrases."""
        return self._say(self._random.choice(read("texts-common")[phrase]))

    def _fitting(self, templates: Iterable[Template]) -> list[Template]:
        return [template for template in templates if template.goes_with(self._threads, self._region)]

    def _some(self, choices: Sequence[_Choice], least: int, most: int) -> list[_Choice]:
        """Some of the choices in their order."""
        count = min(self._random.randint(least, most), len(choices))
        return [choices[index] for index in sorted(self._random.sample(range(len(choices)), count))]

    def _all(self, templates: Iterable[Template]) -> str:
        return " ".join(self._say(template.text) for template in templates)

    def _say(self, text: str) -> str:
        spoken = say(text, self._random, self._things)
        return spoken[:1].upper() + spoken[1:]


def _given(random: Random, on: date, writer: PersonRecord) -> dict[str, str]:
    """What the writer says of himself, and the decision that a second petition turns against."""
    first = day_text(on - timedelta(days=random.randint(20, 45)))
    return {
        "me": writer.name,
        "mybirth": str(writer.birth_year),
        "myaddress": writer.address,
        "first_decision": f"Quyết định số {random.randint(40, 3_900)}/QĐ-UBND ngày {first}",
        "first_conclusion": f"Kết luận số {random.randint(3, 90)}/KL-UBND ngày {first}",
    }


def _shortened(text: str, most: int = 480) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
