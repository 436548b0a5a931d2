"""What a column of a register can mean. A target is a field, or a field with one value ("kind=complaint") where
the register has a column of ticks for each value."""

from dataclasses import dataclass, replace
from functools import cache

from kntc.vietnamese import fold


@dataclass(frozen=True)
class Target:
    key: str
    label: str
    phrases: tuple[str, ...]  # what headers call it, the usual ones first; matched folded
    within: tuple[str, ...] = ()  # words of a group header above it that speak for it
    never: tuple[str, ...] = ()  # words of the column's own title that rule it out
    outside: tuple[str, ...] = ()  # words of a group header above it that speak against it
    repeats: bool = False  # several columns may have it


_BEHIND = ("kết quả xử lý", "xử lý", "hướng xử lý", "văn bản", "chuyển đơn")
_WRITER = ("người viết đơn", "người gửi", "người đứng đơn", "công dân", "người nộp", "chủ đơn", "họ tên")

TARGETS: tuple[Target, ...] = (
    Target("stt", "Số thứ tự", ("stt", "tt", "số tt", "số thứ tự", "thứ tự", "no"), never=("đơn", "ngày")),
    Target("number", "Số đến, số hồ sơ", (
        "số đến", "số vào sổ", "mã đơn", "mã hồ sơ", "số hồ sơ", "số đơn", "số tiếp nhận", "mã số đơn", "số ký hiệu đơn",
    ), never=("người", "trùng", "lượng")),
    Target("received_on", "Ngày nhận đơn", (
        "ngày nhận đơn", "ngày tiếp nhận", "ngày nhận", "ngày đến", "ngày vào sổ", "ngày tháng năm nhận đơn",
        "ngày tháng nhận đơn", "thời gian nhận đơn", "thời điểm nhận", "ngày tiếp", "ngày tiếp công dân",
        "ngày đơn đến", "nhận ngày", "ngày tháng năm", "ngày tháng", "ngày",
    ), within=("tiếp nhận", "nhận đơn", "đơn đến"), never=(
        "sinh", "viết", "ban hành", "xử lý", "chuyển", "văn bản", "vb", "cấp", "giải quyết", "trả", "hạn", "ghi trên",
        "trong đơn", "thụ lý", "số ngày", "quyết định", "số ký hiệu", "số và ngày", "đề đơn", "hướng dẫn",
    ), outside=("xử lý", "giải quyết", "văn bản")),
    Target("written_on", "Ngày viết đơn", (
        "ngày viết đơn", "ngày ghi trên đơn", "ngày làm đơn", "ngày đề đơn", "ngày trong đơn", "ngày đơn", "ngày tháng đơn",
        "ngày tháng trên đơn", "đơn đề ngày",
    ), never=("nhận", "đến", "xử lý")),
    Target("source", "Nguồn đơn", (
        "nguồn đơn", "nơi gửi", "hình thức nhận", "hình thức tiếp nhận", "nguồn", "nguồn tiếp nhận", "nguồn đơn đến",
        "kênh tiếp nhận", "phương thức gửi", "cách thức nhận", "hình thức gửi", "hình thức gửi đơn", "đường gửi",
        "nơi chuyển đến", "nguồn gốc đơn",
    ), within=("nguồn đơn",), never=("cơ quan", "đất")),
    Target("source_body", "Cơ quan chuyển đơn đến", (
        "cơ quan chuyển đến", "cơ quan chuyển đơn đến", "cơ quan chuyển đơn", "đơn vị chuyển đến", "đơn vị chuyển đơn đến",
        "nơi chuyển đơn", "cơ quan chuyển", "do cơ quan chuyển đến", "cơ quan khác chuyển đến", "cơ quan gửi",
        "tên cơ quan chuyển", "nơi chuyển", "cơ quan đã chuyển đơn",
    ), within=("nguồn đơn", "tiếp nhận", "đơn đến"), never=("xử lý", "số", "nhận đơn chuyển", "được chuyển"),
       outside=("xử lý", "kết quả", "chuyển đơn")),
    Target("source_paper", "Văn bản chuyển đến", (
        "số công văn chuyển đến", "số văn bản chuyển đến", "văn bản chuyển đến", "công văn chuyển đến",
        "số ngày văn bản chuyển đến", "phiếu chuyển đến", "số phiếu chuyển đến",
    ), within=("nguồn đơn",)),
    Target("name", "Họ tên người viết đơn", (
        "họ và tên", "họ tên", "người viết đơn", "người gửi đơn", "tên người viết đơn", "họ tên người gửi", "người đứng đơn",
        "họ và tên người viết đơn", "họ tên người khiếu nại", "người khiếu nại tố cáo", "tên công dân", "công dân",
        "họ tên công dân", "chủ đơn", "người làm đơn", "tên chủ đơn", "người nộp đơn", "người khiếu nại", "người tố cáo",
        "người phản ánh", "người kiến nghị", "tên người gửi", "tên", "người gửi", "đương sự", "họ tên đương sự",
    ), within=_WRITER, never=(
        "địa chỉ", "bị", "cán bộ", "tiếp dân", "xử lý", "người nhận", "đại diện", "số người", "cơ quan", "lãnh đạo", "năm sinh",
        "người tiếp", "số điện thoại", "cmnd", "cccd", "giới tính",
    ), outside=("bị khiếu nại", "bị tố cáo", "cán bộ", "xử lý")),
    Target("name_address", "Họ tên và địa chỉ chung một cột", (
        "họ tên địa chỉ", "họ và tên địa chỉ", "tên địa chỉ", "người gửi đơn địa chỉ", "họ tên và địa chỉ",
        "họ tên nơi ở", "tên và địa chỉ người gửi", "người viết đơn địa chỉ", "công dân địa chỉ", "tên và địa chỉ",
        "họ tên địa chỉ người gửi đơn", "họ tên và địa chỉ người viết đơn", "họ và tên địa chỉ của người khiếu nại tố cáo",
    ), never=("bị", "cán bộ")),
    Target("address", "Địa chỉ", (
        "địa chỉ", "nơi ở", "nơi cư trú", "chỗ ở", "địa chỉ thường trú", "hộ khẩu thường trú", "nơi thường trú",
        "địa chỉ liên hệ", "nơi ở hiện nay", "địa chỉ người gửi", "địa chỉ người viết đơn", "đc", "thôn xã",
    ), within=_WRITER, never=("email", "bị", "cơ quan"), outside=("bị khiếu nại", "bị tố cáo")),
    Target("id_number", "Số CCCD/CMND", (
        "số cmnd cccd", "cmnd", "cccd", "số cmnd", "số cccd", "cmnd cccd", "cmnd hộ chiếu", "số định danh cá nhân",
        "số định danh", "số giấy tờ tùy thân", "giấy tờ tùy thân", "số hộ chiếu", "căn cước công dân", "số căn cước",
        "căn cước", "chứng minh nhân dân", "số chứng minh nhân dân", "cmnd hộ chiếu của công dân", "cmt",
        "cmtnd", "số cmt",
    ), within=_WRITER, never=("ngày cấp", "nơi cấp")),
    Target("phone", "Điện thoại", (
        "điện thoại", "số điện thoại", "sđt", "đt", "số đt", "điện thoại liên hệ", "di động",
    ), within=_WRITER, never=("đơn",)),
    Target("birth_year", "Năm sinh", ("năm sinh", "ngày sinh", "sinh năm", "ngày tháng năm sinh", "tuổi"), within=_WRITER),
    Target("gender", "Giới tính", ("giới tính", "nam nữ", "giới"), within=_WRITER),
    Target("people", "Số người", (
        "số người", "số lượng người", "số người ký đơn", "số người đứng đơn", "số người cùng ký", "số người khiếu nại",
        "tổng số người", "số công dân", "số hộ",
    ), within=_WRITER, never=("phân loại", "loại đơn")),
    Target("kind", "Loại đơn", (
        "loại đơn", "phân loại đơn", "phân loại", "loại đơn thư", "loại", "phân loại đơn thư", "thể loại", "tính chất đơn",
        "loại khiếu tố", "phân loại đơn số người", "loại vụ việc", "hình thức đơn",
    ), never=("lĩnh vực", "nội dung", "giấy", "thẩm quyền", "theo")),
    Target("instance", "Lần khiếu nại", ("lần", "lần thứ", "lần khiếu nại", "khiếu nại lần", "lần giải quyết"), never=("đầu", "trùng")),
    Target("field", "Lĩnh vực", ("lĩnh vực", "nhóm nội dung", "lĩnh vực khiếu nại", "phân loại theo lĩnh vực", "theo lĩnh vực")),
    Target("content", "Nội dung đơn", (
        "nội dung đơn", "nội dung", "tóm tắt nội dung", "nội dung vụ việc", "tóm tắt nội dung đơn", "trích yếu",
        "trích yếu nội dung", "nội dung đơn thư", "nội dung khiếu nại tố cáo", "nội dung khiếu nại", "nội dung tố cáo",
        "nội dung phản ánh", "vụ việc", "nội dung chính", "tóm tắt vụ việc", "nội dung kiến nghị phản ánh",
    ), never=("xử lý", "giải quyết", "phân loại", "trả lời", "chỉ đạo", "văn bản"),
       outside=("xử lý", "giải quyết")),
    Target("respondent", "Người bị khiếu nại, bị tố cáo", (
        "người bị khiếu nại", "người bị tố cáo", "đối tượng bị khiếu nại", "đối tượng bị tố cáo", "người bị khiếu nại tố cáo",
        "đối tượng bị khiếu nại tố cáo", "bị khiếu nại", "bị tố cáo", "người cơ quan bị khiếu nại tố cáo",
    )),
    Target("prior_body", "Cơ quan đã giải quyết", (
        "cơ quan đã giải quyết", "cơ quan đã gq", "đã giải quyết bởi", "cấp đã giải quyết", "đơn vị đã giải quyết",
        "cơ quan giải quyết trước", "quá trình giải quyết trước đó",
    ), never=("kết quả",)),
    Target("agency", "Đơn vị tiếp nhận đơn", (
        "đơn vị tiếp nhận", "cơ quan tiếp nhận đơn", "đơn vị nhận đơn", "cơ quan nhận đơn", "nơi tiếp nhận", "nơi nhận đơn",
        "cơ quan tiếp nhận", "đơn vị", "tên đơn vị", "cơ quan", "tên cơ quan", "cơ quan đơn vị",
    ), never=("xử lý", "chuyển", "giải quyết", "ban hành", "thẩm quyền", "hướng dẫn", "bị", "người"),
       outside=("xử lý", "giải quyết", "chuyển đơn", "hướng dẫn", "nguồn đơn")),
    Target("handling", "Hướng xử lý", (
        "hướng xử lý", "kết quả xử lý", "xử lý", "biện pháp xử lý", "xử lý đơn", "hình thức xử lý", "đề xuất xử lý",
        "phương án xử lý", "kết quả xử lý đơn", "hướng giải quyết", "ý kiến xử lý", "phân loại xử lý", "kết quả phân loại xử lý",
    ), never=("ngày", "số", "cơ quan", "đơn vị", "người", "cán bộ", "hạn", "thời gian", "tiếp nhận")),
    Target("destination", "Cơ quan nhận đơn chuyển, hướng dẫn", (
        "cơ quan tiếp nhận", "cơ quan nhận đơn chuyển", "chuyển đến cơ quan", "nơi chuyển đến", "cơ quan được chuyển",
        "cơ quan nhận", "đơn vị nhận", "đơn vị tiếp nhận", "nơi nhận", "cơ quan có thẩm quyền", "chuyển đến",
        "chuyển cơ quan", "đơn vị được chuyển", "cơ quan thụ lý", "cơ quan giải quyết", "nơi nhận đơn chuyển", "chuyển đơn đến",
        "cơ quan đơn vị nhận đơn chuyển", "đơn vị giải quyết", "chuyển đơn vị", "cơ quan nhận chuyển", "chuyển cho",
    ), within=_BEHIND, never=("đã giải quyết", "nguồn", "số"), outside=("nguồn đơn", "nguồn")),
    Target("paper", "Số, ngày văn bản xử lý", (
        "số ngày văn bản", "số ngày tháng văn bản", "số ký hiệu văn bản", "số văn bản", "văn bản xử lý", "số công văn",
        "số ngày ban hành", "số ký hiệu ngày tháng", "số ký hiệu", "văn bản", "số hiệu văn bản", "số và ngày văn bản",
        "số vb", "công văn", "số văn bản xử lý", "phiếu chuyển", "số phiếu", "số ngày vb", "số cv", "số thông báo",
    ), within=_BEHIND, never=("nguồn", "chuyển đến", "giải quyết", "quyết định")),
    Target("paper_on", "Ngày văn bản xử lý", (
        "ngày văn bản", "ngày ban hành", "ngày tháng văn bản", "ngày ban hành văn bản", "ngày vb", "ngày công văn",
        "ngày ký", "ngày chuyển",
    ), within=_BEHIND, never=("số", "nhận", "đến")),
    Target("handled_on", "Ngày xử lý", (
        "ngày xử lý", "ngày xử lý đơn", "ngày phân loại", "ngày thụ lý", "ngày giao", "thời gian xử lý",
    ), within=_BEHIND, never=("số", "hạn")),
    Target("result", "Kết quả giải quyết", (
        "kết quả giải quyết", "tình trạng giải quyết", "theo dõi kết quả giải quyết", "kết quả", "tình trạng", "trạng thái",
        "tiến độ", "tình hình giải quyết", "kết quả gq", "theo dõi kết quả", "tiến độ giải quyết", "tình trạng xử lý",
    ), never=("xử lý đơn", "ngày", "số", "cơ quan")),
    Target("settled_on", "Ngày giải quyết", (
        "ngày giải quyết", "ngày giải quyết xong", "ngày quyết định", "ngày trả lời", "ngày kết thúc", "ngày ban hành quyết định",
    ), within=("giải quyết",), never=("số", "hạn")),
    Target("decision", "Quyết định, kết luận giải quyết", (
        "số quyết định", "quyết định giải quyết", "số ngày quyết định", "văn bản giải quyết", "số văn bản giải quyết",
        "kết luận", "quyết định giải quyết khiếu nại", "số ngày quyết định giải quyết", "văn bản trả lời", "số quyết định giải quyết",
    ), within=("giải quyết",)),
    Target("due_on", "Hạn giải quyết (không nhập)", (
        "hạn giải quyết", "thời hạn giải quyết", "hạn xử lý", "thời hạn", "hạn trả lời", "ngày hết hạn", "đến hạn",
    )),
    Target("note", "Ghi chú", ("ghi chú", "ghi chu", "chú thích", "lưu ý", "diễn giải", "thông tin thêm"), repeats=True),
)

# Columns of ticks: one column a value, under a group header that names the field.
TICKS: tuple[Target, ...] = (
    Target("kind=complaint", "Loại đơn: khiếu nại (đánh dấu)", ("khiếu nại", "kn", "đơn khiếu nại", "đơn kn")),
    Target("kind=denunciation", "Loại đơn: tố cáo (đánh dấu)", ("tố cáo", "tc", "đơn tố cáo", "đơn tc")),
    Target("kind=reflection", "Loại đơn: kiến nghị, phản ánh (đánh dấu)", (
        "kiến nghị phản ánh", "phản ánh kiến nghị", "knpa", "pakn", "kn pa", "pa kn", "kiến nghị", "phản ánh", "đơn knpa", "kndn pa",
        "đề nghị", "kiến nghị đề nghị",
    ), repeats=True),
    Target("source=post", "Nguồn đơn: bưu chính (đánh dấu)", ("bưu điện", "bưu chính", "qua bưu điện", "dịch vụ bưu chính")),
    Target("source=counter", "Nguồn đơn: trực tiếp (đánh dấu)", ("trực tiếp", "nộp trực tiếp", "tiếp công dân")),
    Target("source=suggestion_box", "Nguồn đơn: hòm thư góp ý (đánh dấu)", ("hòm thư", "hộp thư", "hòm thư góp ý", "hộp thư góp ý")),
    Target("source=other_agency", "Nguồn đơn: cơ quan khác chuyển (đánh dấu)", (
        "cơ quan khác chuyển đến", "cơ quan khác chuyển", "đơn vị khác chuyển đến", "cq khác chuyển đến",
    )),
    Target("handling=accept", "Hướng xử lý: thụ lý (đánh dấu)", (
        "thụ lý", "thụ lý giải quyết", "thụ lý để giải quyết", "thuộc thẩm quyền",
    )),
    Target("handling=guide", "Hướng xử lý: hướng dẫn (đánh dấu)", (
        "hướng dẫn", "trả lại đơn và hướng dẫn", "trả đơn và hướng dẫn",
    )),
    Target("handling=transfer", "Hướng xử lý: chuyển đơn (đánh dấu)", (
        "chuyển đơn", "chuyển", "chuyển đơn đến cơ quan tổ chức đơn vị có thẩm quyền", "chuyển cơ quan có thẩm quyền",
    )),
    Target("handling=return", "Hướng xử lý: trả lại (đánh dấu)", ("trả lại", "trả đơn", "trả lại đơn")),
    Target("handling=file", "Hướng xử lý: lưu đơn (đánh dấu)", ("lưu đơn", "lưu", "xếp lưu", "lưu hồ sơ")),
    Target("handling=urge", "Hướng xử lý: đôn đốc (đánh dấu)", ("đôn đốc", "văn bản đôn đốc", "công văn đôn đốc")),
)

IGNORED = ""
LABELS: dict[str, str] = {target.key: target.label for target in (*TARGETS, *TICKS)}
REPEATING = frozenset(target.key for target in (*TARGETS, *TICKS) if target.repeats)


@cache
def folded(target: Target) -> Target:
    """The same with all phrases folded, as the matcher compares them."""
    return replace(
        target,
        phrases=tuple(fold(phrase) for phrase in target.phrases),
        within=tuple(fold(phrase) for phrase in target.within),
        never=tuple(fold(phrase) for phrase in target.never),
        outside=tuple(fold(phrase) for phrase in target.outside),
    )
