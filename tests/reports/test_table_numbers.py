"""02/XLD: every column of a set whose numbers are known by hand (TT 06/2025, guidance of the form)."""

from datetime import date, timedelta

import pytest

from kntc.audit.errors import Refused
from kntc.petitions.choices import Handling, Kind
from kntc.reports.compile import compile_form
from tests.factories import SYSTEM, Country, make_agency, make_body
from tests.reports.tables import END, START, Fact, by_row, compiled, numbers, unhandled, write

DAY = timedelta(days=1)


def hand_made(country: Country) -> list[Fact]:
    """Twenty petitions of the province A, its two communes and its department, handled in every way."""
    own, an_luong, binh_hoa, building = country.province, country.commune, country.sister, country.department
    guided = {"handling": Handling.GUIDE, "competent": False}
    moved = {"handling": Handling.TRANSFER, "competent": False}
    filed = {"handling": Handling.FILE, "eligible": False, "competent": None}
    denounced = {"kind": Kind.DENUNCIATION}
    told = {"kind": Kind.REFLECTION}
    return [
        Fact(own, field="land.recovery", matter="đường ven biển"),
        Fact(an_luong, field="land.compensation", matter="đường ven biển", instance=1),
        Fact(an_luong, field="land.recovery", matter="đường ven biển", instance=2),
        Fact(binh_hoa, field="policy.merit", instance=2),
        Fact(binh_hoa, field="construction"),
        Fact(building, field="", handling=Handling.DECLINE),
        Fact(own, field="land.house", **denounced),
        Fact(own, field="service.conduct", instance=2, **denounced),
        Fact(an_luong, field="corruption.bribery", instance=1, **denounced),
        Fact(an_luong, field="judicial.trial", **denounced),
        Fact(an_luong, field="party", **denounced),
        Fact(building, field="policy.labour", **told),
        Fact(building, field="land", **told),
        Fact(building, field="environment", **told),
        Fact(own, **guided),
        Fact(own, **(guided | {"handling": Handling.RETURN})),
        Fact(an_luong, **moved, **told),
        Fact(binh_hoa, **(moved | {"handling": Handling.URGE})),
        Fact(binh_hoa, **filed),
        unhandled(binh_hoa),
    ]


BY_HAND = {
    1: 20, 2: 19, 3: 18, 4: 14, 5: 12,
    6: 6, 7: 4, 8: 2, 9: 3, 10: 1, 11: 2,
    12: 5, 13: 4, 14: 1, 15: 2, 16: 1, 17: 1, 18: 1,
    19: 3, 20: 1, 21: 1, 22: 1,
    23: 4, 24: 2, 25: 2,
}  # fmt: skip


def test_every_column_is_as_counted_by_hand(country: Country) -> None:
    write(hand_made(country))
    table = compiled(country.province)
    assert table.total.values == BY_HAND
    assert not [finding for finding in table.findings if finding.is_error]


def test_rows_are_the_agency_itself_and_its_children(country: Country) -> None:
    write(hand_made(country))
    table = compiled(country.province)
    assert by_row(table, 1) == {"riêng": 5, "AAA-1": 6, "AAA-2": 5, "AAA-SXD": 4}
    assert [row.label for row in table.rows] == [
        "Đơn do Ủy ban nhân dân tỉnh A tiếp nhận",
        "Sở Xây dựng",
        "Ủy ban nhân dân xã An Lương",
        "Ủy ban nhân dân xã Bình Hòa",
    ]


def test_a_matter_of_two_rows_counts_once_in_the_total(country: Country) -> None:
    write(hand_made(country))
    table = compiled(country.province)
    assert by_row(table, 5) == {"riêng": 3, "AAA-1": 4, "AAA-2": 2, "AAA-SXD": 4}
    assert table.total.values[5] == 12


def test_the_nation_has_a_row_for_each_province(country: Country) -> None:
    write([*hand_made(country), Fact(country.far_commune)])
    assert by_row(compiled(country.root), 2) == {"AAA": 19, "BBB": 1}


def test_other_provinces_and_bodies_outside_the_tree_are_not_in_the_table(country: Country) -> None:
    write([Fact(country.far_commune), Fact(country.elsewhere)])
    assert numbers(compiled(country.province)) == {}


@pytest.mark.parametrize(
    ("received", "handled", "on_hand", "processed"),
    [
        (START, None, True, False),
        (END, None, True, False),
        (END + DAY, None, False, False),
        (START - DAY, None, True, False),
        (START - DAY, START - DAY, False, False),
        (START - DAY, START, True, True),
        (START - DAY, END, True, True),
        (START - DAY, END + DAY, True, False),
        (date(2019, 5, 2), date(2026, 3, 14), True, True),
        (START, END, True, True),
        (END, END + DAY, True, False),
    ],
)
def test_what_is_carried_over_and_when_it_is_handled(
    country: Country, received: date, handled: date | None, on_hand: bool, processed: bool
) -> None:
    write(
        [
            Fact(
                country.commune,
                received_on=received,
                handled_on=handled,
                handling="accept" if handled else "",
            )
        ]
    )
    values = compiled(country.commune).total.values
    assert (values[1], values[2]) == (int(on_hand), int(processed))


def test_a_petition_carried_over_counts_in_both_periods(country: Country) -> None:
    write([Fact(country.commune, received_on=START, handled_on=END + DAY)])
    first, second = compiled(country.commune), compiled(country.commune, END + DAY, date(2026, 6, 14))
    assert (numbers(first), second.total.values[1], second.total.values[2]) == ({1: 1}, 1, 1)


def test_a_central_body_placed_in_a_province_is_left_out_of_its_table(country: Country) -> None:
    """TT 06/2025 Đ7.2.a."""
    tax = make_agency("AAA-TAX", country.province, "department", name="Thuế tỉnh A", is_vertical=True)
    branch = make_agency("AAA-TAX-1", tax, "department", name="Đội Thuế số 1")
    for agency in (country.province, country.root, country.commune):
        agency.refresh_from_db()
    write([Fact(tax), Fact(branch), Fact(country.commune)])
    province, nation = compiled(country.province), compiled(country.root)
    assert by_row(province, 1) == {"AAA-1": 1}
    assert "AAA-TAX" not in [row.agency.code for row in province.rows]
    assert (by_row(nation, 1), nation.total.values[1]) == ({"AAA": 1, "nganh-doc": 2}, 3)
    tax.refresh_from_db()
    assert by_row(compiled(tax), 1) == {"riêng": 1, "AAA-TAX-1": 1}


def test_a_closed_agency_has_a_row_only_in_the_time_it_stood(country: Country) -> None:
    make_agency("AAA-OLD", country.province, name="Ủy ban nhân dân huyện Cũ", valid_to=date(2025, 6, 30))
    country.province.refresh_from_db()
    assert "AAA-OLD" not in [row.agency.code for row in compiled(country.province).rows]
    before = compiled(country.province, date(2018, 1, 1), date(2019, 4, 15))
    assert "AAA-OLD" in [row.agency.code for row in before.rows]


def test_what_the_register_does_not_say_is_told(country: Country) -> None:
    write(
        [
            Fact(country.commune, field=""),
            Fact(country.commune, instance=1),
            Fact(country.commune, competent=None),
        ]
    )
    told = {finding.opens: finding.message for finding in compiled(country.commune).findings}
    assert told["chua-phan-loai"].startswith("1 đơn thuộc thẩm quyền chưa phân loại lĩnh vực")
    assert told["chua-ro-lan"].startswith("1 đơn khiếu nại, tố cáo")
    assert told["chua-ro-tham-quyen"].startswith("1 đơn đủ điều kiện chưa xác định thẩm quyền")


def test_a_formula_that_does_not_hold_is_found_where_it_breaks(country: Country) -> None:
    write([Fact(country.commune, competent=None)])
    broken = [finding for finding in compiled(country.province).findings if finding.is_error]
    assert {finding.row.agency.code for finding in broken if finding.row} == {"AAA-1", "AAA"}
    assert all("ột (3) = 1 phải bằng cột (4) + cột (23) = 0" in finding.message for finding in broken)


def test_a_period_before_the_circular_is_compiled_and_says_so(country: Country) -> None:
    write([Fact(country.commune, received_on=date(2018, 9, 1), handled_on=date(2018, 9, 9))])
    table = compiled(country.commune, date(2018, 8, 30), date(2019, 4, 15))
    assert table.total.values[6] == 1
    assert "áp dụng từ 30/09/2025" in table.notices[0]


@pytest.mark.parametrize("code", ["03/GQKN", "02/XLĐ", "", "09/ABC"])
def test_a_form_that_cannot_be_compiled_says_which_can(country: Country, code: str) -> None:
    with pytest.raises(Refused, match="02/XLD"):
        compile_form(code, country.commune, START, END, SYSTEM)


def test_days_the_wrong_way_round_and_bodies_without_figures_are_refused(country: Country) -> None:
    with pytest.raises(Refused, match="ngày đầu sau ngày cuối"):
        compiled(country.commune, END, START)
    with pytest.raises(Refused, match="không dùng hệ thống"):
        compiled(make_body("Tòa án nhân dân huyện"))
