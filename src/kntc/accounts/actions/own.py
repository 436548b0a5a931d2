"""What a person does with the own account."""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase

from kntc.accounts.models import Account
from kntc.accounts.officers import Officer
from kntc.accounts.sign_in import seats
from kntc.accounts.sign_in.factors import codes, passkeys
from kntc.accounts.sign_in.factors.rules import has_factor, must_have
from kntc.accounts.sign_in.proof import require_proof
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused


@action("account.edit_own", locks=("account",))
def edit_own(*, account: Account, email: str, phone: str, by: Actor) -> Account:
    """Sửa thư điện tử, điện thoại của chính mình."""
    own_only(account, by)
    account.email, account.phone = email, phone
    account.save(update_fields=["email", "phone"])
    note(account, agency_id=by.agency_id)
    return account


@action("account.leave_elsewhere")
def leave_elsewhere(*, account: Account, keep: str, by: Actor) -> int:
    """Đăng xuất tài khoản của mình ở mọi nơi khác."""
    own_only(account, by)
    ended = seats.end_all(account, keep=keep)
    note(account, agency_id=by.agency_id, ended=ended)
    return ended


@action("account.set_up_codes")
def set_up_codes(*, account: Account, session: SessionBase, code: str, by: Actor) -> None:
    """Thiết lập mã xác thực trên điện thoại làm bước xác thực thứ hai."""
    own_only(account, by)
    require_proof()
    if not codes.confirm(account, session, code):
        raise InvalidInput(
            {
                "code": "Mã chưa đúng. Hãy chờ điện thoại hiện mã mới, kiểm tra giờ của điện thoại rồi nhập lại."
            }
        )
    note(account, agency_id=by.agency_id)


@action("account.add_passkey")
def add_passkey(*, account: Account, name: str, answer: str, by: Actor) -> None:
    """Thêm khóa truy cập làm bước xác thực thứ hai."""
    own_only(account, by)
    require_proof()
    try:
        passkeys.keep(account, name, answer)
    except passkeys.NotThisKey as error:
        raise Refused(
            "Trình duyệt chưa tạo được khóa truy cập, hoặc đã quá lâu. "
            "Hãy bấm tạo lại và làm theo hướng dẫn trên thiết bị."
        ) from error
    note(account, agency_id=by.agency_id, name=name)


@action("account.remove_factor")
def remove_factor(*, account: Account, factor: int, by: Officer) -> None:
    """Gỡ một bước xác thực thứ hai của mình."""
    own_only(account, by)
    require_proof()
    found = (
        Authenticator.objects.filter(user_id=account.pk, pk=factor)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .first()
    )
    if found is None:
        raise OutOfReach("Bước xác thực này")
    found.delete()
    if not has_factor(account):
        if must_have(by):
            raise Refused(
                "Vị trí công tác của bạn phải có bước xác thực thứ hai, nên không gỡ được cái cuối cùng. "
                "Hãy thêm cái mới trước, rồi gỡ cái cũ."
            )
        Authenticator.objects.filter(user_id=account.pk).delete()
    note(account, agency_id=by.agency_id, kind=str(found.type))


@action("account.recovery_codes")
def make_recovery_codes(*, account: Account, by: Actor) -> list[str]:
    """Lập bộ mã khôi phục mới; bộ cũ hết hiệu lực."""
    own_only(account, by)
    require_proof()
    if not has_factor(account):
        raise Refused("Mã khôi phục chỉ dùng khi đã có bước xác thực thứ hai. Hãy thiết lập bước đó trước.")
    note(account, agency_id=by.agency_id)
    return codes.new_recovery_codes(account)


def own_only(account: Account, by: Actor) -> None:
    """Refuse unless it is the own account."""
    if by.account_id != account.pk:
        raise NotAllowed(message="Việc này chỉ chính chủ tài khoản làm được.")
