"""The second wall: PostgreSQL row-level security, saying the same as each queryset's `visible_to`.

A request (or job) runs in one transaction as the role `kntc_app`, which owns nothing, with the actor's scope in
settings local to that transaction. Without them a walled table shows no row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations import RunSQL

from kntc.audit.actors import Actor
from kntc.audit.rights import Right

APP_ROLE = "kntc_app"

# The inner SELECTs make each setting one value a statement instead of one look-up a row.
_IN_SCOPE = """(
  (SELECT current_setting('kntc.scope', true)) = 'all'
  OR {column} IN (
    SELECT id FROM agencies_agency
    WHERE lft BETWEEN (SELECT NULLIF(current_setting('kntc.lft', true), '')::int)
                  AND (SELECT NULLIF(current_setting('kntc.rgt', true), '')::int))
)"""
_IN_WALLED = "{column} IN (SELECT id FROM {walled})"
_MAY_READ_CONTENT = "(SELECT current_setting('kntc.content', true)) = 'on'"

# What the walls of the account tables are built of (EnableOwnWall).
MANAGES = "COALESCE((SELECT current_setting('kntc.manages', true)), '') = 'on'"
# Nobody's request, but the system at its own work: a job, or the front door before it knows who is there.
SYSTEM = """(
  COALESCE((SELECT current_setting('kntc.scope', true)), '') = 'all'
  AND COALESCE((SELECT current_setting('kntc.account', true)), '') = ''
)"""


def in_scope(*columns: str) -> str:
    """SQL: one of these agency columns lies in the actor's scope."""
    return "(" + " OR ".join(_IN_SCOPE.format(column=column) for column in columns) + ")"


def own(column: str) -> str:
    """SQL: this account column names the actor's own account."""
    return f"{column} = (SELECT NULLIF(current_setting('kntc.account', true), '')::bigint)"


class EnableWall(RunSQL):
    """Migration operation: row-level security on `table` by the agency columns named.

    `content`: the rows also need the right to read content (a system administrator has none, R57).
    """

    def __init__(self, table: str, *columns: str, content: bool = False) -> None:
        condition = in_scope(*(columns or ("keeper_id",)))
        if content:
            condition = f"{_MAY_READ_CONTENT} AND {condition}"
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY kntc_wall ON {table} FOR ALL TO {APP_ROLE} USING ({condition});",
            f"DROP POLICY kntc_wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )


class EnableWallThrough(RunSQL):
    """Migration operation: rows of `table` stand behind the wall of the row that `column` names in `walled`.

    The subquery runs as the application role, so the other table's policy decides.
    """

    def __init__(self, table: str, column: str, walled: str) -> None:
        condition = _IN_WALLED.format(column=column, walled=walled)
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY kntc_wall ON {table} FOR ALL TO {APP_ROLE} USING ({condition});",
            f"DROP POLICY kntc_wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )


class EnableOwnWall(RunSQL):
    """Migration operation: row-level security whose reading and writing differ, each by a condition in SQL.

    `create` is what a new row must meet; `change` what a row must meet to be changed (before and after) or removed.
    """

    def __init__(self, table: str, *, read: str, create: str, change: str) -> None:
        policies = {
            "read": f"FOR SELECT TO {APP_ROLE} USING ({read})",
            "create": f"FOR INSERT TO {APP_ROLE} WITH CHECK ({create})",
            "change": f"FOR UPDATE TO {APP_ROLE} USING ({change})",
            "remove": f"FOR DELETE TO {APP_ROLE} USING ({change})",
        }
        made = "".join(f"CREATE POLICY kntc_{name} ON {table} {rule};" for name, rule in policies.items())
        dropped = "".join(f"DROP POLICY kntc_{name} ON {table};" for name in policies)
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; {made}",
            f"{dropped} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )


class TrustTextMatch(RunSQL):
    """Migration operation: let the text index work behind the wall.

    A policy keeps PostgreSQL from using an index whose operator might tell of rows it must not show. Matching a stored
    vector against a query raises no error and so tells nothing: where the migration may say so (a superuser), search
    stays quick; elsewhere it is as right, and slower.
    """

    def __init__(self) -> None:
        super().__init__(
            "DO $$ BEGIN ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF;"
            " EXCEPTION WHEN insufficient_privilege THEN"
            " RAISE NOTICE 'search behind the wall runs without its index'; END $$",
            RunSQL.noop,
        )


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """One transaction behind the wall: the application role and the actor's scope."""
    with _local(_settings(actor) | {"role": APP_ROLE}):
        yield


@contextmanager
def as_account(account_id: int | None) -> Iterator[Callable[[Actor | None], None]]:
    """One transaction as the application role in which it turns out who acts: nothing but the account is known yet.

    Its own posts and groups may be read wherever they are; the function given narrows the scope to that of the actor,
    or to the account alone where it holds no post.
    """
    account = "" if account_id is None else str(account_id)
    with _local(_ALL | {"kntc.manages": "off", "kntc.account": account, "role": APP_ROLE}):
        yield lambda actor: _write(
            _settings(actor) if actor else {"kntc.scope": "none", "kntc.content": "off"}
        )


@contextmanager
def beyond_scope() -> Iterator[None]:
    """The few reads and writes that the rules allow across agencies (is somebody building on this entry?)."""
    with _local(_ALL):
        yield


_ALL = {"kntc.scope": "all", "kntc.content": "on"}


def _settings(actor: Actor) -> dict[str, str]:
    scope = actor.scope
    bounds = (str(scope.lft), str(scope.rgt)) if scope.kind == "tree" else ("", "")
    return {
        "kntc.scope": scope.kind,
        "kntc.lft": bounds[0],
        "kntc.rgt": bounds[1],
        "kntc.content": _switch(actor.has_right(Right.READ_CONTENT)),
        "kntc.manages": _switch(actor.has_right(Right.MANAGE_ACCOUNTS)),
        "kntc.account": "" if actor.account_id is None else str(actor.account_id),
    }


def _switch(on: bool) -> str:
    return "on" if on else "off"


@contextmanager
def _local(values: dict[str, str]) -> Iterator[None]:
    with transaction.atomic():
        nested = bool(connection.savepoint_ids)
        before = _read(list(values)) if nested else {}
        _write(values)
        yield
        # A rollback undoes local settings by itself, and so does the end of the outermost transaction.
        if nested:
            _write(before)


def _read(names: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("current_setting(%s, true)" for _ in names), names)
        row = cursor.fetchone()
    return {name: value or "" for name, value in zip(names, row, strict=True)}


def _write(values: dict[str, str]) -> None:
    # The role comes last: the settings are the login role's to make, whatever the application role may do.
    ordered = sorted(values.items(), key=lambda item: item[0] == "role")
    parameters = [
        part for name, value in ordered for part in (name, value or ("none" if name == "role" else ""))
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("set_config(%s, %s, true)" for _ in ordered), parameters)
