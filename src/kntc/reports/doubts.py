"""What a table counts by a convention because the register does not say: people should look before they sign."""

from dataclasses import dataclass

from django.db.models import Q

from kntc.law.tables import Binding, FieldFilter
from kntc.petitions.choices import Kind
from kntc.reports.conditions import Condition, Period, Question, conditions


@dataclass(frozen=True)
class Doubt:
    """`code` stands in addresses in the place of a column's number."""

    code: str
    message: str
    binding: Binding
    extra: Condition
    fields: FieldFilter | None = None

    def question(self, period: Period) -> Question:
        return Question("petitions", (*conditions(self.binding, period), self.extra), self.fields)


_WITHIN = Binding("petitions", "handled", eligible=True, competent=True)

DOUBTS = (
    Doubt(
        "chua-phan-loai",
        "{n} đơn thuộc thẩm quyền chưa phân loại lĩnh vực, đang tính vào cột “Khác”.",
        _WITHIN,
        Condition(Q(), "TRUE"),
        FieldFilter(frozenset({""}), negated=False),
    ),
    Doubt(
        "chua-ro-lan",
        "{n} đơn khiếu nại, tố cáo thuộc thẩm quyền chưa ghi lần, đang tính là lần đầu.",
        _WITHIN,
        Condition(
            ~Q(kind=Kind.REFLECTION) & Q(instance__isnull=True),
            "kind <> %s AND unsaid",
            (Kind.REFLECTION.value,),
        ),
    ),
    Doubt(
        "chua-ro-tham-quyen",
        "{n} đơn đủ điều kiện chưa xác định thẩm quyền: có trong cột 3, chưa có trong cột 4 và cột 23.",
        Binding("petitions", "handled", eligible=True),
        Condition(Q(competent__isnull=True), "competent IS NULL"),
    ),
)


def doubt(code: str) -> Doubt | None:
    return next((found for found in DOUBTS if found.code == code), None)


# A petition about which at least one of these questions is open: the statutory tables count it by a convention.
INCOMPLETE = (
    ~Q(handling="")
    & Q(eligible=True)
    & (
        Q(competent__isnull=True)
        | (Q(competent=True) & (Q(field="") | (~Q(kind=Kind.REFLECTION) & Q(instance__isnull=True))))
    )
)
