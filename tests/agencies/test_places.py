import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.agencies.queries import PlaceFinder, find_place, place_options
from tests.agencies.conftest import Catalogue, register_rows

RECOGNISED = [
    # Three levels, as before 01/7/2025.
    ("xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định", "LC21982", "C21952", 1.0),
    ("thôn 3, xã Phước Thuận, H. Tuy Phước, T. Bình Định", "LC21982", "C21952", 1.0),
    ("xã Phước Thuận huyện Tuy Phước tỉnh Bình Định", "LC21982", "C21952", 1.0),
    ("P. Quang Trung, TP Quy Nhơn, Bình Định", "LC21565", "C21592", 1.0),
    ("số 4 Lê Lợi, TT. Ngô Mây, H.Phù Cát, T.Bình Định", "LC21853", "C21853", 1.0),
    ("TT An Lão - huyện An Lão - Bình Định", "LC21609", "C21609", 1.0),
    ("xã An Nghĩa, An Lão, Bình Định", "LC21634", "C21622", 1.0),
    ("P.05, Q.3, TPHCM", "LC27151", None, 1.0),
    ("xã Hoài Sơn, huyện Hoài Nhơn, tỉnh Bình Định", "LC21643", "C21655", 1.0),
    ("Phường Hoà Thuận, TP Tam Kỳ, tỉnh Quảng Nam", None, None, 1.0),
    # Two levels, as today.
    ("khu phố 1, phường Quy Nhơn Bắc, tỉnh Gia Lai", "C21553", "C21553", 1.0),
    ("phường Quy Nhơn, Gia Lai", "C21583", "C21583", 1.0),
    ("Đặc khu Lý Sơn, tỉnh Quảng Ngãi", "C21548", "C21548", 1.0),
    ("xa hoai an, tinh gia lai", "C21688", "C21688", 1.0),
    # The two mixed, one level missing, one letter wrong.
    ("xã Ngô Mây, huyện Phù Cát, tỉnh Bình Định", "C21901", "C21901", 0.85),
    ("xã Ân Đức, tỉnh Bình Định", "LC21712", "C21688", 0.9),
    ("thôn 9, xã Nhơn Lý, Quy Nhơn", "LC21598", "C21601", 0.95),
    ("xã Phước Thuân, huyện Tuy Phước, tỉnh Bình Định", "LC21982", "C21952", 0.85),
    ("xã Phước Thuậnn, huyện Tuy Phước, tỉnh Bình Định", "LC21982", "C21952", 0.68),
]


@pytest.mark.parametrize(("address", "place", "today", "confidence"), RECOGNISED)
def test_an_address_down_to_its_commune(
    catalogue: Catalogue, address: str, place: str | None, today: str | None, confidence: float
) -> None:
    match = find_place(address)
    assert match.commune
    assert match.place == match.commune
    assert place is None or match.place.pk == place
    assert match.successor
    assert match.successor.valid_to is None
    assert today is None or match.successor.pk == today
    assert match.confidence == confidence
    assert match.unrecognised == ()


@pytest.mark.parametrize(
    ("address", "place", "today", "unrecognised"),
    [
        ("xã Bình Định, huyện Sông Lô, tỉnh Vĩnh Phúc", "Huyện Sông Lô", "Tỉnh Phú Thọ", ("xã Bình Định",)),
        ("xã Ya Hội, huyện Phù Cát, tỉnh Bình Định", "Huyện Phù Cát", "Tỉnh Gia Lai", ("xã Ya Hội",)),
        ("xã Cẩm Thắng, huyện Phù Cát, tỉnh Bình Định", "Huyện Phù Cát", "Tỉnh Gia Lai", ("xã Cẩm Thắng",)),
        (
            "ấp 4, xã Bình Định, huyện Long Điền, tỉnh Bà Rịa - Vũng Tàu",
            "Tỉnh Bà Rịa - Vũng Tàu",
            "Thành phố Hồ Chí Minh",
            ("xã Bình Định", "huyện Long Điền"),
        ),
        ("Quy Nhơn, Bình Định", "Thành phố Quy Nhơn", "Tỉnh Gia Lai", ()),
        ("Hà Nội", "Thành phố Hà Nội", "Thành phố Hà Nội", ()),
        ("12 Tỉnh lộ 8, xã lạ, tỉnh Gia Lai", "Tỉnh Gia Lai", "Tỉnh Gia Lai", ("xã lạ",)),
    ],
)
def test_an_address_as_far_as_it_goes(
    catalogue: Catalogue, address: str, place: str, today: str, unrecognised: tuple[str, ...]
) -> None:
    match = find_place(address)
    assert match.commune is None
    assert match.place
    assert match.successor
    assert (match.place.name, match.successor.name, match.unrecognised) == (place, today, unrecognised)
    assert 0 < match.confidence <= 0.7
    assert match.reason.startswith("Chỉ nhận ra đến")
    assert all(f"“{text}”" in match.reason for text in unrecognised)


@pytest.mark.parametrize(
    "address", ["", "abc", "thị trấn Vân Canh", ", , ;", "\x00", "<b>xã</b>", "xã " * 400]
)
def test_what_is_no_address_says_what_to_write(catalogue: Catalogue, address: str) -> None:
    match = find_place(address)
    assert match.place is match.commune is match.successor is None
    assert match.confidence == 0
    assert "ghi xã, phường và tỉnh" in match.reason


def test_near_fills_in_the_province_that_is_not_written(catalogue: Catalogue) -> None:
    match = find_place("thôn 2, xã Ia Ko", near=catalogue.now)
    assert match.place
    assert (match.place.pk, match.confidence) == ("C23977", 0.9)
    before = find_place("xã Phước Thuận, huyện Tuy Phước", near=catalogue.now)
    assert before.place
    assert before.place.pk == "LC21982"
    assert find_place("thôn 2", near=catalogue.now).place is None


def test_a_split_commune_names_all_its_parts(catalogue: Catalogue) -> None:
    match = find_place("xã Canh Liên, huyện Vân Canh, tỉnh Bình Định")
    assert match.successor
    assert match.successor.name == "Xã Canh Liên"
    assert [place.name for place in match.alternatives] == ["Xã Canh Vinh"]


def test_a_slip_of_the_pen_is_named(catalogue: Catalogue) -> None:
    match = find_place("xã Phước Thuậnn, huyện Tuy Phước, tỉnh Bình Định")
    assert match.misspelt == ("xã Phước Thuậnn",)
    assert "có thể viết sai “xã Phước Thuậnn”" in match.reason


def test_every_address_of_the_register_leads_somewhere(catalogue: Catalogue) -> None:
    finder = PlaceFinder()
    with CaptureQueriesContext(connection) as queries:
        for row in register_rows():
            match = finder.find(row.address)
            assert match.place, row
            assert match.successor, row
    assert len(queries) == 0


def test_every_commune_is_found_by_its_full_name(catalogue: Catalogue) -> None:
    finder = PlaceFinder()
    missed = [
        place
        for place in finder.places.values()
        if place.parent and finder.find(place.full_name).place != place
    ]
    # Two communes of one name and kind in one city: left to the clerk.
    assert [place.name for place in missed] == ["Xã Đông Khê", "Xã Đông Khê"]


@pytest.mark.parametrize(
    ("typed", "first", "today"),
    [
        ("phuoc thu", "Xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định", ["Xã Tuy Phước"]),
        ("xã phước thuận tuy phước", "Xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định", ["Xã Tuy Phước"]),
        ("quy nhon", "Phường Quy Nhơn, tỉnh Gia Lai", []),
        ("tt ngo may", "Thị trấn Ngô Mây, huyện Phù Cát, tỉnh Bình Định", ["Xã Phù Cát"]),
        (
            "canh lien van canh",
            "Xã Canh Liên, huyện Vân Canh, tỉnh Bình Định",
            ["Xã Canh Liên", "Xã Canh Vinh"],
        ),
        (
            "thôn 5, xã Phước Thuận, huyện Tuy Phước, Bình Định",
            "Xã Phước Thuận, huyện Tuy Phước, tỉnh Bình Định",
            ["Xã Tuy Phước"],
        ),
    ],
)
def test_places_while_typing(catalogue: Catalogue, typed: str, first: str, today: list[str]) -> None:
    options = place_options(typed, near=catalogue.now)
    assert options[0].place.full_name == first
    assert [place.name for place in options[0].successors] == today


def test_own_province_and_todays_map_come_first(catalogue: Catalogue) -> None:
    options = place_options("binh dinh", near=catalogue.now)
    assert [option.place.pk for option in options[:2]] == ["C21907", "LC21907"]
    assert place_options("khongcodau", near=catalogue.now) == []


def test_statements(catalogue: Catalogue) -> None:
    place_options("quy nhon", near=catalogue.now)
    with CaptureQueriesContext(connection) as queries:
        place_options("quy nhon", near=catalogue.now)
        assert find_place("phường Quy Nhơn, tỉnh Gia Lai").place
    assert len(queries) == 4
