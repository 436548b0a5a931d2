"""Opening the vault."""

from typing import Any

from kntc.accounts.sign_in.proof import require_proof
from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.errors import InvalidInput, NotAllowed
from kntc.audit.rights import Right
from kntc.people import vault
from kntc.people.models import SealedIdentity


@action("vault.open", right=Right.OPEN_VAULT)
def open_identity(*, sealed: SealedIdentity, reason: str, by: Actor) -> dict[str, Any]:
    """Mở thông tin người tố cáo, có lý do; mỗi lần mở đều ghi nhật ký (LTC Đ56)."""
    if sealed.keeper_id != by.agency_id and by.agency_id is not None:
        raise NotAllowed(message="Chỉ cơ quan đang giữ hồ sơ mới được mở thông tin người tố cáo.")
    if not reason.strip():
        raise InvalidInput(
            {"reason": "Hãy ghi lý do mở thông tin người tố cáo, ví dụ: “làm việc với người tố cáo”."}
        )
    require_proof()
    note(sealed, agency_id=sealed.keeper_id)
    return vault.unseal(sealed.cipher)
