"""What a session's account brings along, read as a web process reads it: in the role that owns nothing."""

from django.db import connection

from kntc.accounts.models import Group, Membership
from kntc.accounts.officers import officer_for
from kntc.accounts.roles import Role
from kntc.accounts.sign_in.backends import AccountBackend
from kntc.audit.rights import Right
from tests.factories import Country, make_officer


def as_a_web_process() -> None:
    """`kntc run` gives its web processes this role for everything, also outside a request's walls."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kntc_app")


def test_rights_of_groups_come_along_before_the_wall_knows_the_officer(country: Country) -> None:
    officer = make_officer(country.commune, Role.LEADER)
    group = Group.objects.create(agency=country.commune, name="Tổ tiếp nhận", rights=[Right.REGISTER])
    Membership.objects.create(group=group, post=officer.post)
    as_a_web_process()
    account = AccountBackend().get_user(officer.account_id)
    assert account is not None
    found = officer_for(account)
    assert found is not None
    assert found.has_right(Right.REGISTER)


def test_a_session_with_posts_costs_one_statement_behind_its_settings(
    country: Country, django_assert_num_queries: object
) -> None:
    officer = make_officer(country.commune)
    # Within a test's transaction: a savepoint, its settings read, written and restored, and the one statement.
    with django_assert_num_queries(6):  # type: ignore[operator]
        account = AccountBackend().get_user(officer.account_id)
        assert account is not None
        assert officer_for(account) is not None
