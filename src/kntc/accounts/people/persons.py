"""What is known of a colleague who is to get an account, and of a colleague after whom the account is made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kntc.accounts.models import Group, Post
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.errors import InvalidInput
from kntc.vietnamese import squeeze

_PHONE = re.compile(r"\+?[0-9][0-9 .\-]{6,17}[0-9]", re.ASCII)


@dataclass(frozen=True)
class NewPerson:
    """A colleague and the first post. Without `login` one is proposed."""

    full_name: str
    agency: Agency
    role: Role
    title: str = ""
    groups: Sequence[Group] = field(default=())
    oversees: Agency | None = None
    login: str = ""
    email: str = ""
    phone: str = ""


def like(post: Post, agency: Agency) -> dict[str, object]:
    """What a new colleague takes over from one who is there: title, role, groups, and what the post looks after.

    Groups and oversight belong to the colleague's agency; elsewhere only title and role are copied. One statement.
    """
    copied: dict[str, object] = {"title": post.title, "role": Role(post.role)}
    if post.agency_id == agency.pk:
        groups = Group.objects.filter(memberships__post=post).order_by("name_fold")
        copied |= {"groups": list(groups), "oversees": post.oversees}
    return copied


def read_name(text: str) -> str:
    """Raises InvalidInput unless it is the full name of a person."""
    name = squeeze(text)
    if len(name.split()) < 2 or not any(letter.isalpha() for letter in name):
        raise InvalidInput(
            {"full_name": "Hãy ghi đầy đủ họ, tên đệm (nếu có) và tên. Ví dụ: Nguyễn Thị Lan."}
        )
    if len(name) > 150 or any(letter.isdigit() for letter in name):
        raise InvalidInput(
            {"full_name": "Họ và tên không có chữ số và không dài quá 150 ký tự. Hãy ghi lại."}
        )
    return name


def read_title(text: str, role: Role) -> str:
    """Without a title the post is called like its role."""
    title = squeeze(text) or str(role.label)
    if len(title) > 150:
        raise InvalidInput({"title": "Chức danh không dài quá 150 ký tự. Hãy ghi gọn lại."})
    return title


def read_email(text: str) -> str:
    email = text.strip()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput(
            {"email": f"“{email[:80]}” không phải là địa chỉ thư điện tử. Ví dụ: lan.nt@gialai.gov.vn."}
        ) from error
    return email


def read_phone(text: str) -> str:
    phone = squeeze(text)
    if phone and not _PHONE.fullmatch(phone):
        raise InvalidInput({"phone": f"“{phone[:40]}” không phải là số điện thoại. Ví dụ: 0905 123 456."})
    return phone


def read_contact(text: str) -> dict[str, str]:
    """One field for either: an address has an @, everything else is a telephone number."""
    try:
        return {"email": read_email(text)} if "@" in text else {"phone": read_phone(text)}
    except InvalidInput as problem:
        raise InvalidInput({"contact": problem.message}) from problem
