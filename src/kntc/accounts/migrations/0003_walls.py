"""The walls of the account tables.

Names and posts of officials stand on papers: they may be read everywhere. Who may write them is another matter:
oneself, or who keeps accounts where that person works. Messages, seats and activation codes are one's own.
"""

from django.db import migrations

from kntc.audit.walls import MANAGES, SYSTEM, EnableOwnWall, in_scope, own

# The connection's own time zone is UTC.
TODAY = "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
# Posts that count for "where this person works": today's, or, when there is none left, the former ones.
WORKS_IN_SCOPE = f"""{{column}} IN (
  SELECT p.account_id FROM accounts_post p
  WHERE {in_scope("p.agency_id")} AND (
    p.valid_to IS NULL OR p.valid_to >= {TODAY} OR NOT EXISTS (
      SELECT 1 FROM accounts_post q
      WHERE q.account_id = p.account_id AND (q.valid_to IS NULL OR q.valid_to >= {TODAY}))))"""
# An account is made before its first post, and deleted after its last.
HOLDS_NO_POST = "NOT EXISTS (SELECT 1 FROM accounts_post n WHERE n.account_id = {column})"


def kept(column: str) -> str:
    """An administrator of where this person works, or the system itself."""
    works, idle = WORKS_IN_SCOPE.format(column=column), HOLDS_NO_POST.format(column=column)
    return f"({SYSTEM} OR ({MANAGES} AND ({works} OR {idle})))"


def private(table: str, column: str = "account_id") -> EnableOwnWall:
    """One's own and one's administrator's, to read and to write."""
    rule = f"{own(f'{table}.{column}')} OR {kept(f'{table}.{column}')}"
    return EnableOwnWall(table, read=rule, create=rule, change=rule)


NATIONAL = """(
  (SELECT current_setting('kntc.scope', true)) = 'all'
  OR EXISTS (SELECT 1 FROM agencies_agency WHERE level = 'central'
             AND lft = (SELECT NULLIF(current_setting('kntc.lft', true), '')::int)))"""
POST_KEPT = f"({SYSTEM} OR ({MANAGES} AND {in_scope('agency_id')}))"
SENT_BY_ME = f"sender_id IN (SELECT id FROM accounts_post WHERE {own('account_id')})"
TO_ME = own("recipient_id")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_administration")]

    operations = [
        EnableOwnWall(
            "accounts_account",
            read="true",
            create=f"{SYSTEM} OR {MANAGES}",
            change=f"{own('accounts_account.id')} OR {kept('accounts_account.id')}",
        ),
        EnableOwnWall("accounts_post", read="true", create=POST_KEPT, change=POST_KEPT),
        EnableOwnWall(
            "accounts_former_login",
            read="true",
            create=kept("accounts_former_login.account_id"),
            change=kept("accounts_former_login.account_id"),
        ),
        private("accounts_activation_code"),
        private("accounts_seat"),
        EnableOwnWall(
            "accounts_message",
            read=f"{SYSTEM} OR {TO_ME} OR {SENT_BY_ME}",
            create=f"{SYSTEM} OR {SENT_BY_ME}",
            change=f"{SYSTEM} OR {TO_ME}",
        ),
        EnableOwnWall(
            "accounts_delegation",
            read="true",
            create=f"{MANAGES} AND {NATIONAL}",
            change=f"{MANAGES} AND {NATIONAL}",
        ),
    ]
