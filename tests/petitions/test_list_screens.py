"""The list's screens: who sees what, counts by kind, columns, saved views, and how many questions a page asks."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.audit.walls import acting_as
from kntc.petitions import counting, listing
from kntc.petitions.actions import void_petition
from kntc.petitions.choices import Kind, ReflectionKind
from kntc.petitions.listing import Listing
from kntc.petitions.models import PetitionQuerySet, SavedView
from tests.factories import Country, handle, make_agency, make_officer, make_petition
from tests.petitions.browsing import browser, listed, numbers, page_of, tabs


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


def test_a_row_says_what_a_clerk_needs(clerk: Officer) -> None:
    petition = make_petition(clerk.agency, signatories=3, backfilled=True)
    page = page_of(clerk)
    for text in (
        petition.number,
        f'href="/don/{petition.pk}/"',
        "Trần Văn Bình và 2 người khác",
        "Khiếu nại quyết định thu hồi đất",
        "Khiếu nại</span>",
        "10/03/2026",
        "nhập bổ sung",
        "Bưu chính",
        "xã An Lương",
        "Chưa xử lý",
        "Quá hạn",
        "Mới tiếp nhận",
    ):
        assert text in page


def test_an_accepted_petition_shows_the_clock_of_its_settlement(clerk: Officer) -> None:
    petition = handle(make_petition(clerk.agency), "accept", date(2026, 3, 12))
    case = petition.cases.get()
    case.due_on = timezone.localdate() + timedelta(days=2)
    case.save()
    assert "Còn 2 ngày" in page_of(clerk)
    case.status, case.settled_on = "settled", case.due_on + timedelta(days=1)
    case.save()
    assert "Xong, trễ 1 ngày" in page_of(clerk)


def test_counts_by_kind_and_each_opens_its_list__R20(clerk: Officer) -> None:
    kinds = [
        (Kind.COMPLAINT, "", 4),
        (Kind.DENUNCIATION, "", 1),
        (Kind.REFLECTION, ReflectionKind.PROPOSAL, 2),
        (Kind.REFLECTION, ReflectionKind.FEEDBACK, 1),
        (Kind.REFLECTION, "", 3),
    ]
    for kind, part, count in kinds:
        for _ in range(count):
            make_petition(clerk.agency, kind=kind, reflection_kind=part)
    expected = {
        "Tất cả": ("", "11"),
        "Khiếu nại": ("kind=complaint", "4"),
        "Tố cáo": ("kind=denunciation", "1"),
        "Kiến nghị, phản ánh": ("kind=reflection", "6"),
        "Kiến nghị": ("kind=reflection&reflection_kind=proposal", "2"),
        "Phản ánh": ("kind=reflection&reflection_kind=feedback", "1"),
        "Chưa tách": ("kind=reflection&reflection_kind=none", "3"),
    }
    for query, count in expected.values():
        page = page_of(clerk, query)
        assert tabs(page) == {label: number for label, (_, number) in expected.items()}
        assert len(numbers(page)) == int(count)
        assert f"{count} đơn</p>" in page
        assert f'href="?{query.replace("&", "&amp;")}"' in page


def test_counts_stop_at_a_cap(clerk: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", 2)
    monkeypatch.setattr(counting, "ENOUGH", 5)
    for kind in [Kind.COMPLAINT] * 5 + [Kind.DENUNCIATION] * 2 + [Kind.REFLECTION]:
        make_petition(clerk.agency, kind=kind)
    shown = tabs(page_of(clerk))
    assert shown["Tất cả"] == shown["Khiếu nại"] == "2+"
    assert (shown["Tố cáo"], shown["Kiến nghị, phản ánh"], shown["Kiến nghị"]) == ("2", "1", "0")


def test_counts_that_would_keep_a_reader_waiting_come_later(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = make_officer(country.province)
    make_petition(country.commune)
    monkeypatch.setattr(counting, "_SMALL", "false")
    assert tabs(page_of(chief))["Tất cả"] == "1"
    page = page_of(chief, "state=received")
    assert tabs(page)["Tất cả"] == ""
    assert 'hx-get="/don/dem/?state=received"' in page
    assert tabs(page_of(chief, "state=received", path="/don/dem/"))["Tất cả"] == "1"
    assert tabs(page_of(make_officer(country.commune), "state=received"))["Tất cả"] == "1"


def test_pages_lead_on_and_back_through_the_links(clerk: Officer) -> None:
    made = [make_petition(clerk.agency).number for _ in range(45)]
    first = page_of(clerk)
    assert "Trang sau" in first
    assert 'rel="prev"' not in first
    seen, page = numbers(first), first
    while 'rel="next"' in page:
        query = page.split('rel="next" href="?')[1].split('"')[0].replace("&amp;", "&")
        page = page_of(clerk, query)
        seen += numbers(page)
    assert seen == made[::-1]
    query = page.split('rel="prev" href="?')[1].split('"')[0].replace("&amp;", "&")
    assert listed(clerk, query) == made[::-1][20:40]


def test_a_page_whose_rows_are_gone_begins_anew(clerk: Officer) -> None:
    petition = make_petition(clerk.agency)
    assert listed(clerk, "after=2020-01-01~1") == [petition.number]


def test_names_stand_in_vietnamese_order(clerk: Officer) -> None:
    names = ["Lê Ân", "Lê An", "Trần Đạt", "Lê Dũng", "Bùi Ánh", "Lê Ẩn"]
    made = {make_petition(clerk.agency, name=name).number: name for name in names}
    ordered = ["Lê An", "Bùi Ánh", "Lê Ân", "Lê Ẩn", "Lê Dũng", "Trần Đạt"]
    assert [made[number] for number in listed(clerk, "sort=name")] == ordered
    assert [made[number] for number in listed(clerk, "sort=-name")] == ordered[::-1]
    assert [made[number] for number in listed(clerk, "sort=name&q=le")] == [n for n in ordered if "Lê" in n]


def test_pages_by_name(clerk: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    made = {make_petition(clerk.agency, name=name).number: name for name in ("Ba", "An", "Em", "Cu", "Do")}
    pages, page = [], page_of(clerk, "sort=name")
    pages.append([made[number] for number in numbers(page)])
    while 'rel="next"' in page:
        page = page_of(clerk, page.split('rel="next" href="?')[1].split('"')[0].replace("&amp;", "&"))
        pages.append([made[number] for number in numbers(page)])
    assert pages == [["An", "Ba"], ["Cu", "Do"], ["Em"]]
    back = page_of(clerk, page.split('rel="prev" href="?')[1].split('"')[0].replace("&amp;", "&"))
    assert [made[number] for number in numbers(back)] == ["Cu", "Do"]
    assert "An" not in back.split("rel=")[0].split("after")[-1]


def test_a_long_list_is_not_sorted_by_name_and_says_so(
    clerk: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "CAP", 2)
    for name in ("Ba", "An", "Cu"):
        make_petition(clerk.agency, name=name)
    page = page_of(clerk, "sort=name")
    assert "Chỉ sắp được theo tên khi danh sách không quá" in page
    assert len(numbers(page)) == 3


def test_columns_stand_in_the_address(clerk: Officer, country: Country) -> None:
    handle(make_petition(clerk.agency), "transfer", date(2026, 3, 12), destination_id=country.court.pk)
    page = page_of(clerk, "columns=destination,matter&sort=number")
    assert "Tòa án nhân dân tỉnh A" in page
    assert "VV-26-" in page
    assert "Tình trạng</th>" not in page
    assert "columns=destination%2Cmatter" in page
    several = page_of(clerk, "columns=destination&columns=field")
    assert "Lĩnh vực</th>" in several
    assert "Chưa phân loại" in several
    assert "Tình trạng</th>" in page_of(clerk, "columns=nothing-of-the-kind")
    panel = page_of(clerk, "columns=destination&kind=complaint", path="/don/cot/")
    assert '<input type="hidden" name="kind" value="complaint">' in panel
    assert panel.count(" checked") == 2


def test_a_list_is_kept_under_a_name_by_its_owner(clerk: Officer, country: Country) -> None:
    client = browser(clerk)
    query = "kind=complaint&sort=due&columns=number,deadline&after=2026-01-01~4"
    client.post("/don/da-luu/luu/", {"name": "  Khiếu nại  gần hạn ", "query": query})
    view = SavedView.objects.get()
    assert (view.name, view.query) == (
        "Khiếu nại gần hạn",
        "kind=complaint&sort=due&columns=number%2Cdeadline",
    )
    assert "Khiếu nại gần hạn" in page_of(clerk, path="/don/da-luu/")
    other = make_officer(country.commune)
    assert "Khiếu nại gần hạn" not in page_of(other, path="/don/da-luu/")
    assert browser(other).post(f"/don/da-luu/{view.pk}/bo/").status_code in {403, 404}
    client.post(f"/don/da-luu/{view.pk}/bo/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "message"),
    [("  ", "kind=complaint", "Hãy đặt tên"), ("Dài", f"q={'a' * 2500}", "quá nhiều điều kiện")],
)
def test_a_view_that_cannot_be_kept(clerk: Officer, name: str, query: str, message: str) -> None:
    answer = browser(clerk).post("/don/da-luu/luu/", {"name": name, "query": query}, follow=True)
    assert message in answer.content.decode()
    assert not SavedView.objects.exists()


def test_only_the_own_subtree_is_listed_and_counted(country: Country) -> None:
    made = {
        agency: make_petition(agency).number
        for agency in (country.commune, country.sister, country.far_commune)
    }
    seen = {
        country.commune: {made[country.commune]},
        country.province: {made[country.commune], made[country.sister]},
        country.elsewhere: {made[country.far_commune]},
        country.root: set(made.values()),
    }
    for agency, expected in seen.items():
        officer = make_officer(agency)
        page = page_of(officer)
        assert set(numbers(page)) == expected
        assert tabs(page)["Tất cả"] == str(len(expected))
    analyst = make_officer(country.root, Role.NATIONAL_ANALYST)
    assert set(listed(analyst)) == set(made.values())


def test_the_database_alone_refuses_what_the_rule_refuses(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_petition(country.far_commune)
    own = make_petition(country.commune)
    monkeypatch.setattr(PetitionQuerySet, "visible_to", lambda self, actor: self)
    officer = make_officer(country.commune)
    for query in ("", "q=tran", "q=052075001234", "sort=name", "q=tran&sort=name", "repeat=1"):
        assert set(listed(officer, query)) <= {own.number}
        assert tabs(page_of(officer, query))["Tất cả"] in {"", "0", "1"}
    assert listed(officer) == [own.number]


def test_a_voided_petition_is_in_no_list_and_no_count__R31(country: Country, clerk: Officer) -> None:
    kept, gone = make_petition(country.commune), make_petition(country.commune)
    void_petition(petition=gone, reason="nhập trùng", by=clerk)
    chief = make_officer(country.province)
    for officer in (clerk, chief):
        for query in (
            "",
            "q=tran",
            f"q={gone.number}",
            "sort=due",
            "sort=number",
            "sort=name",
            "kind=complaint",
        ):
            page = page_of(officer, query)
            assert gone.number not in numbers(page)
            assert int(tabs(page)["Tất cả"]) == len(numbers(page)) <= 1
    assert listed(clerk) == [kept.number]


def test_htmx_gets_the_list_alone_and_its_address(clerk: Officer) -> None:
    make_petition(clerk.agency)
    answer = browser(clerk).get(
        "/don/", {"q": " Trần ", "kind": "", "after": "x"}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert answer["HX-Replace-Url"] == "/don/?q=Tr%E1%BA%A7n"
    assert "<html" not in page
    assert "<mark>Trần</mark> Văn Bình" in page
    assert 'hx-swap-oob="true"' in page


def test_empty_lists_say_what_to_do(clerk: Officer, country: Country) -> None:
    assert "Tiếp nhận đơn đầu tiên" in page_of(clerk)
    assert "Thử bỏ bớt bộ lọc" in page_of(clerk, "state=settled")
    assert "Khi các cơ quan bạn theo dõi tiếp nhận đơn" in page_of(
        make_officer(country.root, Role.NATIONAL_ANALYST)
    )


def test_agencies_to_choose_from_are_those_overseen_and_closed_ones(country: Country) -> None:
    closed = make_agency(
        "CCC", country.root, name="Ủy ban nhân dân xã An Lương cũ", valid_to=date(2025, 6, 30)
    )
    make_agency("BBB-2", country.elsewhere, name="Ủy ban nhân dân xã An Lương B")
    page = page_of(make_officer(country.province), "q=an luong", path="/don/co-quan/")
    assert f'data-value="{country.commune.code}"' in page
    assert f'data-value="{closed.code}"' in page
    assert 'data-value="BBB-2"' not in page
    assert "Không có cơ quan nào như vậy" in page_of(
        make_officer(country.commune), "q=zzz", path="/don/co-quan/"
    )


def test_a_commune_has_no_agency_to_choose(country: Country) -> None:
    assert "Cơ quan tiếp nhận" not in page_of(make_officer(country.commune), path="/don/bo-loc/")
    assert "Cơ quan tiếp nhận" in page_of(make_officer(country.province), path="/don/bo-loc/")


QUERIES = (
    "", "q=tran", "q=tran binh zzz", "q=052075001234", "agency=AAA-1&from=01/01/2026", "sort=due", "sort=name",
    "late=overdue&basis=accepted&from=01/01/2026", "kind=complaint&q=tran", "after=2026-03-10~9999999",
    "columns=number,petitioner,agency,source_body,destination,matter,field&q=tran&agency=AAA",
    "sort=name&q=tran", "repeat=1&backfilled=0&state=received&own=1",
)  # fmt: skip
# The test's own transaction makes both of a request's a savepoint (the account's and the officer's): two statements
# more to open each (its settings are read and put back) and one more to close it than a server needs.
NESTED = 6


@pytest.mark.parametrize("query", QUERIES)
def test_a_page_asks_at_most_twelve_questions(country: Country, query: str) -> None:
    chief = make_officer(country.province)
    counts = []
    for more in (3, 30):
        for _ in range(more):
            make_petition(country.commune)
        client = browser(chief)
        client.get("/don/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/don/?{query}")
        counts.append(len(asked))
    assert max(counts) - NESTED <= 12
    # The second page of 30 has a place to come from and a place to go to, but not a question more.
    assert counts[1] <= counts[0] + 1


def test_each_row_of_an_export_and_a_page_is_what_both_walls_let_through(country: Country) -> None:
    petition = make_petition(country.far_commune)
    officer = make_officer(country.commune)
    with acting_as(officer):
        shown = Listing(officer, QueryDict(""))
        assert list(shown.rows([petition.pk])) == []


def test_a_role_without_the_right_is_refused(country: Country) -> None:
    admin = make_officer(country.commune, Role.UNIT_ADMIN)
    assert browser(admin).get("/don/ket-xuat/").status_code == 403
