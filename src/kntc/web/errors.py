"""Error pages: what happened, why, and what to do next."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from kntc.accounts.middleware import as_whoever_asks

ErrorView = Callable[[HttpRequest, Exception | None], HttpResponse]
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def error_page(
    request: HttpRequest, status: int, title: str, message: str, advice: str = "", link: str = ""
) -> HttpResponse:
    """Inside the shell for an officer, on a plain page for anybody else."""
    context = {
        "status": status,
        "error_title": title,
        "error_message": message,
        "error_advice": advice,
        "granters_url": link,
        "base": "web/base.html" if getattr(request, "officer", None) else "web/bare.html",
        "is_error": True,
    }
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_BIG):
        return too_big(request)
    return error_page(
        request,
        400,
        "Yêu cầu không đọc được",
        "Máy chủ không hiểu dữ liệu mà trình duyệt vừa gửi; chưa có gì được ghi.",
        "Quay lại trang trước, tải lại trang rồi làm lại. Nếu vẫn vậy, báo quản trị đơn vị địa chỉ trang này.",
    )


def too_big(request: HttpRequest) -> HttpResponse:
    return error_page(
        request,
        413,
        "Dữ liệu gửi lên quá lớn",
        "Biểu mẫu hoặc tệp vừa gửi vượt quá dung lượng cho phép; chưa có gì được ghi.",
        "Chia tệp thành nhiều phần nhỏ hơn, hoặc bỏ bớt ảnh trong tệp rồi gửi lại.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        403,
        "Bạn không có quyền mở trang này",
        str(exception or "") or "Vị trí công tác hiện tại của bạn không được xem trang này.",
        "Kiểm tra xem bạn đang ở đúng vị trí công tác chưa; nếu công việc cần đến, đề nghị quản trị đơn vị cấp quyền.",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No view was found, so nobody has asked yet who is there."""
    with as_whoever_asks(request):
        return _not_found(request)


def _not_found(request: HttpRequest) -> HttpResponse:
    return error_page(
        request,
        404,
        "Không tìm thấy trang",
        "Địa chỉ này không có, hoặc hồ sơ không thuộc phạm vi mà vị trí công tác của bạn được xem.",
        "Kiểm tra lại địa chỉ, hoặc về trang đầu rồi tìm đơn theo số đơn, tên người viết.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing here may need the database or the session: one of them may be what failed."""
    context = {
        "status": 500,
        "error_title": "Máy chủ gặp trục trặc",
        "error_message": "Việc vừa làm chưa được ghi. Lỗi đã được máy chủ lưu lại để người vận hành xem.",
        "error_advice": "Chờ một phút rồi làm lại. Nếu vẫn vậy, báo quản trị đơn vị giờ xảy ra lỗi và việc đang làm.",
        "base": "web/bare.html",
        "is_error": True,
    }
    return HttpResponse(render_to_string("web/error.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        403,
        "Trang đã mở quá lâu",
        "Phiên làm việc của trang này không còn hiệu lực (đã đăng nhập lại ở thẻ khác, hoặc trình duyệt chặn cookie); "
        "chưa có gì được ghi.",
        "Bấm “Quay lại trang trước”, tải lại trang rồi gửi lần nữa.",
    )
