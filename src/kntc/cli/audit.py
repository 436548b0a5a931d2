"""kntc audit: is the log whole?"""

import sys

import click

from kntc.cli.base import json_option, show, with_database


@click.group(help="Nhật ký thao tác.")
def audit() -> None:
    """The group."""


@audit.command(
    help="Kiểm tra chuỗi băm của nhật ký: mục nào bị sửa, bị mất thì nêu tên và kết thúc với mã 1."
)
@json_option
@with_database()
def verify(as_json: bool) -> None:
    """Exit code 1 when an entry was changed or is missing."""
    from kntc.audit.chain import faults
    from kntc.audit.models import Entry

    found = list(faults())
    result = {"entries": Entry.objects.count(), "ok": not found, **({"faults": found} if found else {})}
    words = "\n".join(found) if found else f"Nhật ký nguyên vẹn: {result['entries']} mục."
    show(result, as_json, words)
    sys.exit(1 if found else 0)
