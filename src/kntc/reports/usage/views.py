"""The usage report on screen, in Word and in PDF."""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.audit.rights import Right
from kntc.documents.paper import OfficialPaper
from kntc.documents.pdf import to_pdf
from kntc.documents.word import render_word
from kntc.reports.usage import words
from kntc.reports.usage.figures import Usage, compile_usage
from kntc.reports.usage.forms import PaperForm, PeriodForm
from kntc.reports.usage.links import kind_figures, lines
from kntc.reports.usage.queries import chosen, reportable

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@signed_in(right=Right.REPORT)
def usage(request: OfficerRequest) -> HttpResponse:
    """The figures, each with the list behind it, and the boxes for what figures cannot know."""
    period = _period_form(request, request.GET)
    if not period.is_valid():
        return _screen(request, period, status=422)
    found = _compiled(request, period)
    return _screen(request, period, found, PaperForm.prefilled(found))


@require_POST
@signed_in(right=Right.REPORT)
def usage_word(request: OfficerRequest) -> HttpResponse:
    """The report as a Word file."""
    return _file(request, "docx", WORD_TYPE, render_word)


@require_POST
@signed_in(right=Right.REPORT)
def usage_pdf(request: OfficerRequest) -> HttpResponse:
    """The report as PDF, made from the same Word file."""
    return _file(request, "pdf", "application/pdf", lambda paper: to_pdf(render_word(paper)))


def _file(
    request: OfficerRequest, ending: str, kind: str, make: Callable[[OfficialPaper], bytes]
) -> HttpResponse:
    """The paper in one format; with something to mend, the screen again and nothing typed is lost."""
    period, paper = _period_form(request, request.POST), PaperForm(request.POST)
    if not period.is_valid():
        return _screen(request, period, status=422)
    found = _compiled(request, period)
    if not paper.is_valid():
        return _screen(request, period, found, paper, status=422)
    made = make(words.build_paper(found, paper.texts, paper.head, author=request.officer.name))
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found, ending)}"'
    return response


def _period_form(request: OfficerRequest, data: QueryDict) -> PeriodForm:
    agencies = reportable(request.officer)
    return PeriodForm(data, agencies, chosen(agencies, data.get("co_quan", ""), request.officer))


def _compiled(request: OfficerRequest, form: PeriodForm) -> Usage:
    start, end, basis = form.period
    return compile_usage(agency=form.agency, officer=request.officer, start=start, end=end, basis=basis)


def _screen(
    request: OfficerRequest,
    period: PeriodForm,
    found: Usage | None = None,
    paper: PaperForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"form": period, "usage": found, "paper": paper}
    if found:
        context |= {
            "figures": kind_figures(found),
            "lines": list(lines(found)),
            "sentences": words.figure_sentences(found),
            "notes": words.method_notes(found),
        }
    return render(request, "reports/usage/usage.html", context, status=status)


def _file_name(found: Usage, ending: str) -> str:
    return f"bao-cao-su-dung-{found.agency.code}-{found.start:%Y%m%d}-{found.end:%Y%m%d}.{ending}"
