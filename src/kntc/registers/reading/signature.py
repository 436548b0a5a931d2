"""What a file really is, by its first bytes: a name ending in .xlsx proves nothing."""

import io
import zipfile
import zlib

from kntc.vietnamese import number

LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024

_ADVICE = "Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi chọn tệp đó."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableRegister(ValueError):
    """The file cannot be read as a register. `str()` is a Vietnamese sentence for the person who chose it."""


def check_size(size: int) -> None:
    if size == 0:
        raise UnreadableRegister(
            "Tệp rỗng (0 byte): chọn lại tệp sổ, có thể lần lưu hoặc sao chép trước bị dở dang."
        )
    if size > LARGEST:
        megabytes = number(round(size / 1024**2))
        raise UnreadableRegister(
            f"Tệp {megabytes} MB vượt quá {LARGEST // 1024**2} MB: xóa hình ảnh trong tệp hoặc chia sổ theo năm "
            "rồi nhập từng tệp."
        )


def check_content(content: bytes) -> None:
    """Raises `UnreadableRegister` unless this looks like a workbook that can be opened."""
    check_size(len(content))
    if content.startswith(b"PK"):
        _check_package(content)
    elif content.startswith(_OLE):
        _check_compound(content)
    else:
        raise UnreadableRegister(_what_else(content[:4096]))


def _check_package(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {part.filename: part for part in package.infolist()}
            manifest = _small_part(package, parts.get("META-INF/manifest.xml"))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as problem:
        raise UnreadableRegister(f"Tệp bị hỏng, không mở được. {_ADVICE}") from problem
    if sum(part.file_size for part in parts.values()) > LARGEST_UNPACKED:
        raise UnreadableRegister(_too_much())
    if b"encryption-data" in manifest:
        raise UnreadableRegister(_encrypted())
    if not parts.keys() & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        kind = "tệp Word" if "word/document.xml" in parts else "tệp nén"
        raise UnreadableRegister(f"Đây là {kind}, không phải bảng tính Excel. {_ADVICE}")


def _small_part(package: zipfile.ZipFile, part: zipfile.ZipInfo | None) -> bytes:
    return package.read(part) if part and part.file_size < 1_000_000 else b""


def _check_compound(content: bytes) -> None:
    """An OLE container: an old .xls, or a wrapper around an encrypted .xlsx."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableRegister(_encrypted())
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        kind = "tệp Word" if "WordDocument".encode("utf-16-le") in content else "tệp khác"
        raise UnreadableRegister(f"Đây là {kind}, không phải bảng tính Excel. {_ADVICE}")


def _what_else(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return "Đây là tệp PDF, không phải bảng tính Excel: xin bên gửi tệp Excel gốc của sổ."
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta")):
        return f"Đây là trang web mang tên tệp Excel (phần mềm cũ thường xuất như vậy). {_ADVICE}"
    if start.startswith(b"<?xml"):
        return f"Đây là tệp XML, không phải .xlsx, .xls hay .ods. {_ADVICE}"
    return f"Đây không phải tệp Excel (.xlsx, .xls) hay OpenDocument (.ods). {_ADVICE}"


def _encrypted() -> str:
    return (
        "Tệp có đặt mật khẩu nên không đọc được: mở tệp bằng Excel, vào Tệp › Thông tin › Bảo vệ sổ làm việc, "
        "bỏ mật khẩu, lưu lại rồi chọn tệp đó."
    )


def _too_much() -> str:
    return (
        "Nội dung tệp quá lớn sau khi mở ra: sao chép phần sổ (tiêu đề và các dòng đơn) sang một tệp mới "
        "rồi nhập tệp đó."
    )


def problem_of_child(code: str, detail: str = "") -> UnreadableRegister:
    if code == "encrypted":
        return UnreadableRegister(_encrypted())
    if code == "too-much":
        return UnreadableRegister(_too_much())
    return UnreadableRegister(f"Tệp bị hỏng, không đọc được các trang tính. {_ADVICE}")
