"""Administration of 40,000 accounts in 8,000 agencies: the census, the list of people, the directory while typing."""

from collections.abc import Iterable

from django.urls import reverse

from kntc.accounts.models import Account
from kntc.agencies.models import Agency
from kntc.ops.bench.measure import Case, Work
from kntc.ops.bench.people import PROVINCE, by_hand, get
from kntc.ops.bench.staff import ADMIN, provide
from kntc.ops.database import is_embedded

# Every figure of the census by agency, with accounts counted once in each.
COUNTED = (
    "SELECT p.agency_id, count(DISTINCT a.id), count(DISTINCT a.id) FILTER (WHERE p.role = 'unit_admin'),"
    " count(DISTINCT a.id) FILTER (WHERE a.is_active AND a.last_login >= now() - interval '30 days'),"
    " count(DISTINCT a.id) FILTER (WHERE a.is_active AND a.last_login < now() - interval '30 days'),"
    " count(DISTINCT a.id) FILTER (WHERE a.is_active AND a.last_login < now() - interval '60 days'),"
    " count(DISTINCT a.id) FILTER (WHERE a.is_active AND a.last_login < now() - interval '90 days'),"
    " count(DISTINCT a.id) FILTER (WHERE a.is_active AND a.last_login IS NULL),"
    " count(DISTINCT a.id) FILTER (WHERE NOT a.is_active AND a.retired_at IS NULL),"
    " count(DISTINCT a.id) FILTER (WHERE a.retired_at IS NOT NULL)"
    " FROM accounts_post p JOIN accounts_account a ON a.id = p.account_id JOIN agencies_agency g ON g.id = p.agency_id"
    " WHERE (p.valid_to IS NULL OR p.valid_to >= current_date) AND g.lft BETWEEN %s AND %s GROUP BY 1"
)
LISTED = (
    "SELECT a.id, a.full_name, a.login FROM accounts_account a WHERE a.retired_at IS NULL AND EXISTS"
    " (SELECT 1 FROM accounts_post p WHERE p.account_id = a.id) ORDER BY a.sort_key, a.id LIMIT 51"
)
TYPED = (
    "so tai",
    "UBND xa",
    "toa an",
    "thanh tra",
    "ban giai",
    "benh vien",
    "truong th",
    "cong an",
    "vien kiem",
    "so y",
)


def cases() -> Iterable[Case]:
    if is_embedded():
        provide()
    if not Account.objects.filter(login=ADMIN).exists():
        return  # somebody's own database: it gets no made-up accounts
    for name, code, limit in (("cả nước", "TTCP", 300.0), ("một tỉnh", "GLA", None)):
        agency = Agency.objects.get(code=code)
        yield Case(
            f"Thống kê tài khoản, {name}",
            _census(agency),
            lambda _turn, agency=agency: by_hand(ADMIN, COUNTED, [agency.lft, agency.rgt]),  # type: ignore[misc]
            rounds=12,
            limit=limit,
        )
    people = reverse("accounts:people")
    yield Case(
        "Danh sách người dùng, cả nước",
        lambda _turn: get(ADMIN, people),
        lambda _turn: by_hand(ADMIN, LISTED),
    )
    bodies = reverse("agencies:find-bodies")
    yield Case(
        "Gõ tìm cơ quan trong danh mục",
        lambda turn: get(PROVINCE, bodies, q=TYPED[turn % len(TYPED)]),
        limit=30.0,
    )


def _census(agency: Agency) -> Work:
    address, key = reverse("accounts:census"), str(agency.pk)
    return lambda _turn: get(ADMIN, address, **{"co-quan": key})
