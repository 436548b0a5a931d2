import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kntc.agencies.models import Agency, AgencyAlias
from kntc.agencies.queries import Resolver, resolve
from kntc.agencies.writing import canonical
from kntc.vietnamese import fold
from tests.agencies.conftest import Catalogue, register_rows

WRITINGS = list(csv.DictReader((Path(__file__).parent / "writings.csv").open(encoding="utf-8")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở TN&MT", "sở Tài nguyên và Môi trường"),
        ("UBND TP. Quy Nhơn", "Uỷ ban nhân dân thành phố Quy Nhơn"),
        ("Cty CP X", "Công ty cổ phần X"),
        ("Ủy ban MTTQ VN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("BQLDA", "Ban Quản lý dự án"),
    ],
)
def test_abbreviations_are_one_with_what_they_stand_for(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_what_is_written_out_stays_written_out(catalogue: Catalogue) -> None:
    for name in Agency.objects.bodies().values_list("name", flat=True):
        assert canonical(" ".join(canonical(name))) == canonical(name), name


def test_writings_of_registers_are_right_at_first_place__R43(catalogue: Catalogue) -> None:
    homes = {row["near"] for row in WRITINGS}
    resolvers = {agency.code: Resolver(agency) for agency in Agency.objects.filter(code__in=homes)}
    wrong = []
    for row in WRITINGS:
        matches = resolvers[row["near"]].matches(row["writing"], 1)
        if [match.agency.code for match in matches] != [row["code"]]:
            wrong.append((row["writing"], row["near"], matches))
    assert len(WRITINGS) >= 320
    assert len(homes) >= 15  # registers of the whole country, not of one province
    assert len(wrong) <= 0.03 * len(WRITINGS), wrong


def test_every_text_of_the_register_is_one_sure_body(catalogue: Catalogue) -> None:
    resolver = Resolver(catalogue.before, date(2018, 6, 1))
    rows = register_rows()
    texts = {text for row in rows for text in (row.source_body, row.unit, row.destination) if text}
    assert len(texts) > 60
    found = {text: resolver.best(text) for text in texts}
    assert [text for text, match in found.items() if match is None] == []
    units = {found[row.unit].agency for row in rows}  # type: ignore[union-attr]
    assert {unit.code for unit in units} == set(
        Agency.objects.filter(parent__code="BDI", uses_system=True).values_list("code", flat=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "...", "Chưa", "Không rõ", "123", "Sở", "xã", "UBND", "UBND xã", "UBND huyện", "Công an", "TAND",
        "Trung tâm Y tế", "Nguyễn Văn A", "Công ty TNHH ABC", "Bệnh viện Chợ Rẫy", "Trường THPT Nguyễn Du",
        "Trường Tiểu học số 3 Nhơn Bình", "Trường THPT số 4 Tuy Phước", "Trường Mầm non Hoa Hồng",
        "UBND xã Bình Long", "UBND phường Lê Lợi", "Ban QLDA huyện", "TAND khu vực 11 - Gia Lai",
        "<script>alert(1)</script>", "a" * 5000, "\x00", "=HYPERLINK(1)",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_not_taken(catalogue: Catalogue, text: str) -> None:
    assert Resolver(catalogue.before).best(text) is None


def test_the_day_decides_between_what_was_and_what_is(catalogue: Catalogue) -> None:
    def first(text: str, day: date) -> str:
        return resolve(text, near=catalogue.now, on=day)[0].agency.code

    assert first("Ban Dân nguyện", date(2018, 6, 1)) == "BDN"
    assert first("Ban Dân nguyện", date(2026, 6, 1)) == "UBDNGS"
    assert first("UBND huyện Phù Cát", date(2026, 6, 1)) == "BDI-PCA"


def test_the_reason_says_why_to_a_clerk(catalogue: Catalogue) -> None:
    assert resolve("Sở XD", near=catalogue.now)[0].reason == "Đúng tên"
    closed = resolve("UBND huyện Phù Cát", near=catalogue.now)[0]
    assert closed.reason == "Đúng tên; đã kết thúc hoạt động ngày 30/06/2025"
    assert resolve("Sở Xâyy dựng", near=catalogue.now)[0].reason == "Gần giống tên"
    far = next(m for m in resolve("UBND xã Bình An", near=catalogue.now) if m.agency.code != "GLA-21829")
    assert far.reason == "Đúng tên; tỉnh khác"


def test_near_decides_between_equals_and_a_named_province_beats_it(catalogue: Catalogue) -> None:
    assert resolve("TAND tỉnh", near=catalogue.before)[0].agency.code == "BDI-TAND"
    assert resolve("TAND tỉnh", near=catalogue.now)[0].agency.code == "GLA-TAND"
    assert resolve("TAND tỉnh Đắk Lắk", near=catalogue.now)[0].agency.code == "DLA-TAND"
    district = Agency.objects.get(code="BDI-PCA")
    assert resolve("UBND huyện", near=district)[0].agency == district
    assert resolve("Công an huyện", near=district)[0].agency.code == "BDI-PCA-CA"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ban gia", "GLA-BGPMB"), ("ban giải phóng", "GLA-BGPMB"), ("quy nh", "GLA-21583"),
        ("ubnd quy nh", "GLA-21583"), ("cong an quy nhon b", "GLA-21553-CA"), ("bv da khoa t", "GLA-BVDK"),
        ("sở xây d", "GLA-SXD"), ("so xay dung", "GLA-SXD"), ("ubnd xa binh a", "GLA-21829"),
        ("thanh tra ch", "TTCP"), ("thanh tra t", "GLA-TTR"), ("trường tiểu học số 1 nh", "BDI-TH-NB1"),
        ("chư sê", "GLA-23941"), ("báo gi", "GLA-BAO"), ("điện lực gia", "GLA-PCGL"), ("ub", "GLA"),
    ],
)  # fmt: skip
def test_the_unfinished_word_is_a_beginning(catalogue: Catalogue, typed: str, expected: str) -> None:
    codes = [match.agency.code for match in resolve(typed, near=catalogue.now, typing=True)]
    assert expected in codes[:3]


def test_an_alias_just_added_is_found_at_once(catalogue: Catalogue) -> None:
    assert Resolver(catalogue.now).best("Đội quy tắc đô thị") is None
    agency = Agency.objects.get(code="GLA-SXD")
    AgencyAlias.objects.create(agency=agency, text="Đội quy tắc đô thị", text_fold=fold("Đội quy tắc đô thị"))
    agency.save()
    match = Resolver(catalogue.now).best("đội quy tắc đô thị")
    assert match
    assert match.agency == agency


def test_statements(catalogue: Catalogue) -> None:
    resolve("Sở XD", near=catalogue.now)
    with CaptureQueriesContext(connection) as queries:
        resolve("Sở XD", near=catalogue.now)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        resolver = Resolver(catalogue.now)
        for _ in range(50):
            for text in ("Sở XD", "Sở Y tế", "không có đâu"):
                resolver.best(text)
    assert len(queries) == 3  # the stamp, and each body once
    Agency.objects.get(code="GLA-SXD").save()
    with CaptureQueriesContext(connection) as queries:
        resolve("Sở XD", near=catalogue.now)
    assert len(queries) == 6
