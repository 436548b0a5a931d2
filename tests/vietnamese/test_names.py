import pytest

from kntc.vietnamese import name_bag, name_key, name_sort_key, title_name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Nguyễn Văn A", "nguyen van a"),
        ("NGUYỄN HOÀI THUÝ", "nguyen hoai thuy"),
        ("Ông Nguyễn Văn A.", "nguyen van a"),
        ("ông (bà) Trần Thị Yến", "tran thi yen"),
        ("Ông/bà: Lê Văn Lâm", "le van lam"),
        ("Bà Lan", "lan"),
        ("Anh", "anh"),
        ("Chu Văn An", "chu van an"),
        ("chu van an", "chu van an"),
        ("chú Văn An", "van an"),
        ("Bá Văn Thành", "ba van thanh"),
        ("ba Nguyen Thi B", "nguyen thi b"),
        ("Cụ  Đàm - Văn Hùng", "dam van hung"),
        ("H'Bia Niê", "h bia nie"),
        ("", ""),
        ("...", ""),
    ],
)
def test_name_key(name: str, key: str) -> None:
    assert name_key(name) == key


def test_name_bag_does_not_mind_the_order() -> None:
    assert name_bag("Nguyễn Văn An") == name_bag("bà An, Nguyễn Văn") == "an nguyen van"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("NGUYỄN VĂN A", "Nguyễn Văn A"),
        ("  trần thị  ánh ", "Trần Thị Ánh"),
        ("ĐẶNG ƯỚC", "Đặng Ước"),
        ("h'bia niê", "H'Bia Niê"),
        ("Y-BÔNG", "Y-Bông"),
    ],
)
def test_title_name(written: str, title: str) -> None:
    assert title_name(written) == title


def test_people_are_listed_by_given_name() -> None:
    people = ["Trần Văn Ba", "Lê Thị Ánh", "Nguyễn Văn An", "Bùi Văn An"]
    assert sorted(people, key=name_sort_key) == ["Bùi Văn An", "Nguyễn Văn An", "Lê Thị Ánh", "Trần Văn Ba"]
