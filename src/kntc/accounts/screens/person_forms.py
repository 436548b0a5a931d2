"""Forms of the acts on one person, and of a new colleague. What they mean is checked by the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kntc.accounts.administration import tier_of
from kntc.accounts.models import Account, Post
from kntc.accounts.officers import Officer
from kntc.accounts.people import roster
from kntc.accounts.people.job_titles import titles_of
from kntc.accounts.rights.granting import ROLES_OF_TIER
from kntc.accounts.states import Area, vacancies
from kntc.agencies.models import Agency
from kntc.audit.errors import Refused


def text(
    label: str, longest: int, *, required: bool = True, help_text: str = "", **attrs: str
) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=widget,
        error_messages={"required": "Hãy điền ô này.", "max_length": f"Không dài quá {longest} ký tự."},
    )


def add_refusal(form: forms.Form, refusal: Refused) -> None:
    """What an action refused, beside the field that it names, else above the form."""
    errors: dict[str, str] = getattr(refusal, "errors", {})
    for field, message in (errors or {"": refusal.message}).items():
        form.add_error(field if field in form.fields else None, message)


class EditForm(forms.Form):
    full_name = text("Họ và tên", 150)
    email = text("Thư điện tử", 254, required=False, inputmode="email")
    phone = text("Điện thoại", 20, required=False, inputmode="tel")

    @classmethod
    def of(cls, account: Account, data: Any = None) -> "EditForm":
        initial = {"full_name": account.full_name, "email": account.email, "phone": account.phone}
        return cls(data, initial=initial)


class RenameForm(forms.Form):
    login = text(
        "Tên đăng nhập mới",
        60,
        autocapitalize="none",
        help_text="Chữ cái không dấu, chữ số và các dấu . _ - @. Mật khẩu, lịch sử và việc đang làm giữ nguyên.",
    )


class TitleForm(forms.Form):
    title = text("Chức danh", 150)


class ReasonForm(forms.Form):
    reason = text(
        "Lý do", 255, required=False, help_text="Ghi vào nhật ký, ví dụ: nghỉ hưu, chuyển công tác."
    )


class AgencyForm(forms.Form):
    """A form that asks for an agency of the administrator's subtree."""

    agency = forms.ChoiceField(
        label="Cơ quan", error_messages={"invalid_choice": "Hãy chọn một cơ quan trong danh sách."}
    )

    def __init__(self, *args: Any, officer: Officer, others: Sequence[Agency] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(a.pk): a for a in roster.choices_of_agency(officer, *others)}
        self.choices_of("agency", roster.named(list(self.agencies.values())))

    def choices_of(self, field: str, choices: Sequence[Any]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]


class PlaceForm(AgencyForm):
    """A post to be given: where and as what."""

    role = forms.ChoiceField(label="Vai trò", error_messages={"invalid_choice": "Hãy chọn một vai trò."})
    title = text("Chức danh", 150, required=False, help_text="Để trống thì lấy tên vai trò.")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, officer=officer, **kwargs)
        self.choices_of("role", roles_for(officer))


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Vai trò", error_messages={"invalid_choice": "Hãy chọn một vai trò."})
    title = text("Chức danh", 150, required=False, help_text="Để trống thì lấy tên vai trò.")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_for(officer)  # type: ignore[attr-defined]


def roles_for(officer: Officer) -> list[tuple[str, str]]:
    """The roles that this administrator may give."""
    return [(role.value, str(role.label)) for role in ROLES_OF_TIER[tier_of(officer)]]


class NewPersonForm(AgencyForm):
    """A colleague in four fields; the login is proposed."""

    full_name = text("Họ và tên", 150, autofocus="")
    like = forms.ChoiceField(
        label="Làm việc như ai",
        help_text="Chọn một đồng nghiệp: người mới có cùng chức danh, vai trò, nhóm. Hoặc chọn một chức danh.",
        error_messages={
            "required": "Hãy chọn một đồng nghiệp hoặc một chức danh.",
            "invalid_choice": "Hãy chọn lại.",
        },
    )
    contact = text(
        "Điện thoại hoặc thư điện tử",
        254,
        required=False,
        help_text="Có thư điện tử thì gửi được mã kích hoạt qua thư.",
    )
    login = text(
        "Tên đăng nhập",
        60,
        required=False,
        autocapitalize="none",
        help_text="Hệ thống đề xuất theo họ tên; sửa được.",
    )
    field_order = ("full_name", "agency", "like", "contact", "login")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {f"post:{post.pk}": post for post in colleagues(agency)}
        self.jobs = {f"job:{job.key}": job for job in titles_of(agency)}
        self.choices_of("like", self._like())

    def _like(self) -> list[Any]:
        people = [(key, f"{post.account.full_name}, {post.title}") for key, post in self.colleagues.items()]
        jobs = [(key, f"{job.title} ({job.role.label.lower()})") for key, job in self.jobs.items()]
        return [("", "Chọn"), *([("Như đồng nghiệp", people)] if people else []), ("Theo chức danh", jobs)]


def colleagues(agency: Agency) -> list[Post]:
    """Posts of today in this agency, by name; then those that nobody fills. Two statements."""
    posts = Post.objects.filter(agency=agency).select_related("account", "agency", "oversees")
    held = posts.filter(pk__in=Post.objects.current().filter(agency=agency))
    vacant = posts.filter(pk__in=vacancies(Area(agency)))
    return [*held.order_by("account__sort_key", "pk"), *vacant.order_by("role")]


class ReceiversForm(forms.Form):
    """For each agency with open work: who takes over. Field names are `nhan-<key of the agency>`."""

    def __init__(self, *args: Any, candidates: dict[Agency, list[Post]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for posts in candidates.values() for post in posts}
        for agency, posts in candidates.items():
            self.fields[f"nhan-{agency.pk}"] = forms.MultipleChoiceField(
                label=f"Người nhận bàn giao của {agency.name}",
                choices=[(str(post.pk), f"{post.account.full_name}, {post.title}") for post in posts],
                widget=forms.CheckboxSelectMultiple(),
                help_text="Chọn nhiều người thì việc được chia đều, lần lượt từ việc quá hạn lâu nhất.",
                error_messages={
                    "required": "Hãy chọn ít nhất một người nhận bàn giao.",
                    "invalid_choice": "Người vừa chọn không còn nhận được bàn giao. Hãy chọn lại.",
                },
            )

    @property
    def receivers(self) -> dict[int, list[Post]]:
        return {
            int(name.removeprefix("nhan-")): [self.posts[key] for key in keys]
            for name, keys in self.cleaned_data.items()
            if name.startswith("nhan-")
        }


class HandOverForm(ReasonForm, ReceiversForm):
    """Why somebody leaves, and who takes over."""
