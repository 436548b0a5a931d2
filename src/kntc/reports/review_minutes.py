"""The minutes of an access review as an official paper: Word and PDF of the same."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.models import AccessReview
from kntc.accounts.rights.reviewing import Row, Sheet, sheet_of, visible_review
from kntc.audit.errors import Refused
from kntc.audit.rights import Right
from kntc.documents.paper import Block, OfficialPaper, Signer, Table, Text, paragraphs
from kntc.documents.pdf import to_pdf
from kntc.documents.word import render_word
from kntc.vietnamese import number, short_date

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NONE = "Không có."


def minutes(sheet: Sheet, *, author: str, title: str) -> OfficialPaper:
    """One page where nothing unusual was found; the withdrawn and the marked by name."""
    review = sheet.review
    agency = review.agency
    return OfficialPaper(
        issuer=agency.name,
        superior=agency.parent.name if agency.parent else "",
        symbol="BB-RSQ",
        day=_closed_on(review),
        kind_title="Biên bản",
        subject="Rà soát quyền truy cập Hệ thống Cơ sở dữ liệu quốc gia về khiếu nại, tố cáo",
        blocks=_blocks(sheet),
        signer=Signer([title.upper()], author),
        author=author,
    )


def _closed_on(review: AccessReview) -> date:
    assert review.closed_at is not None
    return timezone.localtime(review.closed_at).date()


def _blocks(sheet: Sheet) -> list[Block]:
    review = sheet.review
    return [
        Text(
            f"Đợt rà soát mở ngày {short_date(review.opened_on)}, kết thúc ngày {short_date(_closed_on(review))}, "
            f"xem lại {number(len(sheet.rows))} vị trí công tác đang giữ tại {review.agency.name}."
        ),
        Text("1. Kết quả", "section"),
        Text(f"- Giữ nguyên: {number(len(sheet.confirmed))} vị trí", "item"),
        Text(f"- Thu hồi: {number(len(sheet.withdrawn))} vị trí", "item"),
        Text("2. Vị trí thu hồi", "section"),
        _table(sheet.withdrawn, "Lý do", lambda row: row.item.note),
        Text("3. Vị trí giữ nguyên cần lưu ý", "section"),
        _table([row for row in sheet.confirmed if row.marks], "Lưu ý", lambda row: "; ".join(row.marks)),
        Text("4. Kết luận", "section"),
        *paragraphs(review.finding),
    ]


def _table(rows: list[Row], last: str, said: Callable[[Row], str]) -> Block:
    if not rows:
        return Text(_NONE)
    return Table(
        titles=("TT", "Họ và tên", "Chức danh", "Vai trò", last),
        rows=[
            [
                str(index),
                row.post.account.full_name,
                row.post.title,
                row.post.get_role_display(),
                said(row),
            ]
            for index, row in enumerate(rows, start=1)
        ],
        widths=(10, 38, 34, 36, 46),
    )


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def word(request: OfficerRequest, pk: int) -> HttpResponse:
    return _file(_paper(request, pk), WORD_TYPE, "docx", pk)


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def pdf(request: OfficerRequest, pk: int) -> HttpResponse:
    return _file(to_pdf(_paper(request, pk)), "application/pdf", "pdf", pk)


def _paper(request: OfficerRequest, pk: int) -> bytes:
    review = visible_review(pk, request.officer)
    if review.closed_at is None:
        raise Refused("Đợt rà soát chưa kết thúc nên chưa có biên bản. Hãy kết thúc đợt rà soát rồi tải lại.")
    officer = request.officer
    return render_word(minutes(sheet_of(review), author=officer.name, title=officer.post_title))


def _file(made: bytes, kind: str, ending: str, pk: int) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="bien-ban-ra-soat-{pk}.{ending}"'
    return response
