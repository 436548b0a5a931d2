from datetime import UTC, date, datetime

from django.template import Context, Template


def render(text: str, **values: object) -> str:
    return Template(text).render(Context(values))


def test_dates_are_day_month_year_in_the_time_of_vietnam() -> None:
    late = datetime(2026, 2, 4, 18, 30, tzinfo=UTC)
    assert render("{{ day|vn_date }}", day=date(2026, 2, 5)) == "05/02/2026"
    assert render("{{ day|vn_date }}", day=late) == "05/02/2026"
    assert render("{{ day|vn_datetime }}", day=late) == "01:30 05/02/2026"
    assert render("{{ day|vn_long_date }}", day=late) == "ngày 05 tháng 02 năm 2026"
    assert render("[{{ day|vn_date }}{{ day|vn_datetime }}]", day=None) == "[]"


def test_numbers_have_dots_between_thousands_and_a_decimal_comma() -> None:
    assert render("{{ n|vn_number }}", n=1248) == "1.248"
    assert render("{{ n|vn_number:1 }}", n=96.4) == "96,4"
    assert render("{{ n|vn_number }}", n=0) == "0"
    assert render("{{ n|vn_number }}", n="96,4%") == "96,4%"
    assert render("[{{ n|vn_number }}]", n=None) == "[]"


def test_a_badge_escapes_its_label() -> None:
    assert "<b>" not in render("{% badge label 'red' %}", label="<b>x</b>")


def test_a_chart_gives_the_rows_of_its_table() -> None:
    chart = {
        "categories": ["Th1", "Th2"],
        "series": [{"name": "a", "values": [1, 2], "urls": ["/1", "/2"]}, {"name": "b", "values": [3, 4]}],
    }
    shown = render("{% for c, cells in chart|chart_rows %}{{ c }}{{ cells }};{% endfor %}", chart=chart)
    assert shown.replace("&#x27;", "'") == "Th1[(1, '/1'), (3, '')];Th2[(2, '/2'), (4, '')];"
