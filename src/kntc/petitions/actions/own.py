"""Whose record it is."""

from kntc.audit.actors import Actor
from kntc.audit.errors import NotAllowed, Refused
from kntc.petitions.models import Petition


def require_own(petition: Petition, by: Actor) -> None:
    """Only the agency that keeps a petition changes it. The operator at the command line belongs to none."""
    if by.agency_id is not None and petition.keeper_id != by.agency_id:
        raise NotAllowed(
            message=f"Đơn {petition.number} do {petition.keeper.name} quản lý: "
            "chỉ cơ quan đó được sửa, hủy, xử lý đơn này."
        )


def require_live(petition: Petition) -> None:
    """A voided petition is restored before anything else is done to it."""
    if petition.voided_at is not None:
        raise Refused(
            f"Đơn {petition.number} đã bị hủy lúc {petition.voided_at:%H:%M ngày %d/%m/%Y}. "
            "Nếu hủy nhầm, hãy mở “Đơn đã hủy” và khôi phục đơn trước."
        )
