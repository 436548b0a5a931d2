"""E-mail, where a mail server is set up (EMAIL_HOST); everything that is sent stands in the inbox as well."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage


def is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


def mail_soon(messages: Sequence[int]) -> None:
    """Send copies of messages by mail in the background; nobody waits for a mail server."""
    if messages and is_set_up():
        from kntc.accounts.tasks import mail_messages  # which imports from here

        mail_messages.defer(messages=list(messages))


def mail(to: str, subject: str, body: str, attachment: tuple[str, bytes, str] | None = None) -> None:
    """One e-mail, at once. Raises what the mail server says: the job is tried again."""
    email = EmailMessage(subject, f"{body}\n\n{FOOT}", to=[to])
    if attachment:
        email.attach(*attachment)
    email.send()


FOOT = "Thư này do Cơ sở dữ liệu quốc gia về khiếu nại, tố cáo tự động gửi. Đăng nhập hệ thống để xem và trả lời."
