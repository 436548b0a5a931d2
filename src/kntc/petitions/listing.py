"""The list of petitions that an address asks for: which rows, which counts, which pages before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from kntc.accounts.officers import Officer
from kntc.audit.rights import Right
from kntc.law.fields import field_name
from kntc.petitions import clocks, extra_filters, search
from kntc.petitions.addresses import Address
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.petitions.columns import SHORT_SOURCES, Column, chosen_columns, related
from kntc.petitions.counting import CAP, Number, Tally, tally, tally_found
from kntc.petitions.excerpts import excerpt
from kntc.petitions.extra_filters import Filter
from kntc.petitions.filters import NONE, Chosen
from kntc.petitions.finding import Question, find
from kntc.petitions.list_form import ListForm
from kntc.petitions.models import Petition, PetitionQuerySet, PetitionText
from kntc.petitions.paging import NEWEST, SORTS, Place, Sort, around
from kntc.vietnamese.sorting import name_sort_key

PAGE = 20
BY_NAME = {"name": False, "-name": True}
TOO_MANY_NAMES = (
    f"Chỉ sắp được theo tên khi danh sách không quá {CAP:,} đơn. Hãy lọc bớt rồi sắp lại; "
    "dưới đây là đơn mới nhận trước."
).replace(",000", ".000")
GONE = (
    "Bộ lọc trong đường dẫn này không còn, hoặc không thuộc phạm vi bạn được xem. Hãy bỏ bộ lọc rồi chọn lại."
)
NO_WORDS = "Từ đang tìm không có chữ hay số nào. Hãy gõ tên, số CCCD, số đơn hoặc từ trong nội dung đơn."
LONG_TEXTS = ("text__content", "text__prior_note", "text__note", "text__search")

TABS = (
    ("", "", "Tất cả"),
    (Kind.COMPLAINT, "", "Khiếu nại"),
    (Kind.DENUNCIATION, "", "Tố cáo"),
    (Kind.REFLECTION, "", "Kiến nghị, phản ánh"),
    (Kind.REFLECTION, ReflectionKind.PROPOSAL, "Kiến nghị"),
    (Kind.REFLECTION, ReflectionKind.FEEDBACK, "Phản ánh"),
    (Kind.REFLECTION, NONE, "Chưa tách"),
)


@dataclass(frozen=True)
class Tab:
    """A kind with its count; `number` is None where it is told later. `part`: a part of the kind before it."""

    label: str
    url: str
    active: bool
    number: Number | None
    part: bool


@dataclass(frozen=True)
class Row:
    petition: Petition
    clock: clocks.Clock
    words: Sequence[str] = ()

    @property
    def excerpt(self) -> str:
        """Where a search found the petition: its summary, or what stands around the word in its content."""
        text = self.petition.words
        shown = f" {search.document([text.petitioner_line, text.summary])}"
        missing = [word for word in self.words if f" {word}" not in shown]
        return (missing and excerpt(text.content, missing)) or text.summary

    @property
    def url(self) -> str:
        return reverse("petitions:detail", args=[self.petition.pk])

    @property
    def source(self) -> str:
        return SHORT_SOURCES[self.petition.source]

    @property
    def field_name(self) -> str:
        return field_name(self.petition.field)


@dataclass(frozen=True)
class Page:
    """`previous`, `next`: where the pages around begin; empty where there is none."""

    petitions: list[Petition]
    previous: str = ""
    next: str = ""
    tally: Tally | None = None


class Listing:
    """One address read for one officer. A page costs two statements, a search of a rare word three."""

    def __init__(self, officer: Officer, query: QueryDict) -> None:
        self.officer = officer
        self.query = query
        self.address = Address.of(query)
        self.form = ListForm(self.address.parameters)
        self.columns: list[Column] = chosen_columns(self.address.parameters.get("columns", ""))
        self.notice = ""

    @cached_property
    def problems(self) -> list[str]:
        """Why there is no list: what in the address cannot be read."""
        found = [str(text) for texts in self.form.errors.values() for text in texts]
        if None in self._extras.values():
            found.append(GONE)
        if not found and self.search_text and not self.words:
            found.append(NO_WORDS)
        return found

    @cached_property
    def search_text(self) -> str:
        return str(self.form.cleaned_data.get("q", "")) if self.form.is_valid() else ""

    @cached_property
    def reads_content(self) -> bool:
        return self.officer.has_right(Right.READ_CONTENT)

    @cached_property
    def words(self) -> list[str]:
        return search.words(self.search_text)

    @cached_property
    def chosen(self) -> Chosen:
        """What a list without `problems` is narrowed by."""
        self.form.is_valid()
        return self.form.chosen(self.officer)

    @cached_property
    def _extras(self) -> dict[str, Filter | None]:
        return {
            name: provider(self.query, self.officer)
            for name, provider in extra_filters.PROVIDERS.items()
            if name in self.address.parameters
        }

    @cached_property
    def filters(self) -> list[Filter]:
        """What narrows the list beside the kind and the words, each with the parameters that leave with it."""
        extras = [
            Filter(found.apply, found.label, (name, *found.parameters))
            for name, found in self._extras.items()
            if found
        ]
        return self.chosen.filters() + extras

    @cached_property
    def sort(self) -> Sort | None:
        """None: by name."""
        key = self.address.parameters.get("sort", "")
        return None if key in BY_NAME and self.reads_content else SORTS.get(key, NEWEST)

    @cached_property
    def petitions(self) -> PetitionQuerySet:
        """The list without kind and words."""
        petitions = Petition.objects.visible_to(self.officer).live()
        for part in self.filters:
            petitions = part.apply(petitions)
        if self.search_text and not self.reads_content:
            petitions = petitions.filter(number__icontains=self.search_text)
        return petitions

    @property
    def asks_index(self) -> bool:
        """Whether words are looked for; who may not read content looks for numbers."""
        return bool(self.words) and self.reads_content

    @cached_property
    def page(self) -> Page:
        if self.problems:
            return Page([], tally=None)
        if self.sort is None:
            return self._by_name() or self._told_too_many()
        return self._by_key(self.sort)

    def _told_too_many(self) -> Page:
        self.notice = TOO_MANY_NAMES
        return self._by_key(NEWEST)

    def _by_key(self, sort: Sort) -> Page:
        backwards = "before" in self.query and "after" not in self.query
        place = sort.parse(self.query.get("before" if backwards else "after", ""))
        backwards = backwards and place is not None
        keys, counted = self._keys(sort, PAGE + 1, place, backwards)
        if not keys and place is not None:
            # Its rows have been voided or corrected since: the list begins anew.
            place, backwards = None, False
            keys, counted = self._keys(sort, PAGE + 1)
        rows = sort.sorted(self.rows(keys[:PAGE]))
        page = around(sort, rows, len(keys) > PAGE, place is not None, backwards)
        return Page(page.rows, page.previous, page.next, counted)

    def _keys(
        self, sort: Sort, limit: int, place: Place | None = None, backwards: bool = False
    ) -> tuple[list[int], Tally | None]:
        if self.asks_index:
            question = Question(self.petitions, self.words, self.chosen.kind_q, sort, limit, place, backwards)
            found = find(question)
            return found.keys, tally_found(question, found)
        beyond = sort.beyond(place, backwards=backwards) if place else Q()
        rows = self.petitions.filter(self.chosen.kind_q & beyond).order_by(*sort.order(backwards=backwards))
        return list(rows.values_list("pk", flat=True)[:limit]), self.tally()

    def tally(self) -> Tally | None:
        """Counts of a list without words; None where an officer would wait for them."""
        quick = self.officer.scope.agencies == (self.officer.agency_id,) or self._is_plain
        return tally(self.petitions, only_small=not quick)

    @property
    def _is_plain(self) -> bool:
        """Narrowed by nothing but agency and day of receipt, which the indexes begin with."""
        plain = {"agency", "subtree", "from", "to", "basis", "own"}
        return self.chosen.basis == "received" and all(set(part.parameters) <= plain for part in self.filters)

    def _by_name(self) -> Page | None:
        ordered = self.by_name()
        if ordered is None:
            return None
        start = _start(ordered, self.query)
        shown = ordered[start : start + PAGE]
        return Page(
            self.in_turn(shown),
            f"~{ordered[start]}" if start else "",
            f"~{shown[-1]}" if len(ordered) > start + PAGE else "",
            None if self.asks_index else self.tally(),
        )

    def by_name(self) -> list[int] | None:
        """The keys of a list of at most a thousand, in Vietnamese order of given names; None for a longer one."""
        lines = self._lines()
        if len(lines) > CAP:
            return None
        down = BY_NAME[self.address.parameters["sort"]]
        return [pk for _, pk in sorted(((name_sort_key(line), pk) for pk, line in lines), reverse=down)]

    def _lines(self) -> list[tuple[int, str]]:
        """Each petition with its writer. One statement, for a search up to three."""
        if self.asks_index:
            question = Question(self.petitions, self.words, self.chosen.kind_q, NEWEST, CAP + 1)
            keys = find(question).keys
            named = PetitionText.objects.visible_to(self.officer).filter(pk__in=keys)
            return list(named.values_list("pk", "petitioner_line"))
        rows = self.petitions.filter(self.chosen.kind_q).order_by(*NEWEST.order())
        return [(pk, line or "") for pk, line in rows.values_list("pk", "text__petitioner_line")[: CAP + 1]]

    def in_turn(self, keys: list[int]) -> list[Petition]:
        """These petitions in the order of their keys. One statement."""
        found = {petition.pk: petition for petition in self.rows(keys)}
        return [found[pk] for pk in keys if pk in found]

    def rows(self, keys: Iterable[int]) -> PetitionQuerySet:
        """These petitions with all that a row shows. One statement."""
        return self.detailed(Petition.objects.visible_to(self.officer).live().filter(pk__in=list(keys)))

    def drawn(self, page: Page) -> list[Row]:
        """The page as its template shows it."""
        words = self.words if self.asks_index else ()
        return [Row(petition, clocks.clock_of(petition), words) for petition in page.petitions]

    def detailed(self, petitions: PetitionQuerySet) -> PetitionQuerySet:
        expressions = {name: expression() for name, expression in clocks.ANNOTATIONS.items()}
        return (
            petitions.select_related("text", *related(self.columns))
            .defer(*(LONG_TEXTS[1:] if self.asks_index else LONG_TEXTS))
            .annotate(**expressions)
        )

    def tabs(self, counted: Tally | None) -> list[Tab]:
        """Every kind, its two parts, and what the register does not tell apart (R20)."""
        now = (self.chosen.kind, self.chosen.reflection_kind)
        return [
            Tab(
                label,
                self.address.url(kind=kind, reflection_kind=part),
                (kind, part) == now or (not now[0] and bool(part) and part == now[1]),
                _number(counted, kind, part),
                bool(part),
            )
            for kind, part, label in TABS
        ]

    def total(self, counted: Tally | None) -> Number | None:
        """How long the list is."""
        return _number(counted, self.chosen.kind, self.chosen.reflection_kind)


def _number(counted: Tally | None, kind: str, part: str) -> Number | None:
    return counted.of(kind, {"": None, NONE: ""}.get(part, part)) if counted else None


def _start(ordered: list[int], query: QueryDict) -> int:
    """Where a page of a list held in memory begins: behind the row named, or a page before it."""
    name = "after" if "after" in query else "before"
    text = query.get(name, "").removeprefix("~")
    if not text.isdecimal() or int(text) not in ordered:
        return 0
    at = ordered.index(int(text))
    return at + 1 if name == "after" else max(0, at - PAGE)
