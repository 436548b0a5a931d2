"""`kntc law`: ask the rulebook."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import click

from kntc.cli.base import DATE, json_option, show
from kntc.law.deadlines import Deadline, LawError, RuleInfo, deadline, rules, unknown_rules
from kntc.law.tables import Column, Form, form
from kntc.law.texts import dated, short_date

_UNITS = {"calendar": "ngày", "working": "ngày làm việc"}
_Command = TypeVar("_Command", bound=Callable[..., None])


def _answers(command: _Command) -> _Command:
    """Says in one sentence what the law does not know or allow, and ends with exit code 1."""

    @wraps(command)
    def answering(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except LawError as refusal:
            raise click.ClickException(str(refusal)) from refusal

    return answering  # type: ignore[return-value]


@click.group()
def law() -> None:
    """Hỏi bộ quy tắc pháp luật: thời hạn, biểu mẫu."""


@law.command("deadline")
@click.argument("rule")
@click.option("--start", type=DATE, required=True, help="Ngày của sự kiện bắt đầu, ví dụ 01/07/2026.")
@click.option("--complex", "is_complex", is_flag=True, help="Vụ việc phức tạp.")
@click.option("--remote", is_flag=True, help="Vùng sâu, vùng xa đi lại khó khăn.")
@click.option("--extensions", type=int, default=0, help="Số lần đã gia hạn.")
@json_option
@_answers
def deadline_command(
    rule: str, start: date, is_complex: bool, remote: bool, extensions: int, as_json: bool
) -> None:
    """Tính ngày cuối của thời hạn RULE và giải thích cách tính."""
    found = deadline(rule, start, complex=is_complex, remote=remote, extensions=extensions)
    show(_deadline_data(found), as_json, "\n".join(_deadline_lines(found)))


def _deadline_data(found: Deadline) -> dict[str, object]:
    return {
        "due": found.due.isoformat(),
        "unit": found.unit,
        "days": found.days,
        "article": found.article,
        "explanation": list(found.explanation),
    }


def _deadline_lines(found: Deadline) -> list[str]:
    return [
        f"{found.label}: {dated(found.due)}",
        f"{found.days:02d} {_UNITS[found.unit]}, {found.article}",
        *(f"- {line}" for line in found.explanation),
    ]


@law.command("rules")
@json_option
def rules_command(as_json: bool) -> None:
    """Liệt kê các quy tắc thời hạn."""
    show(_rules_data(), as_json, "\n".join(_rule_lines()))


def _rule_lines() -> list[str]:
    return [
        *(
            f"{rule.name:<44} {rule.days:>3} {_UNITS[rule.unit]:<14} {rule.label} ({_span(rule)})"
            for rule in rules()
        ),
        *(f"{unknown.name:<44} chưa xác định      {unknown.label}" for unknown in unknown_rules().values()),
    ]


def _rules_data() -> dict[str, list[dict[str, Any]]]:
    """Versions by rule name."""
    data: dict[str, list[dict[str, Any]]] = {}
    for rule in rules():
        version = asdict(rule)
        version["variants"] = [{**asdict(variant), "when": sorted(variant.when)} for variant in rule.variants]
        data.setdefault(version.pop("name"), []).append(version)
    return data


def _span(rule: RuleInfo) -> str:
    return f"từ {short_date(rule.valid_from)}" + (
        f" đến {short_date(rule.valid_to)}" if rule.valid_to else ""
    )


@law.command("tables")
@click.argument("code", metavar="FORM")
@click.option("--on", type=DATE, default=None, help="Ngày áp dụng; không ghi là biểu mới nhất.")
@json_option
@_answers
def tables_command(code: str, on: date | None, as_json: bool) -> None:
    """In định nghĩa của một biểu, ví dụ 02/XLD."""
    found = form(code.upper(), on)
    show(_form_data(found), as_json, "\n".join(_form_lines(found)))


def _form_data(found: Form) -> dict[str, object]:
    return {
        "title": found.title,
        "note_line": found.note_line,
        "columns": [_column_data(column) for column in found.columns],
        "rules": list(found.rules),
    }


def _column_data(column: Column) -> dict[str, object]:
    return {"number": column.number, "formula": column.formula, "header": list(column.header)}


def _form_lines(found: Form) -> list[str]:
    return [
        f"Biểu {found.code} ({found.document}, hiệu lực từ {short_date(found.valid_from)})",
        found.title,
        *(f"{column.printed:>20}  {' › '.join(column.header)}" for column in found.columns),
        f"Ràng buộc: {'; '.join(found.rules) or 'không có ngoài các công thức'}",
    ]
