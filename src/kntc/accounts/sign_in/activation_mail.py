"""The code by e-mail, to those who have an address."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail

from kntc.accounts.models import Account
from kntc.accounts.sign_in.activation import LASTS

log = logging.getLogger(__name__)

_TEXT = """Kính gửi {name},

Tài khoản của Ông/Bà trên hệ thống Cơ sở dữ liệu quốc gia về khiếu nại, tố cáo:

    Tên đăng nhập:   {login}
    Mã kích hoạt:    {code}

Mở địa chỉ {url} , nhập tên đăng nhập và mã trên rồi tự đặt mật khẩu. Mã dùng một lần, trong {days} ngày.
Không chuyển tiếp thư này cho người khác.
"""


def send(account: Account, code: str, url: str) -> bool:
    """Whether the mail server took it."""
    text = _TEXT.format(name=account.full_name, login=account.login, code=code, url=url, days=LASTS.days)
    try:
        return bool(send_mail("Kích hoạt tài khoản KNTC", text, None, [account.email]))
    except (OSError, SMTPException) as error:
        log.warning("activation code not sent: %s", error)
        return False
