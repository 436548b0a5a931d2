"""The header tree of a statutory table as merged cells."""

from kntc.documents.headers import HeaderCell, header_cells, header_depth, header_rows

PATHS = [
    ("Tổng số đơn",),
    ("Thuộc thẩm quyền",),
    ("Thuộc thẩm quyền", "Khiếu nại", "Lần đầu"),
    ("Thuộc thẩm quyền", "Khiếu nại", "Lần 2"),
    ("Thuộc thẩm quyền", "Tố cáo"),
    ("Khác", "Tổng"),
    ("Khác", "Chuyển"),
]


def test_neighbours_with_one_heading_are_merged_and_last_headings_reach_down() -> None:
    assert header_cells(PATHS) == [
        HeaderCell("Tổng số đơn", 0, 0, 0, 2, True),
        HeaderCell("Thuộc thẩm quyền", 1, 1, 0, 2, True),
        HeaderCell("Thuộc thẩm quyền", 2, 4, 0, 0, False),
        HeaderCell("Khác", 5, 6, 0, 0, False),
        HeaderCell("Khiếu nại", 2, 3, 1, 1, False),
        HeaderCell("Tố cáo", 4, 4, 1, 2, True),
        HeaderCell("Tổng", 5, 5, 1, 2, True),
        HeaderCell("Chuyển", 6, 6, 1, 2, True),
        HeaderCell("Lần đầu", 2, 2, 2, 2, True),
        HeaderCell("Lần 2", 3, 3, 2, 2, True),
    ]


def test_a_tall_heading_pushes_the_headings_under_it_down() -> None:
    cells = {(cell.text, cell.first): cell for cell in header_cells(PATHS, {"Khác": 2})}
    assert (cells["Khác", 5].top, cells["Khác", 5].bottom) == (0, 1)
    assert (cells["Tổng", 5].top, cells["Tổng", 5].bottom) == (2, 2)
    assert header_depth(PATHS, {"Khác": 3}) == 4


def test_every_place_of_the_header_is_covered_exactly_once() -> None:
    for tall in ({}, {"Khác": 2}, {"Khác": 3}):
        places = [
            (row, column)
            for cell in header_cells(PATHS, tall)
            for row in range(cell.top, cell.bottom + 1)
            for column in range(cell.first, cell.last + 1)
        ]
        assert sorted(places) == [(r, c) for r in range(header_depth(PATHS, tall)) for c in range(len(PATHS))]


def test_equal_leaves_side_by_side_stay_two_columns() -> None:
    assert [cell.columns for cell in header_cells([("Khác",), ("Khác",)])] == [1, 1]


def test_the_rows_for_html_hold_each_cell_where_it_begins() -> None:
    rows = header_rows(PATHS)
    assert [[cell.text for cell in row] for row in rows] == [
        ["Tổng số đơn", "Thuộc thẩm quyền", "Thuộc thẩm quyền", "Khác"],
        ["Khiếu nại", "Tố cáo", "Tổng", "Chuyển"],
        ["Lần đầu", "Lần 2"],
    ]
    assert (rows[0][2].columns, rows[0][0].rows) == (3, 3)
