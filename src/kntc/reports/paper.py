"""A compiled table as the printed form in Excel."""

from kntc.agencies.models import BodyKind
from kntc.documents.statutory import FormPaper, FormRow, write_form
from kntc.reports.compile import Compiled
from kntc.reports.usage.words import default_head

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paper_of(compiled: Compiled, author: str = "") -> FormPaper:
    """What stands around the table, as far as the catalogue of agencies knows it."""
    agency = compiled.agency
    head = default_head(agency, compiled.period.end)
    is_committee = agency.kind == BodyKind.COMMITTEE
    return FormPaper(
        compiled.period.start,
        compiled.period.end,
        agency_lines=tuple(line.upper() for line in (head.superior, agency.name) if line),
        report_agency=agency.name,
        notes=compiled.notices,
        place=head.place,
        maker=author,
        signer_title="CHỦ TỊCH" if is_committee else "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    )


def excel_of(compiled: Compiled, author: str = "") -> bytes:
    rows = [FormRow(row.label, row.values) for row in compiled.rows]
    return write_form(
        compiled.form, rows, total=compiled.total.values, paper=paper_of(compiled, author), author=author
    )


def file_name(compiled: Compiled) -> str:
    """ASCII, without a slash: "bieu-02-XLD-BDI-20180101-20190415.xlsx"."""
    code, period = compiled.form.code.replace("/", "-"), compiled.period
    return f"bieu-{code}-{compiled.agency.code}-{period.start:%Y%m%d}-{period.end:%Y%m%d}.xlsx"
