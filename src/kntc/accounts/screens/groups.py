"""Nhóm nghiệp vụ: the list, one group with its members, a merger with its preview."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions import groups as acts
from kntc.accounts.actions.memberships import add_members, remove_members
from kntc.accounts.models import Group, Post
from kntc.accounts.people.pages import keyed_page
from kntc.accounts.rights.group_queries import (
    ORDER,
    candidates,
    groups_of,
    members_of,
    others_of,
    past_of,
    preview,
    visible_group,
)
from kntc.accounts.rights.group_references import counts
from kntc.accounts.rights.group_templates import BY_KEY, TEMPLATES
from kntc.accounts.screens.group_forms import NameForm, NewGroupForm, RightsForm
from kntc.audit.errors import InvalidInput, Refused
from kntc.audit.rights import Right


def keys(values: list[str]) -> list[int]:
    """What a form sends as keys, without what is none."""
    return [int(text) for text in values if text.isascii() and text.isdecimal() and len(text) < 10]


def _crumbs(*groups: Group) -> list[dict[str, str]]:
    inner = [{"label": one.name, "url": reverse("accounts:group", args=[one.pk])} for one in groups]
    return [{"label": "Nhóm nghiệp vụ", "url": reverse("accounts:groups")}, *inner]


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def index(request: OfficerRequest) -> HttpResponse:
    search = request.GET.get("q", "")[:100]
    agency = next(iter(keys([request.GET.get("co-quan", "")])), None)
    page = keyed_page(
        groups_of(request.officer, search, agency),
        ORDER,
        after=request.GET.get("sau", ""),
        before=request.GET.get("truoc", ""),
    )
    context = {"page": page, "search": search, "agency": agency, "names": dict(Right.choices)}
    return render(request, "accounts/groups/index.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def new(request: OfficerRequest) -> HttpResponse:
    """From a template: its name and rights stand ready and may be changed."""
    if request.method == "POST":
        form = NewGroupForm(request.POST)
        if form.is_valid() and (made := _made(request, form)):
            messages.success(request, f"Đã tạo nhóm “{made.name}”. Bây giờ chọn người vào nhóm.")
            return redirect("accounts:group", made.pk)
        return render(request, "accounts/groups/new.html", {"form": form}, status=422)
    template = BY_KEY.get(request.GET.get("mau", ""))
    if template is None and "mau" not in request.GET:
        return render(request, "accounts/groups/templates.html", {"templates": TEMPLATES})
    form = NewGroupForm(initial=_start(request, template.key if template else ""))
    return render(request, "accounts/groups/new.html", {"form": form, "template": template})


def _start(request: OfficerRequest, key: str) -> dict[str, Any]:
    template = BY_KEY.get(key)
    return {
        "agency": request.officer.oversees,
        "name": template.name if template else "",
        "rights": [right.value for right in template.rights] if template else [],
        "template": key,
    }


def _made(request: OfficerRequest, form: NewGroupForm) -> Group | None:
    values = form.cleaned_data
    try:
        return acts.create_group(
            agency=values["agency"],
            name=values["name"],
            rights=values["rights"],
            template=values["template"],
            by=request.officer,
        )
    except InvalidInput as refusal:
        take_errors(form, refusal)
        return None


def take_errors(form: forms.Form, refusal: InvalidInput) -> None:
    """What an action does not take, at the field where it is mended."""
    for name, sentence in refusal.errors.items():
        form.add_error(name if name in form.fields else None, sentence)


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def group(request: OfficerRequest, pk: int) -> HttpResponse:
    return _page(request, visible_group(pk, request.officer))


def _page(request: OfficerRequest, found: Group, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "crumbs": _crumbs(),
        "group": found,
        "members": members_of(found),
        "candidates": candidates(found, ""),
        "used": counts(found),
        "merge": acts.last_merge(found),
        "past": past_of(found),
        "name_form": NameForm(initial={"name": found.name}),
        "rights_form": RightsForm(initial={"rights": found.rights}),
    }
    return render(request, "accounts/groups/group.html", context | forms, status=status)


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def people(request: OfficerRequest, pk: int) -> HttpResponse:
    """Colleagues to choose from, as the name is typed; those ticked already stay."""
    found = visible_group(pk, request.officer)
    chosen = set(keys(request.GET.getlist("post")))
    posts = candidates(found, request.GET.get("q", "")[:100], chosen)
    context = {"group": found, "candidates": posts, "chosen": chosen}
    return render(request, "accounts/groups/candidates.html", context)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def rename(request: OfficerRequest, pk: int) -> HttpResponse:
    found, form = visible_group(pk, request.officer), NameForm(request.POST)
    if form.is_valid():
        try:
            acts.rename_group(group=found, name=form.cleaned_data["name"], by=request.officer)
        except InvalidInput as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, "Đã đổi tên nhóm.")
            return redirect("accounts:group", pk)
    return _page(request, found, status=422, name_form=form)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def change_rights(request: OfficerRequest, pk: int) -> HttpResponse:
    found, form = visible_group(pk, request.officer), RightsForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, rights_form=form)
    acts.change_group_rights(group=found, rights=form.cleaned_data["rights"], by=request.officer)
    messages.success(request, "Đã đổi quyền của nhóm. Có hiệu lực ngay với mọi thành viên.")
    return redirect("accounts:group", pk)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def add(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_group(pk, request.officer)
    posts = _posts(request, Post.objects.current().filter(agency=found.agency_id))
    added = add_members(group=found, posts=posts, by=request.officer) if posts else 0
    _say(request, added, f"Đã đưa {added} người vào nhóm.", "Chưa chọn ai: đánh dấu người cần đưa vào nhóm.")
    return redirect("accounts:group", pk)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def remove(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_group(pk, request.officer)
    posts = _posts(request, Post.objects.filter(memberships__group=found))
    removed = remove_members(group=found, posts=posts, by=request.officer) if posts else 0
    _say(request, removed, f"Đã rút {removed} người khỏi nhóm.", "Chưa chọn ai: đánh dấu người cần rút.")
    return redirect("accounts:group", pk)


def _posts(request: HttpRequest, among: Any) -> list[Post]:
    chosen = among.filter(pk__in=keys(request.POST.getlist("post")))
    return list(chosen.select_related("account", "agency"))


def _say(request: HttpRequest, count: int, done: str, nothing: str) -> None:
    if count:
        messages.success(request, done)
    else:
        messages.warning(request, nothing)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def delete(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_group(pk, request.officer)
    name = found.name
    acts.delete_group(group=found, by=request.officer)
    messages.success(request, f"Đã xóa nhóm “{name}”.")
    return redirect("accounts:groups")


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def merge(request: OfficerRequest, pk: int) -> HttpResponse:
    """Choose the other group, see what moves, merge."""
    source = visible_group(pk, request.officer)
    data = request.POST if request.method == "POST" else request.GET
    target = next((visible_group(key, request.officer) for key in keys([data.get("vao", "")])), None)
    if request.method == "POST":
        if target is None:
            raise Refused("Chưa chọn nhóm để gộp vào. Hãy chọn một nhóm, xem trước rồi gộp.")
        merged = acts.merge_groups(source=source, target=target, by=request.officer)
        messages.success(request, f"Đã gộp nhóm “{source.name}” vào nhóm “{merged.name}”.")
        return redirect("accounts:group", merged.pk)
    shown = preview(source, target) if target and target.agency_id == source.agency_id else None
    context = {
        "crumbs": _crumbs(source),
        "group": source,
        "others": others_of(source),
        "target": target,
        "preview": shown,
    }
    return render(request, "accounts/groups/merge.html", context)


@require_POST
@signed_in(Right.MANAGE_ACCOUNTS)
def undo(request: OfficerRequest, pk: int) -> HttpResponse:
    found = visible_group(pk, request.officer)
    last = acts.last_merge(found)
    if last is None:
        raise Refused("Không còn lần gộp nào tách lại được. Hãy tạo nhóm mới rồi đưa người vào.")
    again = acts.undo_merge(target=found, merge=last, by=request.officer)
    messages.success(request, f"Đã tách lại nhóm “{again.name}”.")
    return redirect("accounts:group", again.pk)
