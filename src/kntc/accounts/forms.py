"""Sign-in and password forms."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from kntc.accounts.models import Account
from kntc.accounts.sign_in.passwords import MINIMUM

_NEW = {"autocomplete": "new-password"}
_RULE = f"Ít nhất {MINIMUM} ký tự; một câu ngắn dễ nhớ là tốt nhất. Không bắt buộc ký hiệu hay chữ hoa."


def _password(label: str, autocomplete: str = "current-password", **values: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, **values)


def _login(**attributes: Any) -> forms.CharField:
    attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"} | attributes
    return forms.CharField(label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs=attributes))


class SignInForm(AuthenticationForm):
    """One answer for a wrong name and a wrong password, so that names cannot be found out."""

    username = _login(autofocus=True)
    password = _password("Mật khẩu")
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi nhập lại.",
        "inactive": "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi nhập lại.",
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class SecondStepForm(forms.Form):
    """A code typed, or the answer of a passkey that a script puts into its field."""

    wrong = (
        "Mã hoặc khóa truy cập không đúng, hoặc mã đã dùng rồi. Hãy chờ điện thoại hiện mã mới rồi nhập lại; "
        "mất điện thoại thì dùng một mã khôi phục."
    )
    code = forms.CharField(
        label="Mã xác thực",
        max_length=20,
        required=False,
        help_text="Sáu chữ số trên ứng dụng xác thực của điện thoại, hoặc một mã khôi phục mười chữ số.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)


class SetUpForm(SecondStepForm):
    """The first code that the telephone shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Mã đổi sau mỗi nửa phút; mã vừa đổi vẫn dùng được một lúc."


class ActivateForm(forms.Form):
    """What stands on the slip, and the own password."""

    login = _login(autofocus=True)
    code = forms.CharField(
        label="Mã kích hoạt",
        max_length=40,
        help_text="Trên phiếu hoặc thư mà quản trị đơn vị đưa cho bạn. Gõ liền hay có gạch nối đều được.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password = _password("Mật khẩu của bạn", "new-password", help_text=_RULE)
    again = _password("Nhập lại mật khẩu", "new-password")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại.")
        return data


class ChangePasswordForm(PasswordChangeForm):
    """The account's own new password: length counts, symbols do not."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": "Mật khẩu đang dùng không đúng. Hãy nhập lại.",
        "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _RULE


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # at run time it takes none
    """What a person may change of the own account. Name and login are the administrator's."""

    class Meta:
        model = Account
        fields = ("email", "phone")
        labels = {"email": "Thư điện tử", "phone": "Điện thoại"}
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and sum(letter.isdigit() for letter in phone) not in range(8, 16):
            raise forms.ValidationError("Số điện thoại cần từ 8 đến 15 chữ số.")
        return phone


class PasskeyForm(forms.Form):
    """A name for the new key, and what the browser made."""

    name = forms.CharField(
        label="Tên để nhận ra khóa này",
        max_length=60,
        help_text="Ví dụ: Máy tính phòng tiếp dân, Điện thoại của tôi.",
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False)
