"""The reception book on screen, and a new line in it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.audit.errors import InvalidInput
from kntc.audit.rights import Right
from kntc.reception.actions import NewVisit, record_visit
from kntc.reception.forms import VisitForm
from kntc.reception.queries import visits


@signed_in(Right.READ_CONTENT)
def index(request: OfficerRequest) -> HttpResponse:
    """Sổ tiếp công dân."""
    rows, more = visits(request.officer, _key(request.GET.get("truoc", "")))
    last = f"{rows[-1].received_on.isoformat()}_{rows[-1].pk}" if more else ""
    may_record = request.officer.has_right(Right.REGISTER)
    return render(request, "reception/list.html", {"visits": rows, "next": last, "may_record": may_record})


def _key(text: str) -> tuple[date, int] | None:
    day, _, pk = text.partition("_")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@signed_in(Right.REGISTER)
def record(request: OfficerRequest) -> HttpResponse:
    """Ghi một lượt tiếp."""
    today = {"received_on": timezone.localdate()}
    form = VisitForm(request.POST if request.method == "POST" else None, initial=today)
    if form.is_valid():
        try:
            visit = record_visit(
                visit=NewVisit(agency=request.officer.agency, **form.cleaned_data), by=request.officer
            )
        except InvalidInput as refusal:
            for name, text in refusal.errors.items():
                form.add_error(name if name in form.fields else None, text)
        else:
            messages.success(request, f"Đã ghi lượt tiếp số {visit.number}.")
            return redirect("reception:list")
    return render(request, "reception/form.html", {"form": form}, status=422 if form.is_bound else 200)
