"""The accounts behind the demonstration's sign-ins."""

from kntc.accounts.actions import create_account
from kntc.accounts.models import Account
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.actors import SystemActor
from kntc.ops.demo.past import Past
from kntc.ops.demo.sign_ins import PASSWORD, SIGN_INS, SignIn
from kntc.ops.progress import Report


def create(report: Report) -> None:
    """One account each; one whose login exists stays as it is."""
    agencies = Agency.objects.in_bulk([person.agency for person in SIGN_INS], field_name="code")
    known = set(Account.objects.values_list("login", flat=True))
    missing = [person for person in SIGN_INS if person.login not in known]
    for index, person in enumerate(missing):
        with Past().on_the_first_day():
            _create(person, agencies[person.agency])
        report(index + 1, len(missing))


def _create(person: SignIn, agency: Agency) -> None:
    create_account(
        login=person.login,
        full_name=person.full_name,
        password=PASSWORD,
        agency=agency,
        title=person.title,
        role=Role(person.role),
        by=SystemActor(),
    )
