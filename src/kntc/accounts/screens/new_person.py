"""A colleague on one screen: four fields, three clicks, and the slip is printed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.creating import Created, create_person
from kntc.accounts.models import Post
from kntc.accounts.people import logins, roster, slips
from kntc.accounts.people.persons import NewPerson, like, read_contact
from kntc.accounts.screens.person_forms import NewPersonForm, add_refusal
from kntc.agencies.models import Agency
from kntc.audit.errors import NotAllowed, Refused
from kntc.audit.rights import Right


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def new_person(request: OfficerRequest) -> HttpResponse:
    """Thêm một người dùng: họ tên, cơ quan, như ai, liên hệ."""
    agency = _agency(request)
    form = _form(request, agency, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = _create(form, request)
        if made:
            slips.keep(request.session, {made.account.pk: made.code})
            messages.success(request, f"Đã tạo tài khoản {made.account.login}. In phiếu rồi giao tận tay.")
            return redirect("accounts:slips")
    context = {"form": form, "agency": agency}
    return render(request, "accounts/people/new.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def propose_login(request: OfficerRequest) -> HttpResponse:
    """The field of the login with a name that is free, unless the administrator has typed one."""
    given = request.GET.get("login", "").strip()
    proposed = request.GET.get("proposed", "")
    name = request.GET.get("full_name", "")[:150]
    login = logins.propose(name) if not given or given == proposed else given
    form = _form(request, _agency(request), None, initial={"login": login})
    return render(request, "accounts/people/login_field.html", {"form": form, "proposed": login})


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def choices_of_like(request: OfficerRequest) -> HttpResponse:
    """The colleagues and job titles of the agency just chosen."""
    form = _form(request, _agency(request), None)
    return render(request, "accounts/people/like_field.html", {"form": form})


def _agency(request: OfficerRequest) -> Agency:
    """The agency that the form or the address names, else the own one. Raises OutOfReach for one elsewhere."""
    key = request.POST.get("agency") or request.GET.get("agency") or request.GET.get("co-quan", "")
    if not key:
        return request.officer.agency
    return roster.read({"co-quan": key}, request.officer).area.agency


def _form(request: OfficerRequest, agency: Agency, data: Any, **more: Any) -> NewPersonForm:
    initial = {"agency": str(agency.pk), "like": request.GET.get("nhu-ai", "")} | more.get("initial", {})
    return NewPersonForm(data, officer=request.officer, agency=agency, others=[agency], initial=initial)


def _create(form: NewPersonForm, request: OfficerRequest) -> Created | None:
    try:
        return create_person(person=_person(form), by=request.officer)
    except NotAllowed:
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return None


def _person(form: NewPersonForm) -> NewPerson:
    data = form.cleaned_data
    agency: Agency = data["agency"]
    colleague: Post | None = form.colleagues.get(data["like"])
    copied: dict[str, Any]
    if colleague:
        copied = like(colleague, agency)
    else:
        job = form.jobs[data["like"]]
        copied = {"title": job.title, "role": job.role}
    return NewPerson(
        full_name=data["full_name"],
        agency=agency,
        login=data["login"],
        **(copied | read_contact(data["contact"])),
    )
