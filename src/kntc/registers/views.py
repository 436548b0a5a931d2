"""Nhập sổ theo dõi: the files handed in, their columns, what would come in, the import, its result."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.officers import Officer
from kntc.audit.errors import InvalidInput, OutOfReach
from kntc.audit.rights import Right
from kntc.registers import screens, storage
from kntc.registers.actions import (
    change_agency,
    choose_columns,
    discard_batch,
    explain_values,
    record_download,
    skip_row,
    start_import,
    upload_register,
)
from kntc.registers.forms import CHOICES, TICK_CHOICES, UploadForm, chosen_plans
from kntc.registers.jobs import examine_soon, import_soon, is_interrupted
from kntc.registers.models import Batch, LikelyDuplicate, Status
from kntc.registers.queries import page_of_batches, rejects_of, visible_batch
from kntc.registers.reading.plan import SheetPlan, restored
from kntc.registers.reading.workbook import Workbook
from kntc.reports.overseen import overseen_agency

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@signed_in(right=Right.IMPORT)
def index(request: OfficerRequest) -> HttpResponse:
    """The files handed in so far, and the place for the next one."""
    agency = overseen_agency(request.POST.get("co_quan", ""), request.officer)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = upload_register(
                agency=agency, file_name=file.name, content=file.read(), by=request.officer
            )
        except InvalidInput as problem:
            form.add_error("file", problem.errors.get("file", problem.message))
        else:
            examine_soon(batch, request.officer)
            return redirect("registers:batch", pk=batch.pk)
    page = page_of_batches(request.officer, request.GET.get("sau", ""))
    context = {"form": form, "agency": agency, "page": page}
    return render(request, "registers/index.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in(right=Right.IMPORT)
def batch(request: OfficerRequest, pk: int) -> HttpResponse:
    """One file: being read, waiting, running or done."""
    found = visible_batch(pk, request.officer)
    context = {"batch": found, "interrupted": is_interrupted(found)}
    if found.status in {Status.READY, Status.DONE}:
        context |= screens.parts(
            found, request.GET.get("phan", ""), request.GET.get("sau", ""), request.officer
        )
    return render(request, f"registers/{screens.TEMPLATES[Status(found.status)]}.html", context)


@require_GET
@signed_in(right=Right.IMPORT)
def progress(request: OfficerRequest, pk: int) -> HttpResponse:
    """Asked for every second while a job runs; the page is loaded anew when it ends."""
    found = visible_batch(pk, request.officer)
    response = render(
        request, "registers/progress.html", {"batch": found, "interrupted": is_interrupted(found)}
    )
    if found.status not in {Status.EXAMINING, Status.RUNNING}:
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["GET", "POST"])
@signed_in(right=Right.IMPORT)
def columns(request: OfficerRequest, pk: int) -> HttpResponse:
    """Which column means what."""
    found = visible_batch(pk, request.officer)
    problem, status = "", 200
    with Workbook(storage.read(_stored(found))) as book:
        plans = restored(book, found.plan)
        if request.method == "POST":
            chosen = chosen_plans(book, plans, request.POST)
            plans = chosen.plans
            if chosen.moved:
                messages.info(
                    request, "Đã đọc theo dòng tiêu đề mới. Hãy xem lại các cột rồi bấm “Dùng các cột này”."
                )
            elif not (problem := _settle(found, plans, request.officer)):
                return redirect("registers:batch", pk=pk)
            status = 422 if problem else 200
        sheets = [screens.SheetColumns(plan, book.head(book.sheets[plan.index], 60)) for plan in plans]
    context = {
        "batch": found,
        "sheets": sheets,
        "choices": CHOICES,
        "ticks": TICK_CHOICES,
        "problem": problem,
    }
    return render(request, "registers/columns.html", context, status=status)


def _settle(found: Batch, plans: list[SheetPlan], officer: Officer) -> str:
    """A sentence about what is wrong with the choice; empty when the file has been read again under it."""
    try:
        examine_soon(choose_columns(batch=found, plans=plans, by=officer), officer)
    except InvalidInput as refusal:
        return refusal.message
    return ""


def _stored(found: Batch) -> str:
    if not found.stored:
        raise OutOfReach("Tệp này")
    return found.stored


@require_POST
@signed_in(right=Right.IMPORT)
def meanings(request: OfficerRequest, pk: int) -> HttpResponse:
    """What writings mean that were not understood; the file is read again with them."""
    found = visible_batch(pk, request.officer)
    given = screens.meanings_from(found, request.POST)
    if not given:
        messages.warning(request, "Chưa chọn ý nghĩa cho cách ghi nào.")
        return redirect(f"{request.path.removesuffix('cach-ghi/')}?phan=cach-ghi")
    found = explain_values(batch=found, meanings=given, by=request.officer)
    examine_soon(found, request.officer)
    messages.success(request, f"Đã ghi nhớ {len(given)} cách ghi và đọc lại tệp.")
    return redirect("registers:batch", pk=pk)


@require_POST
@signed_in(right=Right.IMPORT)
def agency(request: OfficerRequest, pk: int) -> HttpResponse:
    """The register belongs to another agency, as its title says."""
    found = visible_batch(pk, request.officer)
    chosen = overseen_agency(request.POST.get("co_quan", ""), request.officer)
    examine_soon(change_agency(batch=found, agency=chosen, by=request.officer), request.officer)
    return redirect("registers:batch", pk=pk)


@require_POST
@signed_in(right=Right.IMPORT)
def read_again(request: OfficerRequest, pk: int) -> HttpResponse:
    """After an interruption."""
    found = visible_batch(pk, request.officer)
    if found.status == Status.EXAMINING and is_interrupted(found):
        examine_soon(found, request.officer)
    return redirect("registers:batch", pk=pk)


@require_POST
@signed_in(right=Right.IMPORT)
def start(request: OfficerRequest, pk: int) -> HttpResponse:
    """Begin, or go on after an interruption."""
    found = visible_batch(pk, request.officer)
    if found.status != Status.RUNNING:
        found = start_import(batch=found, by=request.officer)
        import_soon(found, request.officer)
    elif is_interrupted(found):
        import_soon(found, request.officer)
    return redirect("registers:batch", pk=pk)


@require_POST
@signed_in(right=Right.IMPORT)
def discard(request: OfficerRequest, pk: int) -> HttpResponse:
    """The file is put away without coming in."""
    found = discard_batch(batch=visible_batch(pk, request.officer), by=request.officer)
    messages.success(request, f"Đã bỏ tệp “{found.file_name}”, không nhập dòng nào.")
    return redirect("registers:index")


@require_POST
@signed_in(right=Right.IMPORT)
def skip(request: OfficerRequest, pk: int, duplicate_pk: int) -> HttpResponse:
    """Leave out one row that looks like another, or take it in again."""
    found = visible_batch(pk, request.officer)
    duplicate = (
        LikelyDuplicate.objects.visible_to(request.officer).filter(pk=duplicate_pk, batch=found).first()
    )
    if duplicate is None:
        raise OutOfReach("Dòng này")
    duplicate = skip_row(duplicate=duplicate, skip=request.POST.get("bo") == "1", by=request.officer)
    context: dict[str, Any] = {"batch": found, "pair": duplicate}
    return render(request, "registers/duplicate.html", context)


@require_GET
@signed_in(right=Right.IMPORT)
def rejected(request: OfficerRequest, pk: int) -> HttpResponse:
    """The rows that did not come in, with the reasons beside them."""
    found = visible_batch(pk, request.officer)
    _stored(found)
    record_download(batch=found, by=request.officer)
    response = HttpResponse(rejects_of(found), content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="dong-bi-tra-lai-{found.pk}.xlsx"'
    return response
