"""Search: every word, accented or not, also its beginning; the same answer on both ways through the index."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kntc.accounts.officers import Officer
from kntc.petitions import costs, finding
from kntc.petitions.choices import Kind
from kntc.petitions.costs import Plan
from kntc.petitions.counting import tally_search
from kntc.petitions.finding import Question, find
from kntc.petitions.models import Petition, PetitionText
from kntc.petitions.paging import SORTS
from tests.factories import Country, make_index_reader, make_officer, make_petition
from tests.petitions.browsing import browser, listed, numbers, page_of, tabs


@pytest.fixture
def clerk(country: Country) -> Officer:
    return make_officer(country.commune)


@pytest.fixture
def binh(country: Country) -> Petition:
    return make_petition(
        country.commune,
        name="Nguyễn Thị Bình",
        id_number="052 075 001 234",
        phone="0905.123.456",
        summary="Đề nghị sửa chữa tuyến kênh",
        content="Kênh nội đồng xuống cấp, nước không về ruộng. Văn bản số 12E3A/UBND.",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Nguyễn Thị Bình", "nguyen thi binh", "binh nguyen", "BÌNH", "ngu bin", "bi", "052075001234", "052 075 001234",
        "052075", "0905123456", "0905 123 456", "AAA-1-2026-000001", "aaa-1", "000001", "kênh nội đồng", "KENH", "ruo",
        "12E3A", "binh kenh 052075001234",
    ],
)  # fmt: skip
def test_a_petition_is_found_by(clerk: Officer, binh: Petition, typed: str) -> None:
    make_petition(
        clerk.agency, name="Trần Văn Cảnh", summary="Khiếu nại thu hồi đất", content="", id_number=""
    )
    found = listed(clerk, f"q={typed}")
    assert binh.number in found
    assert len(found) == (2 if typed in {"aaa-1", "AAA-1"} else 1)


@pytest.mark.parametrize("typed", ["nguyen tran", "inh", "enh", "52075001234", "binh 2019", "xyz"])
def test_all_words_from_their_beginning_or_not_at_all(clerk: Officer, binh: Petition, typed: str) -> None:
    page = page_of(clerk, f"q={typed}")
    assert "Không có đơn nào phù hợp" in page
    assert "Mọi từ đang tìm phải có trong cùng một đơn" in page


# 400: no text at all (a NUL); 422: nothing in it that could be looked for.
HOSTILE = {
    "'": 422, '"': 422, "\\": 422, "z & q": 200, "!z": 200, ":*": 422, "(z": 200, "z <-> q": 200, "%": 422, "_": 422,
    "{{7*7}}": 200, "<script>alert(1)</script>": 200, "\0": 400, "\0a": 400, "😀": 422, "a" * 5000: 422,
    "binh' OR ''='": 200,
}  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_only_words(clerk: Officer, binh: Petition, typed: str) -> None:
    answer = browser(clerk).get("/don/", {"q": typed})
    page = answer.content.decode()
    assert answer.status_code == HOSTILE[typed]
    assert "<script>alert" not in page
    assert numbers(page) == []


def test_what_holds_no_letter_is_said_so(clerk: Officer, binh: Petition) -> None:
    page = page_of(clerk, "q=%3F%3F%3F", status=422)
    assert "không có chữ hay số nào" in page


def test_a_query_too_long_is_said_so(clerk: Officer) -> None:
    assert "tối đa" in page_of(clerk, f"q={'a' * 300}", status=422).lower()


def test_a_denouncer_is_not_found_by_name_or_number(clerk: Officer) -> None:
    sealed = make_petition(
        clerk.agency,
        kind=Kind.DENUNCIATION,
        name="Siu Hbia",
        id_number="052075001234",
        summary="Tố cáo cán bộ",
    )
    assert listed(clerk, "q=hbia") == []
    assert listed(clerk, "q=052075001234") == []
    assert listed(clerk, "q=to cao can bo") == [sealed.number]
    assert "Người tố cáo (giữ bí mật)" in page_of(clerk, "q=can bo")


def test_who_may_not_read_content_finds_numbers_only__R57(
    country: Country, binh: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = make_index_reader(country.commune, monkeypatch)
    assert listed(admin, "q=binh") == []
    assert listed(admin, f"q={binh.number.lower()}") == [binh.number]
    page = page_of(admin)
    assert "(không có quyền xem)" in page
    assert "Bình" not in page
    assert "kênh" not in page
    assert "sort=name" not in page


def test_another_agency_s_petition_is_not_found(country: Country, binh: Petition) -> None:
    assert listed(make_officer(country.sister), "q=binh") == []
    assert listed(make_officer(country.elsewhere), "q=052075001234") == []
    assert listed(make_officer(country.province), "q=binh") == [binh.number]


WORDS = ("dat", "dai", "kenh", "muong", "nguyen", "ngu")


@pytest.fixture
def register(country: Country) -> list[Petition]:
    """Petitions whose words are known: each holds some of WORDS."""
    made = []
    for at, flags in enumerate(product((0, 1), repeat=4)):
        words = [word for word, flag in zip(WORDS, flags, strict=False) if flag]
        made.append(
            make_petition(
                country.commune,
                name="Ê",
                address="",
                received_on=date(2026, 3, 1) + timedelta(at % 5),
                summary=" ".join(["thư", *words]),
                content="",
                parties=[],
                anonymous=True,
                kind=Kind.REFLECTION if at % 3 else Kind.COMPLAINT,
            )
        )
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from([*WORDS, "d", "k", "thu", "muon", "zzz"]), min_size=1, max_size=3, unique=True
    ),
    candidates=st.integers(1, 20),
    limit=st.integers(1, 20),
    sort=st.sampled_from(list(SORTS.values())),
    kind=st.sampled_from([Q(), Q(kind=Kind.COMPLAINT)]),
    start=st.none() | st.integers(0, 15),
    backwards=st.booleans(),
    stretch=st.integers(0, 20),
)
def test_both_ways_through_the_index_agree_with_reading_every_petition(
    register: list[Petition], words: list[str], candidates: int, limit: int, sort: object, kind: Q,
    start: int | None, backwards: bool, stretch: int,
) -> None:  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "CANDIDATES", candidates)
        patch.setattr(finding, "SAMPLE", 4)
        patch.setattr(costs, "plan", lambda words, *_: Plan(stretch, list(words[: 1 + stretch % 3])))
        place = sort.place(Petition.objects.get(pk=register[start].pk)) if start is not None else None
        asked = Question(
            Petition.objects.live(), words, kind, sort, limit, place, backwards and place is not None
        )
        found = find(asked)
    texts = dict(PetitionText.objects.values_list("petition_id", "summary"))

    def holds(petition: Petition) -> bool:
        own = texts[petition.pk].replace("thư", "thu").split()
        return all(any(part.startswith(word) for part in own) for word in words)

    rows = Petition.objects.filter(asked.wanted).order_by(*sort.order(backwards=asked.backwards))
    expected = [petition.pk for petition in rows if holds(petition)]
    assert sorted(found.keys) == sorted(expected[:limit])
    if found.kinds is not None:
        hits = [petition for petition in Petition.objects.all() if holds(petition)]
        assert found.kinds.total() == len(hits)
        assert found.kinds[Kind.COMPLAINT, ""] == sum(p.kind == Kind.COMPLAINT for p in hits)


def test_counts_that_come_later_are_those_of_the_list(
    clerk: Officer, register: list[Petition], monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = tally_search(Petition.objects.live(), ["dat"])
    assert (str(exact.of()), exact.more) == ("8", False)
    monkeypatch.setattr(finding, "CANDIDATES", 3)
    monkeypatch.setattr("kntc.petitions.listing.PAGE", 1)
    page = page_of(clerk, "q=thu")
    assert "Đang đếm…" in page
    assert 'hx-get="/don/dem/?q=thu"' in page
    assert set(tabs(page).values()) == {""}
    later = page_of(clerk, "q=thu", path="/don/dem/")
    assert tabs(later)["Tất cả"] == "16"
    assert "16 đơn" in later


def test_a_word_that_many_hold_is_counted_as_so_many_or_more(
    register: list[Petition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kntc.petitions.counting.DENSE", 3)
    monkeypatch.setattr("kntc.petitions.counting.SEARCHED", 10)
    monkeypatch.setattr(finding, "CANDIDATES", 3)
    counted = tally_search(Petition.objects.live(), ["thu"])
    assert (str(counted.of()), counted.more) == ("10+", True)
