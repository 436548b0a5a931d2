"""The list of petitions: newest, searched, filtered; one petition."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kntc.agencies.models import Agency
from kntc.ops.bench.measure import Case, Work
from kntc.ops.bench.people import COMMUNE, NATION, PROVINCE, by_hand, get
from kntc.petitions import search
from kntc.petitions.models import Party, Petition

LISTED = (
    "SELECT p.id, p.number, p.kind, p.received_on, p.due_on, p.state, t.petitioner_line, t.summary"
    " FROM petitions_petition p JOIN petitions_text t ON t.petition_id = p.id WHERE p.voided_at IS NULL"
)
FIRST_PAGE = " ORDER BY p.received_on DESC, p.id DESC LIMIT 21"
FOUND = " AND t.search @@ to_tsquery('simple', %s)"
IN_TREE = " AND p.agency_id IN (SELECT id FROM agencies_agency WHERE lft BETWEEN %s AND %s)"
IN_PERIOD = " AND p.received_on BETWEEN %s AND %s"
ONE = (
    "SELECT p.*, t.*, a.name FROM petitions_petition p JOIN petitions_text t ON t.petition_id = p.id"
    " JOIN agencies_agency a ON a.id = p.agency_id LEFT JOIN petitions_party y ON y.petition_id = p.id WHERE p.id = %s"
)
WORDS = (
    "boi thuong", "thu hoi dat", "giay chung nhan", "tranh chap", "ô nhiễm", "hoc phi", "lương hưu", "nguyen van",
    "trần thị", "duong hu hong", "khong giai quyet", "can bo xa", "dền bù", "nha o xa hoi", "siu", "tai dinh cu",
)  # fmt: skip


def cases() -> Iterable[Case]:
    limit = 60.0 if Petition.objects.count() < 500_000 else 100.0
    names, keys = _names(), _keys()
    for who, login in (("xã", COMMUNE), ("tỉnh", PROVINCE), ("cả nước", NATION)):
        yield Case(
            f"20 đơn mới nhất, {who}", _page(login, [{}]), _hand(login, LISTED + FIRST_PAGE), limit=limit
        )
        words = [{"q": word} for word in WORDS]
        queries = [[search.query(search.words(word))] for word in WORDS]
        yield Case(f"Tìm không dấu, {who}", _page(login, words), _hand(login, _found(), queries), limit=limit)
    queries = [[search.query(search.words(name))] for name in names]
    named = [{"q": name} for name in names]
    yield Case(
        "Tìm đúng họ tên, cả nước", _page(NATION, named), _hand(NATION, _found(), queries), limit=limit
    )
    numbers = [{"q": number} for number in _id_numbers()]
    yield Case("Tìm số CCCD, cả nước", _page(NATION, numbers), limit=limit)
    narrowed = [asked | {"kind": "complaint", "handling": "transfer"} for asked in named]
    yield Case("Tìm họ tên trong danh sách đã lọc, tỉnh", _page(PROVINCE, narrowed), limit=limit)
    yield Case("Đơn quá hạn, tỉnh", _page(PROVINCE, [{"late": "overdue"}]), limit=limit)
    for who, login, code in (("tỉnh", PROVINCE, "GLA"), ("cả nước", NATION, "HNO")):
        asked, values = zip(*(_filter(code, turn) for turn in range(12)), strict=True)
        hand = _hand(login, LISTED + IN_TREE + IN_PERIOD + FIRST_PAGE, values)
        yield Case(f"Lọc cơ quan và kỳ, {who}", _page(login, asked), hand, limit=limit)
    yield Case(
        "Một đơn", lambda turn: get(PROVINCE, _detail(keys, turn)), _hand(PROVINCE, ONE, keys), limit=limit
    )


def _page(login: str, asked: Sequence[dict[str, str]]) -> Work:
    address = reverse("petitions:list")
    return lambda turn: get(login, address, **asked[turn % len(asked)])


def _hand(login: str, query: str, values: Sequence[Sequence[Any]] = ((),)) -> Work:
    return lambda turn: by_hand(login, query, values[turn % len(values)])


def _found() -> str:
    return LISTED + FOUND + FIRST_PAGE


def _names() -> list[str]:
    """People who wrote, without the marks of their names."""
    return list(
        Party.objects.exclude(name_key="").order_by("pk").values_list("name_key", flat=True)[:4000:200]
    )


def _id_numbers() -> list[str]:
    found = Party.objects.exclude(id_number="").order_by("pk").values_list("id_number", flat=True)
    return list(found[:4000:200])


def _keys() -> list[list[int]]:
    petitions = Petition.objects.live().filter(keeper__parent__code="GLA").order_by("-received_on", "-pk")
    return [[key] for key in petitions.values_list("pk", flat=True)[:400:10]]


def _detail(keys: Sequence[Sequence[int]], turn: int) -> str:
    return reverse("petitions:detail", args=keys[turn % len(keys)])


def _filter(code: str, turn: int) -> tuple[dict[str, str], list[Any]]:
    """A quarter of a year, each time another."""
    agency = Agency.objects.get(code=code)
    end: date = timezone.localdate() - timedelta(20 * turn)
    start = end - timedelta(90)
    asked = {"agency": code, "from": f"{start:%d/%m/%Y}", "to": f"{end:%d/%m/%Y}"}
    return asked, [agency.lft, agency.rgt, start, end]
