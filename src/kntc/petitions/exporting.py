"""Just this list as an Excel file: its filters, its order, its columns."""

from collections import Counter
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

from django.db.models import Count
from django.utils import timezone

from kntc.audit.errors import Refused
from kntc.documents.excel import Value, write_list
from kntc.petitions.actions.exporting import record_export
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.petitions.columns import Part, excel_parts
from kntc.petitions.counting import Tally
from kntc.petitions.finding import matching
from kntc.petitions.listing import Listing
from kntc.petitions.models import Petition, PetitionQuerySet
from kntc.petitions.paging import NEWEST
from kntc.vietnamese import number, short_date

# What a person can still use in Excel, and what is written before a browser gives up waiting.
MOST = 200_000
CHUNK = 2000


def export(listing: Listing) -> IO[bytes]:
    """The file, open at its beginning. Rows stream through, whatever their number. Raises Refused for too many."""
    petitions = wanted(listing)
    counted = exact(petitions)
    count = sum(counted.classes.values())
    if count > MOST:
        raise Refused(
            f"Danh sách có {number(count)} đơn, nhiều hơn mức {number(MOST)} đơn của một tệp Excel. "
            "Hãy chọn kỳ ngắn hơn hoặc lọc bớt rồi kết xuất lại."
        )
    parts = excel_parts(listing.columns)
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    write_list(
        [cell for cell, _ in parts],
        _values(parts, in_order(listing, petitions)),
        title=f"Danh sách đơn {listing.chosen.kind_label.lower()}".strip(),
        lines=_lines(listing, counted),
        agency_lines=[listing.officer.agency_name],
        author=listing.officer.name,
        into=file,
    )
    file.seek(0)
    record_export(count=count, filters=told(listing), searched=bool(listing.search_text), by=listing.officer)
    return file


def wanted(listing: Listing) -> PetitionQuerySet:
    """Every petition of the list, on whatever page."""
    petitions = listing.petitions.filter(listing.chosen.kind_q)
    return petitions.filter(matching(listing.words, listing.words)) if listing.asks_index else petitions


def exact(petitions: PetitionQuerySet) -> Tally:
    """One statement."""
    rows = petitions.order_by().values_list("kind", "reflection_kind").annotate(n=Count("pk"))
    return Tally(Counter({(kind, part): n for kind, part, n in rows}))


def in_order(listing: Listing, petitions: PetitionQuerySet) -> Iterable[Petition]:
    if listing.sort is None:
        ordered = listing.by_name()
        if ordered is not None:
            return listing.in_turn(ordered)
    order = (listing.sort or NEWEST).order()
    rows: Iterable[Petition] = listing.detailed(petitions).order_by(*order).iterator(chunk_size=CHUNK)
    return rows


def _values(parts: list[Part], petitions: Iterable[Petition]) -> Iterator[list[Value]]:
    for petition in petitions:
        yield [read(petition) for _, read in parts]


def told(listing: Listing) -> list[str]:
    """The conditions of the list in words, without what was searched for."""
    kind = [f"Loại đơn: {listing.chosen.kind_label}"] if listing.chosen.kind_label else []
    return kind + [part.label for part in listing.filters]


def _lines(listing: Listing, counted: Tally) -> list[str]:
    words = [f"Từ tìm kiếm: {listing.search_text}"] if listing.search_text else []
    conditions = [*told(listing), *words] or ["Tất cả đơn trong phạm vi được xem"]
    now = timezone.localtime()
    officer = listing.officer
    return [
        "; ".join(conditions),
        counts_text(counted),
        f"Kết xuất lúc {now:%H:%M} ngày {short_date(now.date())}, người kết xuất: {officer.name}, {officer.post_title}",
    ]


def counts_text(counted: Tally) -> str:
    """ "Tổng số 639 đơn: khiếu nại 280, tố cáo 42, kiến nghị, phản ánh 317 (kiến nghị 9, …)"."""
    classes = counted.classes
    reflections = [classes[Kind.REFLECTION, part] for part in (*ReflectionKind.values, "")]
    proposal, feedback, both = map(number, reflections)
    return (
        f"Tổng số {number(sum(classes.values()))} đơn: khiếu nại {number(classes[Kind.COMPLAINT, ''])}, "
        f"tố cáo {number(classes[Kind.DENUNCIATION, ''])}, kiến nghị, phản ánh {number(sum(reflections))} "
        f"(kiến nghị {proposal}, phản ánh {feedback}, chưa tách {both})"
    )
