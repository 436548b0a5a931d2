"""Refusals: what happened, why, and what to do next, in words for the person at the screen."""

from collections.abc import Mapping

from kntc.audit.rights import Right


class Refused(Exception):
    """An act that the rules do not allow. `message` is shown as it is."""

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The post lacks a right, or the record belongs to another agency."""

    status = 403

    def __init__(self, right: Right | None = None, message: str = "") -> None:
        self.right = right
        super().__init__(message or _missing(right))


class OutOfReach(NotAllowed):
    """Not there, or not for this officer: one answer for both, so that nobody learns what exists elsewhere (R25)."""

    def __init__(self, what: str) -> None:
        super().__init__(
            message=f"{what} không có, hoặc không thuộc phạm vi cơ quan bạn được xem. Việc mở này đã được ghi nhật ký. "
            "Hãy kiểm tra lại đường dẫn, hoặc liên hệ cơ quan đang giữ hồ sơ."
        )


class InvalidInput(Refused):
    """Values that cannot be taken; `errors` maps a field to its sentence."""

    status = 422

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(self.errors.values()))


class ChangedMeanwhile(Refused):
    """Somebody else saved the same record between reading and writing."""

    def __init__(self, who: str = "") -> None:
        by = f" bởi {who}" if who else ""
        super().__init__(
            f"Đơn này vừa được sửa{by} sau khi bạn mở. Chưa ghi gì của bạn: "
            "hãy mở lại đơn, xem phần vừa thay đổi rồi nhập lại chỗ cần sửa."
        )


def _missing(right: Right | None) -> str:
    what = f"“{right.label}”" if right else "việc này"
    return (
        f"Vị trí công tác hiện tại của bạn không có quyền {what}. "
        "Nếu công việc cần đến, hãy đề nghị quản trị đơn vị cấp quyền."
    )
