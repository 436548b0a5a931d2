"""kntc petitions: counts at the command line."""

from datetime import date

import click

from kntc.cli.base import DATE, json_option, show, with_database
from kntc.cli.reports import agency_of


@click.group(help="Đếm, tra cứu đơn.")
def petitions() -> None:
    """The group."""


@petitions.command(help="Đếm đơn theo loại của một cơ quan cùng các cơ quan trực thuộc.")
@click.option("--agency", metavar="CODE", required=True, help="Mã cơ quan tiếp nhận, ví dụ BDI.")
@click.option("--from", "start", type=DATE, required=True, help="Từ ngày.")
@click.option("--to", "end", type=DATE, required=True, help="Đến hết ngày.")
@click.option(
    "--basis",
    type=click.Choice(["received", "entered"]),
    default="received",
    show_default=True,
    help="Theo ngày nhận đơn hay ngày nhập vào hệ thống.",
)
@json_option
@with_database()
def count(agency: str, start: date, end: date, basis: str, as_json: bool) -> None:
    """Live petitions, by the agency that received them (R20)."""
    from kntc.audit.actors import SystemActor
    from kntc.audit.walls import acting_as
    from kntc.petitions.choices import Kind
    from kntc.reports.queries import DAYS, count_by_kind
    from kntc.vietnamese import number, short_date

    if end < start:
        raise click.ClickException(
            f"Ngày cuối {short_date(end)} đứng trước ngày đầu {short_date(start)}. Hãy đổi lại hai ngày."
        )
    operator, chosen = SystemActor(), agency_of(agency)
    with acting_as(operator):
        counts = count_by_kind(chosen, start, end, operator, DAYS[basis])
    counts["total"] = sum(counts.values())
    lines = [f"{label}: {number(counts[kind])}" for kind, label in Kind.choices]
    show(counts, as_json, "\n".join([chosen.name, *lines, f"Tổng số: {number(counts['total'])}"]))
