"""40,000 accounts in 8,000 agencies, made in sets: how many there are is what is measured, not who they are."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from kntc.accounts.models import Account, Post
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.agencies.tree import renumber

AGENCIES, ACCOUNTS = 8_000, 40_000
ADMIN = "bench.quantri"

# Offices below those agencies that have none, so that the tree is as wide and as deep as the country's.
_AGENCIES = """
INSERT INTO agencies_agency (code, name, short_name, kind, level, parent_id, uses_system, is_vertical, status,
                             name_fold, sort_key, changed_at, address, phone)
SELECT 'BENCH-' || n, 'Đơn vị đo ' || n, 'Đơn vị đo ' || n, 'division', 'department', parent.id, true, false, 'active',
       'don vi do ' || n, 'don vi do ' || n, now(), '', ''
FROM generate_series(1, %s) AS n
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS places FROM agencies_agency
      WHERE uses_system AND valid_to IS NULL AND code NOT LIKE 'BENCH-%%') AS parent
  ON parent.place = n %% parent.places + 1
"""
# Of ten accounts one has never come, one is locked, two have been away for long; of a hundred one has retired.
_ACCOUNTS = """
INSERT INTO accounts_account (login, full_name, name_fold, sort_key, email, phone, password, is_active,
                              must_change_password, created_at, last_login, retired_at)
SELECT 'bench.' || n, 'Nguyễn Văn Đo ' || n, 'nguyen van do ' || n, 'do ' || lpad(n::text, 6, '0'), '', '', '!',
       n %% 10 <> 1 AND n %% 100 <> 2, false, now(),
       CASE WHEN n %% 10 = 0 THEN NULL ELSE now() - (n %% 10) * (n %% 13) * interval '1 day' END,
       CASE WHEN n %% 100 = 2 THEN now() END
FROM generate_series(1, %s) AS n
"""
# Five in each agency, the first its administrator, the second its leader; of fifty one works in the next agency too.
_POSTS = """
WITH place AS (
  SELECT id, row_number() OVER (ORDER BY lft) - 1 AS place, count(*) OVER () AS places FROM agencies_agency
  WHERE uses_system AND lft IS NOT NULL AND (valid_to IS NULL OR valid_to >= current_date)
), person AS (SELECT id, substr(login, 7)::int AS n FROM accounts_account WHERE login ~ '^bench\\.[0-9]+$')
INSERT INTO accounts_post (account_id, agency_id, title, role, valid_from)
SELECT person.id, place.id, 'Công chức',
       CASE (n / places) %% 5 WHEN 0 THEN 'unit_admin' WHEN 1 THEN 'leader' ELSE 'officer' END, %s
FROM person JOIN place ON place.place = n %% places
UNION ALL
SELECT person.id, place.id, 'Kiêm nhiệm', 'officer', %s
FROM person JOIN place ON place.place = (n + 1) %% places WHERE n %% 50 = 0
"""


@transaction.atomic
def provide() -> None:
    """Once a home; what is there stays."""
    missing = AGENCIES - Agency.objects.users().count()
    with connection.cursor() as cursor:
        if missing > 0:
            cursor.execute(_AGENCIES, [missing])
            renumber()
        if not Account.objects.filter(login="bench.1").exists():
            began = timezone.localdate() - timedelta(400)
            cursor.execute(_ACCOUNTS, [ACCOUNTS])
            cursor.execute(_POSTS, [began, began])
            cursor.execute("ANALYZE accounts_account, accounts_post, agencies_agency")
    _administrator()


def _administrator() -> None:
    """Who keeps accounts of the whole country."""
    account, made = Account.objects.get_or_create(
        login=ADMIN, defaults={"full_name": "Quản Trị Đo", "password": "!"}
    )
    if made:
        root = Agency.objects.get(code="TTCP")
        Post.objects.create(account=account, agency=root, role=Role.UNIT_ADMIN, title="Quản trị")
    # An administrator of long standing would be asked for a second factor before any page.
    account.posts.update(valid_from=timezone.localdate())
