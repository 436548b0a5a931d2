"""Nhập người dùng từ Excel: good rows become accounts at once, the others come back as a file with the reasons."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.actions.importing import import_people
from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.people import intake, slips
from kntc.audit.errors import InvalidInput
from kntc.audit.rights import Right
from kntc.registers.people import sheet
from kntc.registers.views import EXCEL

_RETURNED = "people_returned"


class FileForm(forms.Form):
    file = forms.FileField(
        label="Tệp danh sách người dùng",
        max_length=255,
        error_messages={
            "required": "Hãy chọn tệp Excel (.xlsx, .xls hoặc .ods).",
            "empty": "Tệp rỗng (0 byte). Hãy chọn lại tệp.",
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in(Right.MANAGE_ACCOUNTS)
def people(request: OfficerRequest) -> HttpResponse:
    """Nhập người dùng từ Excel."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            return _bring_in(request, form.cleaned_data["file"])
        except InvalidInput as problem:
            form.add_error("file", problem.errors.get("file", problem.message))
    context = {"form": form, "returned": len(request.session.get(_RETURNED, []))}
    return render(request, "registers/people/index.html", context, status=422 if form.errors else 200)


def _bring_in(request: OfficerRequest, file: Any) -> HttpResponse:
    require(request.officer, Act.IMPORT_ACCOUNTS)
    rows = sheet.read(file.read())
    found = intake.examine(rows, request.officer)
    request.session[_RETURNED] = [[rows[number], " ".join(why)] for number, why in found.faults.items()]
    if found.good:
        codes = import_people(people=list(found.good.values()), file_name=file.name, by=request.officer)
        slips.keep(request.session, codes)
        messages.success(request, f"Đã tạo {len(codes)} tài khoản.")
    context = {
        "made": len(found.good),
        "faults": [(number, rows[number], why) for number, why in list(found.faults.items())[:100]],
        "returned": len(found.faults),
        "form": FileForm(),
    }
    return render(request, "registers/people/result.html", context, status=200 if found.good else 422)


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def template(request: OfficerRequest) -> HttpResponse:
    """Tệp mẫu."""
    return _excel(sheet.template(request.officer.oversees), "mau-nguoi-dung.xlsx")


@require_GET
@signed_in(Right.MANAGE_ACCOUNTS)
def returned(request: OfficerRequest) -> HttpResponse:
    """Các dòng trả lại của lần nhập vừa rồi, kèm lý do."""
    kept = request.session.get(_RETURNED, [])
    if not kept:
        messages.info(request, "Lần nhập gần nhất không có dòng nào trả lại.")
        return redirect("registers:people")
    rows, reasons = [row for row, _ in kept], [why for _, why in kept]
    return _excel(sheet.returned(rows, reasons, request.officer.oversees), "dong-tra-lai.xlsx")


def _excel(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
