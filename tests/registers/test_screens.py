"""Nhập sổ theo dõi as an officer meets it: from the file to the petitions, and every way it can go wrong."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from kntc.accounts.officers import Officer
from kntc.petitions.actions import void_petition
from kntc.petitions.models import Petition
from kntc.registers import jobs, storage
from kntc.registers.examining import examine
from kntc.registers.models import Batch, ColumnChoice, LikelyDuplicate, Status
from tests.factories import SYSTEM, Country, make_officer
from tests.registers.books import HEADER, book_of, many_sheets, plain_register, row
from tests.registers.bringing import bring_in, examined
from tests.web.conftest import signed_in


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.commune)


@pytest.fixture
def client(officer: Officer) -> Client:
    return signed_in(officer)


def upload(client: Client, content: bytes, name: str = "so.xlsx", **more: str) -> HttpResponse:
    return client.post("/nhap-so/", {"file": SimpleUploadedFile(name, content), **more})


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def the_batch() -> Batch:
    return Batch.objects.get()


def test_a_file_is_read_shown_and_brought_in(client: Client) -> None:
    rows = [row(n, f"{n:02d}/02/2018") for n in (1, 2, 3)]
    assert "Chưa nhập sổ nào" in text_of(client.get("/nhap-so/"))
    response = upload(client, plain_register(*rows, row(4, "31/02/2018")))
    batch = the_batch()
    assert response.headers["Location"] == f"/nhap-so/{batch.pk}/"
    preview = text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert "Nhập 3 đơn" in preview
    assert Petition.objects.count() == 0
    faults = text_of(client.get(f"/nhap-so/{batch.pk}/?phan=loi"))
    assert "Sổ, dòng 5" in faults
    assert "31/02/2018" in faults
    assert "28/02/2018" in faults
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    done = text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert "Xem các đơn vừa nhập" in done
    assert "Tải 1 dòng bị trả lại" in done
    assert Petition.objects.filter(backfilled=True).count() == 3


def test_what_came_in_is_a_list_of_petitions(client: Client, country: Country) -> None:
    bring_in(country.commune, plain_register(row(9, "09/02/2018", name="Phạm Thị Khác")))
    upload(client, plain_register(row(1, "01/02/2018", name="Đỗ Văn Này")))
    batch = Batch.objects.order_by("-pk")[0]
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    shown = text_of(client.get(f"/don/?dot_nhap={batch.pk}"))
    assert "Đỗ Văn Này" in shown
    assert "Phạm Thị Khác" not in shown
    assert "so.xlsx" in shown


def test_rejected_rows_come_as_a_workbook(client: Client) -> None:
    upload(client, plain_register(row(1), row(2, kind="Không rõ", content="@SUM(1+1)*cmd|calc")))
    batch = the_batch()
    response = client.get(f"/nhap-so/{batch.pk}/dong-bi-tra-lai.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][: len(HEADER)] == HEADER
    assert "Loại đơn: Không rõ loại đơn “Không rõ”" in lines[1][len(HEADER)]
    assert sheet.cell(2, 8).data_type == "s"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("so.xlsx", b"", "Tệp rỗng (0 byte)"),
        ("so.xlsx", b"khong phai excel", "không phải tệp Excel"),
        ("so.pdf", b"%PDF-1.7 ...", "tệp PDF"),
        ("so.xls", b"<html><table></table></html>", "trang web"),
    ],
)
def test_a_file_that_is_none_is_refused_at_the_form(
    client: Client, name: str, content: bytes, said: str
) -> None:
    response = upload(client, content, name)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Batch.objects.exists()


def test_a_file_without_file_is_asked_for(client: Client) -> None:
    response = client.post("/nhap-so/", {})
    assert response.status_code == 422
    assert "Hãy chọn tệp sổ theo dõi" in text_of(response)


def test_a_file_too_large_is_refused_before_it_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kntc.registers.reading.signature.LARGEST", 1024)
    response = upload(client, plain_register(row(1)))
    assert response.status_code == 422
    assert "vượt quá" in text_of(response)


def test_a_workbook_without_header_says_what_to_do_and_can_be_put_away(client: Client) -> None:
    upload(client, book_of(["Nhiệt độ", "Độ ẩm"], [25, 80]))
    batch = the_batch()
    shown = text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert "Không tìm thấy dòng tiêu đề" in shown
    assert "Chọn tệp khác" in shown
    client.post(f"/nhap-so/{batch.pk}/bo/")
    assert "Đã bỏ" in text_of(client.get("/nhap-so/"))


def test_the_register_of_another_agency_is_refused(client: Client, country: Country) -> None:
    response = upload(client, plain_register(row(1)), co_quan=country.sister.code)
    assert response.status_code == 403
    assert not Batch.objects.exists()


def test_columns_can_be_changed_and_are_remembered(client: Client) -> None:
    header = ["Số TT", "Ngày", "Cột lạ", "Người gửi", "Phân loại"]
    content = book_of(header, [1, "05/02/2018", "Xin xem xét việc thu hồi đất ở", "Lê Văn A", "KN"])
    upload(client, content)
    batch = the_batch()
    shown = text_of(client.get(f"/nhap-so/{batch.pk}/cot/"))
    assert "Cột lạ" in shown
    assert 'name="s0-c2"' in shown
    choice = {
        "s0-on": "on",
        "s0-first": "1",
        "s0-last": "1",
        "s0-shown": "1-1",
        "s0-c2": "content",
        "s0-c3": "name",
    }
    response = client.post(f"/nhap-so/{batch.pk}/cot/", choice)
    assert response.headers["Location"] == f"/nhap-so/{batch.pk}/"
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    assert Petition.objects.get().text.content == "Xin xem xét việc thu hồi đất ở"
    assert ColumnChoice.objects.get().columns["2"] == "content"


def test_the_header_can_be_pointed_at(client: Client) -> None:
    """Where the finder took a row too few, a person says which rows are the header."""
    content = book_of(
        ["", "", "Người", "", "", ""],
        ["STT", "Ngày nhận đơn", "Họ và tên", "Địa chỉ", "Loại đơn", "Nội dung đơn"],
        [1, "05/02/2018", "Lê Văn A", "xã An Lương", "KN", "Đề nghị xem xét lại giá đất"],
    )
    upload(client, content)
    batch = the_batch()
    moved = {"s0-on": "on", "s0-first": "1", "s0-last": "2", "s0-shown": "2-2"}
    response = client.post(f"/nhap-so/{batch.pk}/cot/", moved)
    assert response.status_code == 200
    shown = text_of(response)
    assert "Người › Họ và tên" in shown
    assert 'name="s0-shown" value="1-2"' in shown
    client.post(f"/nhap-so/{batch.pk}/cot/", moved | {"s0-shown": "1-2"})
    batch.refresh_from_db()
    assert (batch.plan[0]["first"], batch.plan[0]["last"]) == (0, 1)
    assert batch.preview["created"] == 1


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({}, "Hãy chọn ít nhất một trang tính"),
        ({"s0-on": "on", "s0-c1": ""}, "chưa cột nào là “Ngày nhận đơn”"),
        ({"s0-on": "on", "s0-c3": "content"}, "đang chọn cho hai cột"),
        ({"s0-on": "on", "s0-first": "abc", "s0-last": "99999999", "s0-c1": "khong-co"}, ""),
    ],
)
def test_choices_that_cannot_be_are_said(client: Client, choice: dict[str, str], said: str) -> None:
    upload(client, plain_register(row(1)))
    response = client.post(f"/nhap-so/{the_batch().pk}/cot/", choice)
    assert response.status_code == (422 if said else 302)
    assert said in text_of(response)


def test_sheets_are_chosen(client: Client) -> None:
    upload(client, many_sheets())
    batch = the_batch()
    assert batch.preview["created"] == 12
    client.post(f"/nhap-so/{batch.pk}/cot/", {"s1-on": "on"})
    batch.refresh_from_db()
    assert batch.preview["created"] == 3


def test_writings_are_explained_once(client: Client) -> None:
    upload(client, plain_register(row(1, kind="Đơn cầu đường"), row(2, kind="Đơn cầu đường")))
    batch = the_batch()
    assert "Đơn cầu đường" in text_of(client.get(f"/nhap-so/{batch.pk}/?phan=cach-ghi"))
    client.post(f"/nhap-so/{batch.pk}/cach-ghi/", {"v0": ""})
    assert the_batch().preview["created"] == 0
    client.post(f"/nhap-so/{batch.pk}/cach-ghi/", {"v0": "proposal", "v7": "complaint"})
    batch.refresh_from_db()
    assert batch.preview["created"] == 2
    assert batch.preview["kinds"]["reflection"] == 2


def test_a_meaning_that_is_none_is_refused(client: Client) -> None:
    upload(client, plain_register(row(1, kind="Đơn cầu đường")))
    response = client.post(f"/nhap-so/{the_batch().pk}/cach-ghi/", {"v0": "khong-co"})
    assert response.status_code == 422


def test_a_likely_duplicate_is_left_out_and_taken_in_again(client: Client) -> None:
    same = {"name": "Lê Thị Hai", "content": "Khiếu nại việc thu hồi đất làm đường liên xã năm 2017"}
    upload(client, plain_register(row(1, "05/02/2018", **same), row(2, "06/02/2018", **same)))
    batch, pair = the_batch(), LikelyDuplicate.objects.get()
    assert "Bỏ qua dòng này" in text_of(client.get(f"/nhap-so/{batch.pk}/?phan=nghi-trung"))
    address = f"/nhap-so/{batch.pk}/nghi-trung/{pair.pk}/"
    assert "Nhập lại" in text_of(client.post(address, {"bo": "1"}))
    assert "Bỏ qua dòng này" in text_of(client.post(address, {"bo": "0"}))
    client.post(address, {"bo": "1"})
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    assert Petition.objects.count() == 1


def test_rows_that_are_no_petitions_are_shown(client: Client) -> None:
    upload(client, plain_register(row(1), ["Tổng cộng", "", "", 2]))
    batch = the_batch()
    assert "dòng tổng ghi 2 đơn nhưng đọc được 1 dòng đơn" in text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert "Dòng tổng" in text_of(client.get(f"/nhap-so/{batch.pk}/?phan=bo-qua"))


def test_cells_are_shown_as_text(client: Client) -> None:
    upload(client, plain_register(row(1, kind="<script>alert(1)</script>")))
    shown = text_of(client.get(f"/nhap-so/{the_batch().pk}/?phan=loi"))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_batch_of_others_does_not_exist(client: Client, country: Country) -> None:
    other = examined(country.sister, plain_register(row(1)))
    for address in ("", "cot/", "tien-do/", "dong-bi-tra-lai.xlsx"):
        assert client.get(f"/nhap-so/{other.pk}/{address}").status_code in {403, 404}
    for address in ("nhap/", "bo/", "cach-ghi/", "co-quan/"):
        assert client.post(f"/nhap-so/{other.pk}/{address}").status_code in {403, 404}
    other.refresh_from_db()
    assert other.status == Status.READY


def test_nothing_is_done_twice(client: Client) -> None:
    upload(client, plain_register(row(1)))
    batch = the_batch()
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    again = client.post(f"/nhap-so/{batch.pk}/nhap/")
    assert again.status_code == 409
    assert client.post(f"/nhap-so/{batch.pk}/bo/").status_code == 409
    assert client.post(f"/nhap-so/{batch.pk}/cot/", {"s0-on": "on"}).status_code == 409
    assert Petition.objects.count() == 1


def test_a_discarded_file_is_gone(client: Client) -> None:
    upload(client, plain_register(row(1)))
    batch = the_batch()
    client.post(f"/nhap-so/{batch.pk}/bo/")
    assert "Tệp này đã được bỏ" in text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert client.get(f"/nhap-so/{batch.pk}/cot/").status_code in {403, 404}
    assert client.get(f"/nhap-so/{batch.pk}/dong-bi-tra-lai.xlsx").status_code in {403, 404}


def test_the_pages_take_a_fixed_number_of_statements(
    client: Client, django_assert_max_num_queries: object
) -> None:
    bad = [row(n, kind="Không rõ") for n in range(1, 60)]
    upload(client, plain_register(*bad, row(60)))
    batch = the_batch()
    for address in ("/nhap-so/", f"/nhap-so/{batch.pk}/", f"/nhap-so/{batch.pk}/?phan=loi"):
        with django_assert_max_num_queries(16):  # type: ignore[operator]  # session, post and wall take seven
            client.get(address)


def test_pages_of_faults_follow_one_another(client: Client) -> None:
    upload(client, plain_register(*(row(n, kind="Không rõ") for n in range(1, 62))))
    batch = the_batch()
    first = text_of(client.get(f"/nhap-so/{batch.pk}/?phan=loi"))
    assert "Trang sau" in first
    after = batch.faults.order_by("pk")[49].pk
    second = text_of(client.get(f"/nhap-so/{batch.pk}/?phan=loi&sau={after}"))
    assert "dòng 62" in second
    assert "Về đầu danh sách" in second
    assert client.get(f"/nhap-so/{batch.pk}/?phan=khong-co&sau=x").status_code == 200


def test_older_imports_are_on_the_next_page(client: Client, country: Country) -> None:
    for n in range(22):
        Batch.objects.create(
            agency=country.commune, keeper=country.commune, uploader="x", file_name=f"so-{n}.xlsx", file_size=1,
            sha256="0" * 64, status=Status.DISCARDED,
        )  # fmt: skip
    first = text_of(client.get("/nhap-so/"))
    assert "so-21.xlsx" in first
    assert "so-1.xlsx" not in first
    last = Batch.objects.order_by("-pk")[19].pk
    assert "so-1.xlsx" in text_of(client.get(f"/nhap-so/?sau={last}"))


def test_only_who_may_import_sees_the_door(country: Country) -> None:
    from kntc.accounts.roles import Role

    leader = signed_in(make_officer(country.commune, Role.LEADER))
    assert leader.get("/nhap-so/").status_code == 403
    assert "/nhap-so/" not in text_of(leader.get("/"))


def test_large_files_go_to_a_job(client: Client, officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SMALL_FILE", 10)
    upload(client, plain_register(row(1)))
    batch = the_batch()
    assert batch.status == Status.EXAMINING
    assert batch.job_id
    shown = text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert "Đang đọc so.xlsx" in shown
    assert f'hx-get="/nhap-so/{batch.pk}/tien-do/"' in shown
    waiting = client.get(f"/nhap-so/{batch.pk}/tien-do/")
    assert "HX-Refresh" not in waiting.headers
    assert client.post(f"/nhap-so/{batch.pk}/nhap/").status_code == 409
    examine(batch, officer)
    assert client.get(f"/nhap-so/{batch.pk}/tien-do/").headers["HX-Refresh"] == "true"


def test_many_rows_go_to_a_job_that_goes_on_after_an_interruption(
    client: Client, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "FEW_ROWS", 1)
    upload(client, plain_register(row(1), row(2)))
    batch = the_batch()
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    batch.refresh_from_db()
    assert batch.status == Status.RUNNING
    assert "0 / 2 dòng" in text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert client.post(f"/nhap-so/{batch.pk}/bo/").status_code == 409
    # The job dies for good: whoever looks is told, and may go on.
    jobs.ProcrastinateJob.objects.filter(pk=batch.job_id)._raw_delete("default")  # type: ignore[attr-defined]
    shown = text_of(client.get(f"/nhap-so/{batch.pk}/"))
    assert "bị ngắt giữa chừng" in shown
    assert "Nhập tiếp" in shown
    monkeypatch.setattr(jobs, "FEW_ROWS", 1000)
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    batch.refresh_from_db()
    assert batch.status == Status.DONE
    assert Petition.objects.count() == 2


def test_a_reading_that_was_interrupted_is_done_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(client, plain_register(row(1)))
    batch = the_batch()
    Batch.objects.filter(pk=batch.pk).update(status=Status.EXAMINING)
    assert "Đọc lại tệp" in text_of(client.get(f"/nhap-so/{batch.pk}/"))
    client.post(f"/nhap-so/{batch.pk}/doc-lai/")
    batch.refresh_from_db()
    assert batch.status == Status.READY


def test_the_agency_that_the_title_names_is_offered(country: Country) -> None:
    client = signed_in(make_officer(country.province))
    content = book_of(["SỞ XÂY DỰNG"], [], HEADER, row(1))
    upload(client, content)
    batch = the_batch()
    assert "Đổi sang sổ của Sở Xây dựng" in text_of(client.get(f"/nhap-so/{batch.pk}/"))
    client.post(f"/nhap-so/{batch.pk}/co-quan/", {"co_quan": country.department.code})
    batch.refresh_from_db()
    assert batch.agency == country.department
    assert batch.status == Status.READY
    client.post(f"/nhap-so/{batch.pk}/nhap/")
    assert Petition.objects.get().agency == country.department


def test_what_the_operator_brought_in_is_seen_by_its_agency(client: Client, country: Country) -> None:
    bring_in(country.commune, plain_register(row(1)), SYSTEM)
    assert "Hệ thống" in text_of(client.get("/nhap-so/"))


def test_each_number_of_the_result_opens_its_petitions(client: Client, country: Country) -> None:
    bring_in(country.commune, plain_register(row(1, "05/02/2018"), row(2, "06/02/2019", kind="Tố cáo")))
    batch = the_batch()
    shown = text_of(client.get(f"/nhap-so/{batch.pk}/"))
    for address, count in (
        (f"/don/?dot_nhap={batch.pk}", 2),
        (f"/don/?dot_nhap={batch.pk}&kind=denunciation", 1),
        (f"/don/?dot_nhap={batch.pk}&from=01/01/2018&to=31/12/2018", 1),
        (f"/don/?dot_nhap={batch.pk}&agency=AAA-1&subtree=0", 2),
    ):
        assert f'<a href="{address.replace("&", "&amp;")}">{count}</a>' in shown
        assert client.get(address).content.decode().count("data-row") == count


def test_a_petition_voided_since_leaves_the_result(client: Client, country: Country) -> None:
    bring_in(country.commune, plain_register(row(1), row(2)))
    void_petition(petition=Petition.objects.earliest("pk"), reason="nhập nhầm", by=SYSTEM)
    shown = text_of(client.get(f"/nhap-so/{the_batch().pk}/"))
    assert "Xem các đơn vừa nhập" in shown
    assert f'/don/?dot_nhap={the_batch().pk}">1</a>' in shown


def test_a_file_that_is_gone_from_the_disk_is_asked_for_again(client: Client) -> None:
    upload(client, plain_register(row(1), row(2, kind="Không rõ")))
    batch = the_batch()
    storage.remove(batch.stored)
    answers = [
        client.get(f"/nhap-so/{batch.pk}/cot/"),
        client.get(f"/nhap-so/{batch.pk}/dong-bi-tra-lai.xlsx"),
        client.post(f"/nhap-so/{batch.pk}/nhap/"),
    ]
    for answer in answers:
        assert answer.status_code == 409
        assert "không còn trên máy chủ" in text_of(answer)
    assert Petition.objects.count() == 0
