"""Lists as their owner likes them, under a name."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.audit.errors import InvalidInput, OutOfReach
from kntc.audit.rights import Right
from kntc.petitions.actions import delete_view, save_view
from kntc.petitions.addresses import LONGEST, Address
from kntc.petitions.models import SavedView


@require_POST
@signed_in(Right.READ)
def save(request: OfficerRequest) -> HttpResponse:
    """Lưu danh sách đang xem."""
    address = Address.of(QueryDict(request.POST.get("query", "")))
    back = reverse("petitions:list") + address.url()
    if len(address.query()) > LONGEST:
        messages.error(
            request, "Danh sách này có quá nhiều điều kiện nên chưa lưu được. Hãy bớt điều kiện rồi lưu lại."
        )
        return redirect(back)
    try:
        view = save_view(name=request.POST.get("name", ""), query=address.query(), by=request.officer)
    except InvalidInput as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, f"Đã lưu danh sách “{view.name}”.")
    return redirect(back)


@require_POST
@signed_in(Right.READ)
def delete(request: OfficerRequest, pk: int) -> HttpResponse:
    """Bỏ một danh sách đã lưu."""
    view = SavedView.objects.filter(post_id=request.officer.post_id, pk=pk).first()
    if view is None:
        raise OutOfReach("Danh sách đã lưu này")
    delete_view(view=view, by=request.officer)
    messages.success(request, f"Đã bỏ danh sách “{view.name}”.")
    return redirect("petitions:list")
