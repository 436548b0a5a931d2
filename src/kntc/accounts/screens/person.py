"""One person: who it is, where, in what state, with what in hand, what happened; and every act from there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions import editing, keys, leaving, moving
from kntc.accounts.administration import oversees
from kntc.accounts.models import Account, ActivationCode, Post
from kntc.accounts.officers import Officer
from kntc.accounts.people import roster, slips
from kntc.accounts.people.handing import may_receive, open_work
from kntc.accounts.people.person_history import history
from kntc.accounts.people.reach import posts_that_count
from kntc.accounts.roles import Role
from kntc.accounts.screens.person_forms import (
    EditForm,
    PlaceForm,
    ReasonForm,
    ReceiversForm,
    RenameForm,
    RoleForm,
    TitleForm,
    add_refusal,
)
from kntc.audit.errors import NotAllowed, OutOfReach, Refused
from kntc.audit.rights import Right

ADMINISTERS = Right.MANAGE_ACCOUNTS
# One change of one person's row on the screen, after which the person's page is shown.
Act = Callable[[], str]


def found(request: OfficerRequest, pk: int) -> Account:
    """The account, when one of its posts lies under the administrator. Raises OutOfReach."""
    account = Account.objects.filter(pk=pk).first()
    if account is None:
        raise OutOfReach("Tài khoản này")
    posts = posts_that_count(account)
    if posts and not any(oversees(request.officer, post.agency) for post in posts):
        raise OutOfReach("Tài khoản này")
    return account


def found_post(request: OfficerRequest, pk: int, post_pk: int) -> Post:
    """A post of this account under the administrator. Raises OutOfReach."""
    post = (
        Post.objects.filter(account=found(request, pk), pk=post_pk)
        .select_related("account", "agency__parent", "oversees")
        .first()
    )
    if post is None or not oversees(request.officer, post.agency):
        raise OutOfReach("Vị trí công tác này")
    return post


@require_GET
@signed_in(ADMINISTERS)
def person(request: OfficerRequest, pk: int) -> HttpResponse:
    """Trang của một người dùng."""
    account = found(request, pk)
    counting = posts_that_count(account)
    work = open_work(counting)
    posts = account.posts.select_related("agency", "oversees").prefetch_related("memberships__group")
    context = {
        "account": account,
        "state": roster.state_of(account),
        "posts": _marked(list(posts.order_by("-valid_from", "-pk")), counting, request.officer),
        "work": [one for post in counting for one in work[post.pk]],
        "opens_lists": request.officer.has_right(Right.READ),
        "seats": account.seats.order_by("-seen_at")[:20],
        "code": ActivationCode.objects.filter(account=account).first(),
        "former": account.former_logins.order_by("-changed_at"),
        "history": history(account, request.officer),
        "is_own": account.pk == request.officer.account_id,
        "wholly": all(oversees(request.officer, post.agency) for post in counting),
    }
    return render(request, "accounts/people/person.html", context)


def _marked(posts: list[Post], counting: list[Post], officer: Officer) -> list[Post]:
    held = {post.pk for post in counting}
    for post in posts:
        post.is_held = post.pk in held and post.account.retired_at is None  # type: ignore[attr-defined]
        post.is_mine = oversees(officer, post.agency)  # type: ignore[attr-defined]
    return posts


# ---- Acts with a form ----


@dataclass(frozen=True)
class Page:
    """What a form of one act looks like."""

    account: Account
    title: str
    submit: str
    form: forms.Form
    receivers: ReceiversForm | None = None
    post: Post | None = None
    note: str = ""


def show(request: OfficerRequest, page: Page, act: Act) -> HttpResponse:
    """The form; when it is sent, the act, and back to the person. What is refused stands in the form."""
    shown = [form for form in (page.form, page.receivers) if form is not None]
    valid = [form.is_valid() for form in shown]
    if request.method == "POST" and all(valid):
        try:
            messages.success(request, act())
            return redirect("accounts:person", page.account.pk)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(page.form, refusal)
    work = open_work([page.post])[page.post.pk] if page.post and page.receivers else []
    context = {"page": page, "work": work, "opens_lists": request.officer.has_right(Right.READ)}
    failed = any(form.errors for form in shown)
    return render(request, "accounts/people/act.html", context, status=422 if failed else 200)


def sent(request: OfficerRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def edit(request: OfficerRequest, pk: int) -> HttpResponse:
    """Sửa họ tên, thư điện tử, điện thoại."""
    account = found(request, pk)
    form = EditForm.of(account, sent(request))

    def act() -> str:
        editing.edit_person(account=account, by=request.officer, **form.cleaned_data)
        return "Đã lưu thông tin."

    return show(request, Page(account, "Sửa thông tin", "Lưu", form), act)


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def rename(request: OfficerRequest, pk: int) -> HttpResponse:
    """Đổi tên đăng nhập."""
    account = found(request, pk)
    form = RenameForm(sent(request), initial={"login": account.login})

    def act() -> str:
        old, login = account.login, form.cleaned_data["login"]
        renamed = editing.rename_login(account=account, login=login, by=request.officer)
        return f"Đã đổi tên đăng nhập “{old}” thành “{renamed.login}”. Hãy báo cho {account.full_name}."

    note = (
        "Người này nhập tên cũ kèm đúng mật khẩu sẽ được nhắc tên mới. "
        "Sau 90 ngày, tên cũ dùng lại được cho người khác."
    )
    return show(request, Page(account, "Đổi tên đăng nhập", "Đổi tên", form, note=note), act)


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def lock(request: OfficerRequest, pk: int) -> HttpResponse:
    """Khóa tài khoản."""
    account = found(request, pk)
    form = ReasonForm(sent(request))

    def act() -> str:
        keys.lock_account(account=account, reason=form.cleaned_data["reason"], by=request.officer)
        return f"Đã khóa tài khoản của {account.full_name}."

    note = "Người này bị đăng xuất ngay và không vào được cho đến khi mở khóa. Việc đang làm vẫn đứng tên người này."
    return show(request, Page(account, "Khóa tài khoản", "Khóa", form, note=note), act)


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def add_post(request: OfficerRequest, pk: int) -> HttpResponse:
    """Thêm vị trí công tác."""
    account = found(request, pk)
    form = PlaceForm(sent(request), officer=request.officer)

    def act() -> str:
        post = moving.add_post(account=account, place=_place(form), by=request.officer)
        return f"Đã thêm vị trí “{post.title}” ở {post.agency.name}."

    return show(request, Page(account, "Thêm vị trí công tác", "Thêm vị trí", form), act)


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def retitle(request: OfficerRequest, pk: int, post_pk: int) -> HttpResponse:
    """Sửa chức danh."""
    post = found_post(request, pk, post_pk)
    form = TitleForm(sent(request), initial={"title": post.title})

    def act() -> str:
        editing.edit_title(post=post, title=form.cleaned_data["title"], by=request.officer)
        return "Đã sửa chức danh."

    return show(request, Page(post.account, "Sửa chức danh", "Lưu", form), act)


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def move(request: OfficerRequest, pk: int, post_pk: int) -> HttpResponse:
    """Chuyển sang cơ quan khác."""
    post = found_post(request, pk, post_pk)
    form = PlaceForm(
        sent(request),
        officer=request.officer,
        initial={"agency": "", "role": post.role, "title": post.title},
    )
    receivers = _receivers(request, post)

    def act() -> str:
        new = moving.move_post(post=post, to=_place(form), by=request.officer, receivers=_chosen(receivers))
        return f"Đã chuyển {post.account.full_name} sang {new.agency.name}."

    page = Page(
        post.account,
        "Chuyển sang cơ quan khác",
        "Chuyển",
        form,
        receivers,
        post,
        f"Vị trí “{post.title}” ở {post.agency.name} kết thúc hôm nay và vào lịch sử; các nhóm ở đó không đi theo. "
        "Tên đăng nhập và mật khẩu giữ nguyên.",
    )
    return show(request, page, act)


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def end_post(request: OfficerRequest, pk: int, post_pk: int) -> HttpResponse:
    """Kết thúc một vị trí công tác."""
    post = found_post(request, pk, post_pk)
    form, receivers = ReasonForm(sent(request)), _receivers(request, post)

    def act() -> str:
        moving.end_post(post=post, by=request.officer, receivers=_chosen(receivers))
        return f"Đã kết thúc vị trí “{post.title}” ở {post.agency.name}."

    note = "Tài khoản vẫn còn. Người không còn vị trí nào thì đăng nhập được nhưng chưa làm được việc gì."
    return show(
        request,
        Page(post.account, f"Kết thúc vị trí “{post.title}”", "Kết thúc", form, receivers, post, note),
        act,
    )


@require_http_methods(["GET", "POST"])
@signed_in(ADMINISTERS)
def change_role(request: OfficerRequest, pk: int, post_pk: int) -> HttpResponse:
    """Đổi vai trò."""
    post = found_post(request, pk, post_pk)
    initial = {"role": post.role, "title": post.title}
    form = RoleForm(sent(request), officer=request.officer, initial=initial)
    receivers = _receivers(request, post)
    # Only a role that does not handle petitions leaves work behind: the action says when somebody is missing.
    for field in receivers.fields.values() if receivers else ():
        field.required = False

    def act() -> str:
        data = form.cleaned_data
        moving.change_role(
            post=post,
            role=Role(data["role"]),
            title=data["title"],
            by=request.officer,
            receivers=_chosen(receivers),
        )
        return f"Đã đổi vai trò thành “{Role(data['role']).label}”."

    return show(request, Page(post.account, "Đổi vai trò", "Đổi vai trò", form, receivers, post), act)


def _place(form: PlaceForm) -> moving.Place:
    data = form.cleaned_data
    return moving.Place(agency=data["agency"], role=Role(data["role"]), title=data["title"])


def _receivers(request: OfficerRequest, post: Post) -> ReceiversForm | None:
    """Who takes over, where there is something to take over."""
    if not open_work([post])[post.pk]:
        return None
    return ReceiversForm(sent(request), candidates={post.agency: may_receive(post.agency, [post])})


def _chosen(receivers: ReceiversForm | None) -> dict[int, list[Post]]:
    return receivers.receivers if receivers else {}


# ---- Acts of one press ----


@require_POST
@signed_in(ADMINISTERS)
def reset(request: OfficerRequest, pk: int) -> HttpResponse:
    """Cấp lại mật khẩu."""
    account = found(request, pk)
    slips.keep(request.session, {account.pk: keys.reset_password(account=account, by=request.officer)})
    messages.success(request, f"Đã cấp mã kích hoạt mới cho {account.full_name}; mật khẩu cũ hết dùng.")
    return redirect("accounts:slips")


@require_POST
@signed_in(ADMINISTERS)
def unlock(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mở khóa."""
    account = keys.unlock_account(account=found(request, pk), by=request.officer)
    messages.success(request, f"Đã mở khóa tài khoản của {account.full_name}.")
    return redirect("accounts:person", pk)


@require_POST
@signed_in(ADMINISTERS)
def sign_out(request: OfficerRequest, pk: int) -> HttpResponse:
    """Đăng xuất khỏi mọi nơi."""
    ended = keys.sign_out_everywhere(account=found(request, pk), by=request.officer)
    messages.success(
        request, f"Đã đăng xuất khỏi {ended} nơi." if ended else "Người này không đăng nhập ở đâu."
    )
    return redirect("accounts:person", pk)


@require_POST
@signed_in(ADMINISTERS)
def delete(request: OfficerRequest, pk: int) -> HttpResponse:
    """Xóa hẳn tài khoản chưa dùng."""
    account = found(request, pk)
    leaving.delete_account(account=account, by=request.officer)
    messages.success(request, f"Đã xóa tài khoản {account.login}. Tên này dùng lại được ngay.")
    return redirect("accounts:people")
