"""The list of reports, a statutory table on screen and in Excel, the agencies to choose from."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.officers import Officer
from kntc.agencies.models import Agency
from kntc.agencies.queries import resolve
from kntc.audit.rights import Right
from kntc.law.tables import Form, forms
from kntc.reports.compile import compilable_forms, compile_form
from kntc.reports.forms import TableForm
from kntc.reports.overseen import overseen, overseen_agency
from kntc.reports.paper import EXCEL_TYPE, excel_of, file_name
from kntc.reports.periods import year_of
from kntc.reports.screen import PeriodChooser, TableScreen

SUGGESTED = 8
LEAST_LETTERS = 2


@require_GET
@signed_in(right=Right.REPORT)
def index(request: OfficerRequest) -> HttpResponse:
    """Every report, ready or not."""
    ready = compilable_forms()
    tables = [(form, slug_of(form), form in ready) for form in forms()]
    return render(request, "reports/index.html", {"tables": tables})


@require_GET
@signed_in(right=Right.REPORT)
def table(request: OfficerRequest, slug: str) -> HttpResponse:
    """One statutory table for an agency and a period."""
    code, today = _code(slug), timezone.localdate()
    agency = overseen_agency(request.GET.get("co_quan", ""), request.officer)
    start, end = default_period(agency, today)
    form = TableForm(request.GET, start, end)
    context = {"form": form, "agency": agency, "slug": slug, "code": code}
    if not form.is_valid():
        return render(request, "reports/table.html", context, status=422)
    start, end = form.period
    compiled = compile_form(code, agency, start, end, request.officer)
    context |= {"table": TableScreen(compiled), "chooser": PeriodChooser(agency.code, start, end, today)}
    return render(request, "reports/table.html", context)


@require_GET
@signed_in(right=Right.REPORT)
def table_excel(request: OfficerRequest, slug: str) -> HttpResponse:
    """The same table as the printed form."""
    code = _code(slug)
    agency = overseen_agency(request.GET.get("co_quan", ""), request.officer)
    form = TableForm(request.GET, *default_period(agency, timezone.localdate()))
    if not form.is_valid():
        context = {"form": form, "agency": agency, "slug": slug, "code": code}
        return render(request, "reports/table.html", context, status=422)
    compiled = compile_form(code, agency, *form.period, request.officer)
    response = HttpResponse(excel_of(compiled, request.officer.name), content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(compiled)}"'
    return response


@require_GET
@signed_in(right=Right.REPORT)
def find_agencies(request: OfficerRequest) -> HttpResponse:
    """Options for the agency of a report: only those overseen. Three statements."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    found = _suggested(text, request.officer) if len(text) >= LEAST_LETTERS else []
    return render(request, "reports/agency_options.html", {"text": text, "agencies": found})


def _suggested(text: str, officer: Officer) -> list[Agency]:
    """What is typed may be a code, or any writing of a name."""
    matches = [match.agency.pk for match in resolve(text, near=officer.agency, limit=60, typing=True)]
    known = {agency.pk: agency for agency in overseen(officer).filter(pk__in=matches)}
    by_code = list(overseen(officer).filter(code__istartswith=text).order_by("code")[:SUGGESTED])
    ordered = [*by_code, *(known[pk] for pk in matches if pk in known)]
    return list({agency.pk: agency for agency in ordered}.values())[:SUGGESTED]


def default_period(agency: Agency, today: date) -> tuple[date, date]:
    """The statutory year that runs, or the last one that the agency stood in."""
    day = min(today, agency.valid_to or today)
    year = year_of(day)
    return (year.start, year.end) if year else (date(day.year, 1, 1), day)


def slug_of(form: Form) -> str:
    return form.code.lower().replace("/", "-")


def _code(slug: str) -> str:
    code = next((form.code for form in forms() if slug_of(form) == slug), None)
    if code is None:
        raise Http404
    return code
