import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kntc.vietnamese import fold, squeeze, unify_tones

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậÀẢÃÁẠĐƠƯ \u00a0,.-", max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Thuý", "nguyen thi thuy"),
        ("Nguyễn Thị Thúy", "nguyen thi thuy"),
        ("HOÀ", "hoa"),
        ("Hòa", "hoa"),
        ("Đỗ Đình Đức", "do dinh duc"),
        ("  Ủy   ban\tnhân\ndân ", "uy ban nhan dan"),
        ("Xã\u00a0Ia\u00a0Ko", "xa ia ko"),
        ("Đăk Pơ", "dak po"),
        ("TN&MT – “Sở”", "tn&mt – “so”"),
        ("Sở\u200b Y\ufeff tế", "so y te"),
        ("Café Ångström Łódź", "cafe angstrom łodz"),
        ("ĐẶNG ƯỚC VỮNG", "dang uoc vung"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == fold(unicodedata.normalize("NFD", text)) == fold(text.upper()) == fold(unify_tones(text))


@given(VIETNAMESE)
def test_the_fast_way_and_the_table_agree(text: str) -> None:
    # A dash sends the text through the table.
    assert fold(f"{text} –").removesuffix("–").strip() == fold(text)


@given(st.text())
def test_squeeze_leaves_nothing_to_squeeze(text: str) -> None:
    squeezed = squeeze(text)
    assert squeeze(squeezed) == squeezed
    assert "  " not in squeezed
    assert squeezed == squeezed.strip()


@pytest.mark.parametrize(
    ("written", "unified"),
    [
        ("Hoà", "Hòa"),
        ("HOÀ", "HÒA"),
        ("khoẻ khoắn", "khỏe khoắn"),
        ("Thuý", "Thúy"),
        ("quý", "quý"),
        ("Quỳnh", "Quỳnh"),
        ("hoàn thuỷ", "hoàn thủy"),
        ("Ủy ban", "Ủy ban"),
        ("Uỷ ban", "Ủy ban"),
        (unicodedata.normalize("NFD", "Hoà Thuý"), "Hòa Thúy"),
    ],
)
def test_unify_tones(written: str, unified: str) -> None:
    assert unify_tones(written) == unified
