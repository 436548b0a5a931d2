"""Quyền: who may do what, in plain words, for every officer (R38)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.models import Post
from kntc.accounts.officers import Officer
from kntc.accounts.rights.explaining import MEANINGS, answer, held, officer_in_reach, question, questions
from kntc.accounts.roles import RIGHTS, Role
from kntc.accounts.screens.groups import keys
from kntc.audit.rights import Right
from kntc.vietnamese import fold

SHOWN = 20


@require_GET
@signed_in()
def index(request: OfficerRequest) -> HttpResponse:
    """The matrix of roles and rights, the acts that need each, and a search for a person."""
    search = request.GET.get("q", "")[:100]
    context = {
        "roles": list(Role),
        "rows": [(right, MEANINGS[right], [right in RIGHTS[role] for role in Role]) for right in Right],
        "acts": _acts(),
        "search": search,
        "people": _people(request.officer, search) if search.strip() else [],
        "shown": SHOWN,
    }
    return render(request, "accounts/rights/index.html", context)


def _acts() -> list[tuple[Any, list[Role]]]:
    """The register of actions: what each needs, and which roles have it."""
    return [(one, [role for role in Role if one.right in RIGHTS[role]]) for one in questions()["Công việc"]]


def _people(by: Officer, search: str) -> list[Post]:
    posts = _in_reach(by)
    for word in fold(search).split():
        posts = posts.filter(Q(account__name_fold__contains=word) | Q(account__login__contains=word))
    return list(posts.order_by("account__sort_key", "pk")[: SHOWN + 1])


def _in_reach(by: Officer) -> QuerySet[Post]:
    posts = Post.objects.current().select_related("account", "agency")
    scope = by.scope
    if scope.kind == "all":
        return posts
    return posts.filter(Q(account=by.account_id) | Q(agency__lft__gte=scope.lft, agency__lft__lte=scope.rgt))


@require_GET
@signed_in()
def of_person(request: OfficerRequest, pk: int) -> HttpResponse:
    """Người này làm được gì."""
    found = officer_in_reach(pk, request.officer)
    rights = held(found)
    context = {
        "person": found,
        "held": rights,
        "lacking": [right for right in Right if not found.has_right(right)],
        "groups": sorted({group.name for one in rights for group in one.groups}),
    }
    return render(request, "accounts/rights/person.html", context)


@require_GET
@signed_in()
def why(request: OfficerRequest) -> HttpResponse:
    """Vì sao không làm được việc này, ai cấp được."""
    chosen = keys([request.GET.get("nguoi", "")])
    person = officer_in_reach(chosen[0], request.officer) if chosen else request.officer
    asked = question(request.GET.get("viec", "")[:100])
    context = {
        "person": person,
        "questions": questions(),
        "asked": asked,
        "answer": answer(person, asked) if asked else None,
        "is_own": person.account_id == request.officer.account_id,
    }
    return render(request, "accounts/rights/why.html", context)
