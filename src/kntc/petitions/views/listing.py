"""The list of petitions, the panels that change it, and what it is told later."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.agencies.models import Agency
from kntc.agencies.queries import resolve
from kntc.audit.rights import Right
from kntc.petitions.columns import COLUMNS, Column
from kntc.petitions.counting import tally, tally_search
from kntc.petitions.listing import Listing
from kntc.petitions.models import SavedView

# Fields of the panel "Bộ lọc" in their order; kind and words are chosen outside it.
PANEL = (
    "agency",
    "subtree",
    "basis",
    "from",
    "to",
    "source",
    "field",
    "handling",
    "state",
    "late",
    "backfilled",
    "repeat",
    "own",
)
SUGGESTED = 8
# What a clerk looks for first in the morning.
QUICK: tuple[tuple[str, dict[str, str]], ...] = (
    ("Đang quá hạn", {"late": "overdue"}),
    ("Sắp đến hạn", {"late": "soon"}),
    ("Chưa xử lý", {"handling": "none"}),
    ("Cơ quan tôi quản lý", {"own": "1"}),
)


@require_GET
@signed_in(Right.READ)
def index(request: OfficerRequest) -> HttpResponse:
    """Danh sách đơn: tìm khi gõ, lọc, sắp, đếm theo loại; mỗi con số mở được."""
    listing = Listing(request.officer, request.GET)
    fragment = bool(request.htmx)  # type: ignore[attr-defined]
    template = "petitions/list_results.html" if fragment else "petitions/list.html"
    response = render(request, template, _context(listing), status=422 if listing.problems else 200)
    if fragment:
        response["HX-Replace-Url"] = reverse("petitions:list") + listing.address.url()
    return response


def _context(listing: Listing) -> dict[str, Any]:
    page = listing.page
    readable = not listing.problems
    return {
        "listing": listing,
        "page": page,
        "rows": listing.drawn(page),
        "tabs": listing.tabs(page.tally) if readable else [],
        "total": listing.total(page.tally) if readable else None,
        "chips": _chips(listing) if readable else [],
        "previous": listing.address.url(before=page.previous) if page.previous else "",
        "next": listing.address.url(after=page.next) if page.next else "",
        "quick": [(label, listing.address.url(**query)) for label, query in QUICK],
        "headers": list(_headers(listing)),
        "words": listing.search_text if listing.reads_content else "",
        "hidden": listing.address.hidden("q"),
        "may": {right.value: listing.officer.has_right(right) for right in Right},
        "today": timezone.localdate(),
    }


def _chips(listing: Listing) -> list[tuple[str, str]]:
    """Each filter in force with the address of the list without it."""
    return [(part.label, listing.address.without(part.parameters)) for part in listing.filters]


@dataclass(frozen=True)
class Header:
    """`state`: how the list is ordered by this column now; `url`: the order that a click brings."""

    column: Column
    state: str = ""
    url: str = ""


def _headers(listing: Listing) -> Iterator[Header]:
    now = listing.sort.key if listing.sort else listing.address.parameters["sort"]
    for column in listing.columns:
        if not column.sorts or (column.key == "petitioner" and not listing.reads_content):
            yield Header(column)
            continue
        up, down = column.sorts
        state = {up: "ascending", down: "descending"}.get(now, "")
        yield Header(column, state, listing.address.url(sort=down if now == up else up))


@require_GET
@signed_in(Right.READ)
def counts(request: OfficerRequest) -> HttpResponse:
    """The counts of a list that did not wait for them."""
    listing = Listing(request.officer, request.GET)
    if listing.problems:
        return HttpResponse(status=204)
    counted = (
        tally_search(listing.petitions, listing.words) if listing.asks_index else tally(listing.petitions)
    )
    context = {"tabs": listing.tabs(counted), "total": listing.total(counted)}
    return render(request, "petitions/list_counts.html", context)


@require_GET
@signed_in(Right.READ)
def filter_panel(request: OfficerRequest) -> HttpResponse:
    """Bộ lọc: mọi điều kiện trên một bảng."""
    listing = Listing(request.officer, request.GET)
    listing.form.is_valid()
    agency: Agency | None = listing.form.cleaned_data.get("agency")
    more = {
        "agency_label": agency.name if agency else "",
        # A commune sees itself and nothing else: there is nothing to choose.
        "picks_agency": bool(agency) or request.officer.scope.agencies != (request.officer.agency_id,),
        # What cannot be read is not carried along.
        "hidden": listing.address.hidden(*PANEL, *listing.form.errors),
    }
    return _panel(request, "petitions/list_filters.html", listing, more)


def _panel(request: OfficerRequest, template: str, listing: Listing, more: dict[str, Any]) -> HttpResponse:
    """As a dialog's content for htmx, as a page of its own without."""
    base = "petitions/list_fragment.html" if request.htmx else "petitions/list_panel.html"  # type: ignore[attr-defined]
    return render(request, template, {"listing": listing, "base": base} | more)


@require_GET
@signed_in(Right.READ)
def column_panel(request: OfficerRequest) -> HttpResponse:
    """Chọn cột."""
    listing = Listing(request.officer, request.GET)
    shown = {column.key for column in listing.columns}
    more = {
        "columns": COLUMNS.values(),
        "shown": shown,
        "hidden": listing.address.hidden("columns"),
        "usual": listing.address.without(["columns"]),
    }
    return _panel(request, "petitions/list_columns.html", listing, more)


@require_GET
@signed_in(Right.READ)
def saved_panel(request: OfficerRequest) -> HttpResponse:
    """Danh sách đã lưu của người đang làm việc."""
    listing = Listing(request.officer, request.GET)
    saved = SavedView.objects.filter(post_id=request.officer.post_id)
    return _panel(
        request, "petitions/list_saved.html", listing, {"saved": saved, "query": listing.address.query()}
    )


@require_GET
@signed_in(Right.READ)
def agencies(request: OfficerRequest) -> HttpResponse:
    """Agencies to choose from, by what has been typed: those in the officer's scope, and closed ones."""
    text = request.GET.get("q", "").replace("\0", "").strip()
    matches = resolve(text, near=request.officer.agency, limit=60, typing=True) if len(text) > 1 else []
    found = [match.agency for match in matches if _may_be_asked(match.agency, request)]
    return render(request, "petitions/list_agencies.html", {"agencies": found[:SUGGESTED], "text": text})


def _may_be_asked(agency: Agency, request: OfficerRequest) -> bool:
    scope = request.officer.scope
    if not agency.uses_system or agency.lft is None:
        return False
    return scope.kind == "all" or scope.lft <= agency.lft <= scope.rgt or agency.is_closed
