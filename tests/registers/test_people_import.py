"""A list of colleagues in Excel: good rows become accounts, the others come back with reasons (R16)."""

import time
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from kntc.accounts.actions.importing import import_people
from kntc.accounts.models import Account, Group, Post
from kntc.accounts.officers import Officer
from kntc.accounts.people import intake
from kntc.accounts.sign_in.activation import redeem
from kntc.audit.models import Entry
from kntc.audit.walls import acting_as
from kntc.registers.people import sheet
from tests.accounts.people import Offices, make_offices
from tests.factories import Country, make_agency, officer_of
from tests.journeys.addresses import browser

URL = "/quan-tri/nguoi-dung/nhap-excel/"
HEAD = ["Họ và tên", "Cơ quan (mã hoặc tên)", "Chức danh", "Vai trò", "Điện thoại", "Thư điện tử", "Tên đăng nhập",
        "Nhóm nghiệp vụ"]  # fmt: skip
PASSWORD = "con trâu gặm cỏ ngoài đồng"


@pytest.fixture
def offices(country: Country) -> Offices:
    return make_offices(country)


@pytest.fixture
def above(offices: Offices) -> Client:
    return browser(offices.above)


def book(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> bytes:
    made = Workbook()
    page = made.active
    assert page is not None
    page.append(["DANH SÁCH"])
    page.append(list(head))
    for row in rows:
        page.append(list(row))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def send(client: Client, content: bytes, name: str = "ds.xlsx") -> Any:
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def row(name: str, agency: str, title: str = "Công chức tiếp công dân, xử lý đơn", **more: str) -> list[str]:
    keys = ("role", "phone", "email", "login", "groups")
    return [name, agency, title, *(more.get(key, "") for key in keys)]


def faults(offices: Offices, *rows: list[str]) -> list[str]:
    read = sheet.read(book(rows))
    return [" ".join(why) for why in intake.examine(read, above_now(offices)).faults.values()]


def above_now(offices: Offices) -> Officer:
    """The province's administrator over the agencies that there are by now."""
    return officer_of(offices.above.post)


def test_good_rows_come_in_and_bad_ones_come_back_with_reasons__R16(offices: Offices, above: Client) -> None:
    answer = send(
        above,
        book(
            [
                row("Phạm Thu Hà", "AAA-1", phone="0905123456"),
                row("Hà", "AAA-1"),
                row("Trần Văn Bình", "UBND xã Bình Hoà"),
                row("Lê Thị Cúc", "Không có xã này"),
                row("Đỗ Văn Dũng", "Ủy ban nhân dân xã Bình Hòa", "Quản trị hệ thống của đơn vị"),
            ]
        ),
    )
    assert answer.status_code == 200
    assert answer.context["made"] == 3
    assert Post.objects.get(account__login="dung.dovan").role == "unit_admin"
    assert Post.objects.get(account__login="binh.tranvan").agency == offices.country.sister
    returned = load_workbook(BytesIO(above.get(URL + "dong-tra-lai.xlsx").content)).active
    assert returned is not None
    texts = [[cell.value for cell in line] for line in returned.iter_rows()]
    (short,) = (line for line in texts if line[0] == "Hà")
    assert "đầy đủ họ" in str(short[-1])
    (unknown,) = (line for line in texts if line[0] == "Lê Thị Cúc")
    assert "Không có cơ quan" in str(unknown[-1])


def test_the_returned_file_is_mended_and_brought_again__R16(offices: Offices, above: Client) -> None:
    send(above, book([row("Hà", "AAA-1"), row("Trần Văn Bình", "AAA-1")]))
    mended = load_workbook(BytesIO(above.get(URL + "dong-tra-lai.xlsx").content))
    page = mended.active
    assert page is not None
    for line in page.iter_rows():
        if line[0].value == "Hà":
            line[0].value = "Phạm Thu Hà"
    out = BytesIO()
    mended.save(out)
    assert send(above, out.getvalue()).context["made"] == 1
    assert Account.objects.filter(login="ha.phamthu").exists()
    assert above.get(URL + "dong-tra-lai.xlsx").status_code == 302


def test_the_same_file_twice_makes_nobody_twice(offices: Offices, above: Client) -> None:
    content = book([row("Phạm Thu Hà", "AAA-1"), row("Phạm Thu Hà", "AAA-1", email="ha2@gialai.gov.vn")])
    assert send(above, content).context["made"] == 1
    again = send(above, content)
    assert again.status_code == 422
    assert Account.objects.filter(name_fold="pham thu ha").count() == 1


def test_namesakes_are_told_apart_by_login_or_contact(offices: Offices, above: Client) -> None:
    rows = [
        row("Phạm Thu Hà", "AAA-1", phone="0905123456"),
        row("Phạm Thu Hà", "AAA-1", phone="0905999999"),
        row("Phạm Thu Hà", "AAA-1", login="ha.ba"),
    ]
    assert send(above, book(rows)).context["made"] == 3
    logins = Account.objects.filter(name_fold="pham thu ha").values_list("login", flat=True)
    assert set(logins) == {"ha.phamthu", "ha.phamthu2", "ha.ba"}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row("", "AAA-1"), "đầy đủ họ"),
        (row("Phạm Thu Hà", ""), "Chưa ghi cơ quan"),
        (row("Phạm Thu Hà", "BBB-1"), "trong phạm vi bạn quản trị"),
        (row("Phạm Thu Hà", "AAA-1", "Nghề lạ"), "Chưa rõ vai trò"),
        (row("Phạm Thu Hà", "AAA-1", role="Vua"), "Vai trò “Vua” không có"),
        (row("Phạm Thu Hà", "AAA-1", phone="abc"), "không phải là số điện thoại"),
        (row("Phạm Thu Hà", "AAA-1", email="abc"), "không phải là địa chỉ"),
        (row("Phạm Thu Hà", "AAA-1", login="có dấu"), "Tên đăng nhập chỉ gồm"),
        (row("Phạm Thu Hà", "AAA-1", login="lan"), "đã có người dùng"),
        (row("Phạm Thu Hà", "AAA-1", groups="Tổ không có"), "không có nhóm"),
        (row("Phạm Thu Hà", "AAA-1", role="Chuyên viên tổng hợp toàn quốc"), "do quản trị cấp"),
    ],
)
def test_each_fault_is_named(offices: Offices, bad: list[str], said: str) -> None:
    (told,) = faults(offices, bad)
    assert said in told


def test_two_agencies_of_one_name_ask_for_the_code(offices: Offices) -> None:
    for code in ("AAA-3", "AAA-4"):
        make_agency(code, offices.country.province, name="Ủy ban nhân dân xã Trùng Tên")
    (told,) = faults(offices, row("Phạm Thu Hà", "Ủy ban nhân dân xã Trùng Tên"))
    assert "AAA-3, AAA-4" in told


def test_groups_and_codes_come_with_the_account(offices: Offices) -> None:
    group = Group.objects.create(agency=offices.country.commune, name="Tổ đất đai")
    found = intake.examine(
        sheet.read(book([row("Phạm Thu Hà", "AAA-1", groups="tổ đất đai")])), offices.above
    )
    with acting_as(offices.above):
        codes = import_people(people=list(found.good.values()), file_name="x.xlsx", by=offices.above)
    account = Account.objects.get(login="ha.phamthu")
    assert list(Group.objects.filter(memberships__post__account=account)) == [group]
    assert not account.has_usable_password()
    assert redeem("ha.phamthu", codes[account.pk], PASSWORD) == account
    assert Entry.objects.get(action="account.import").details["logins"] == ["ha.phamthu"]


def test_thirty_six_agencies_get_their_administrators_and_first_users__R16(offices: Offices) -> None:
    agencies = [make_agency(f"AAA-C{n}", offices.country.province, name=f"UBND xã Số {n}") for n in range(36)]
    rows = [
        [
            row(f"Nguyễn Quản Trị{'abcdefghijklmnopqrstuvwxyz'[n % 26] * (1 + n // 26)}", agency.code,
                "Quản trị hệ thống của đơn vị"),
            row(f"Trần Tiếp Dân{'abcdefghijklmnopqrstuvwxyz'[n % 26] * (1 + n // 26)}", agency.code),
        ]
        for n, agency in enumerate(agencies)
    ]  # fmt: skip
    found = intake.examine(sheet.read(book([one for pair in rows for one in pair])), above_now(offices))
    assert found.faults == {}
    with acting_as(above_now(offices)):
        import_people(people=list(found.good.values()), file_name="36.xlsx", by=above_now(offices))
    for agency in agencies:
        assert set(Post.objects.filter(agency=agency).values_list("role", flat=True)) == {
            "unit_admin",
            "officer",
        }


def test_a_thousand_rows_take_seconds_and_few_statements__R16(
    offices: Offices, above: Client, django_assert_max_num_queries: Any
) -> None:
    rows = [row(f"Nguyễn Văn {_word(number)}", "AAA-1") for number in range(1000)]
    content = book(rows)
    begun = time.monotonic()
    with django_assert_max_num_queries(80):
        answer = send(above, content)
    assert answer.context["made"] == 1000
    # Bound wide on purpose: seconds, not the minutes that a thousand hashes of a password would take.
    assert time.monotonic() - begun < 30
    slips = above.get("/quan-tri/nguoi-dung/phieu-kich-hoat/").content.decode()
    assert slips.count('data-slip="code"') == 1000


def _word(number: int) -> str:
    letters = "abcdefghij"
    return "X" + "".join(letters[int(digit)] for digit in f"{number:03}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"khong phai excel", "Excel"),
        (b"", "rỗng"),
        (book([], ["A", "B"]), "Không tìm thấy dòng tiêu đề"),
        (book([]), "không có dòng nào"),
    ],
)
def test_a_file_that_is_no_list_is_told_so(above: Client, content: bytes, said: str) -> None:
    answer = send(above, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_no_file_at_all(above: Client) -> None:
    assert above.post(URL).status_code == 422


def test_a_telephone_number_typed_as_a_number_keeps_its_zero(offices: Offices) -> None:
    content = book([["Phạm Thu Hà", "AAA-1", "Chuyên viên", "Lãnh đạo", 905123456]])
    (found,) = intake.examine(sheet.read(content), offices.above).good.values()
    assert found.phone == "0905123456"


def test_columns_in_any_order_under_other_titles(offices: Offices) -> None:
    content = book([["AAA-1", "Phạm Thu Hà", "Thanh tra viên"]], ["Đơn vị", "HỌ TÊN", "Chức vụ"])
    (found,) = intake.examine(sheet.read(content), offices.above).good.values()
    assert (found.full_name, found.role) == ("Phạm Thu Hà", "officer")


def test_the_template_can_be_filled_and_brought_in(above: Client) -> None:
    answer = above.get(URL + "tep-mau.xlsx")
    filled = load_workbook(BytesIO(answer.content))
    page = filled.active
    assert page is not None
    page.append(row("Phạm Thu Hà", "AAA-1"))
    out = BytesIO()
    filled.save(out)
    assert send(above, out.getvalue()).context["made"] == 1
