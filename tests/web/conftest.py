import pytest
from django.test import Client

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from tests.factories import Country, make_officer


@pytest.fixture
def officer(country: Country) -> Officer:
    return make_officer(country.commune, title="Công chức tiếp công dân")


@pytest.fixture
def admin(country: Country) -> Officer:
    return make_officer(country.province, Role.UNIT_ADMIN, login="quan.tri", title="Quản trị")


def signed_in(officer: Officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client
