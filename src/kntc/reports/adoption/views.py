"""Theo dõi sử dụng: the monitor, its file, the nudge."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.messaging import nudge_unit, nudged_in
from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.officers import Officer
from kntc.audit.errors import InvalidInput, NotAllowed, Refused
from kntc.audit.rights import Right
from kntc.reports.adoption.excel import excel_of, file_name
from kntc.reports.adoption.figures import Unit, compile_adoption
from kntc.reports.adoption.screen import AdoptionScreen, choice_of, proposed_text
from kntc.reports.overseen import overseen_agency
from kntc.reports.paper import EXCEL_TYPE


@require_GET
@signed_in()
def monitor(request: OfficerRequest) -> HttpResponse:
    """Numbers only: every officer may see how the own units use the system; who keeps accounts may nudge them."""
    screen = _screen(request)
    context = {"screen": screen, "may_nudge": _may_nudge(request.officer), "query": request.GET.urlencode()}
    return render(request, "reports/adoption/monitor.html", context)


@require_GET
@signed_in()
def excel(request: OfficerRequest) -> HttpResponse:
    screen = _screen(request)
    response = HttpResponse(excel_of(screen, request.officer.name), content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(screen)}"'
    return response


@require_POST
@signed_in(right=Right.MANAGE_ACCOUNTS)
def prepare(request: OfficerRequest) -> HttpResponse:
    """The words to each unit that was ticked (or to all of the filter), to be looked over before they go."""
    require(request.officer, Act.MONITOR_USE)
    screen = _screen(request)
    letters = _letters(_ticked(request, screen), screen)
    if not letters:
        messages.info(request, "Chưa chọn đơn vị nào. Hãy đánh dấu đơn vị cần nhắc.")
        return redirect(f"{reverse('reports:adoption')}?{request.GET.urlencode()}")
    return render(
        request, "reports/adoption/nudge.html", {"letters": letters, "query": request.GET.urlencode()}
    )


@require_POST
@signed_in(right=Right.MANAGE_ACCOUNTS)
def nudge(request: OfficerRequest) -> HttpResponse:
    """Send each unit its words; what could not go comes back with the reason."""
    require(request.officer, Act.MONITOR_USE)
    screen = _screen(request)
    again = request.POST.get("again") == "1"
    link = reverse("petitions:list")
    sent, letters = 0, []
    for letter in _letters(_ticked(request, screen), screen):
        letter.text = request.POST.get(f"text-{letter.unit.agency.pk}", letter.text)
        try:
            nudge_unit(
                agency=letter.unit.agency, text=letter.text, link=link, again=again, by=request.officer
            )
            sent += 1
        except NotAllowed:
            raise
        except (InvalidInput, Refused) as refusal:
            letter.fault = refusal.message
            letters.append(letter)
    if sent:
        messages.success(request, f"Đã nhắc {sent} đơn vị.")
    if not letters:
        return redirect(f"{reverse('reports:adoption')}?{request.GET.urlencode()}")
    context = {"letters": letters, "query": request.GET.urlencode(), "again": again}
    return render(request, "reports/adoption/nudge.html", context, status=422)


@dataclass
class Letter:
    unit: Unit
    text: str
    recipients: list[str]
    fault: str = ""


def _letters(units: list[Unit], screen: AdoptionScreen) -> list[Letter]:
    reached = nudged_in(unit.agency.pk for unit in units)
    return [
        Letter(
            unit,
            proposed_text(unit, screen.choice.today),
            [f"{post.account.full_name} ({post.title})" for post in reached.get(unit.agency.pk, [])],
        )
        for unit in units
    ]


def _ticked(request: OfficerRequest, screen: AdoptionScreen) -> list[Unit]:
    units = [unit for unit in screen.chosen if not unit.own]
    if request.POST.get("all") == "1":
        return units
    keys = set(request.POST.getlist("unit"))
    return [unit for unit in units if str(unit.agency.pk) in keys]


def _screen(request: OfficerRequest) -> AdoptionScreen:
    agency = overseen_agency(request.GET.get("co_quan", ""), request.officer)
    choice = choice_of(request.GET, timezone.localdate())
    adoption = compile_adoption(agency, choice.start, choice.today, request.officer)
    return AdoptionScreen(adoption, choice, request.officer)


def _may_nudge(officer: Officer) -> bool:
    try:
        require(officer, Act.MONITOR_USE)
    except Refused:
        return False
    return True
