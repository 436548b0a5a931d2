"""The accounts behind the demonstration's sign-ins."""

from kntc.accounts.actions import create_account
from kntc.accounts.actions.groups import create_group
from kntc.accounts.actions.memberships import add_members
from kntc.accounts.models import Account, Group, Post
from kntc.accounts.rights.group_templates import BY_KEY
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.actors import SystemActor
from kntc.ops.demo.past import Past
from kntc.ops.demo.sign_ins import PASSWORD, SIGN_INS, SignIn
from kntc.ops.progress import Report

# Agency, template, members.
GROUPS = (
    ("GLA", "handling", ("canbo", "lanhdao", "nghiepvu")),
    ("GLA", "clerks", ("canbo",)),
    ("GLA", "assigning", ("canbo", "nghiepvu")),
)


def create(report: Report) -> None:
    """One account each; one whose login exists stays as it is."""
    agencies = Agency.objects.in_bulk([person.agency for person in SIGN_INS], field_name="code")
    known = set(Account.objects.values_list("login", flat=True))
    missing = [person for person in SIGN_INS if person.login not in known]
    for index, person in enumerate(missing):
        with Past().on_the_first_day():
            _create(person, agencies[person.agency])
        report(index + 1, len(missing))
    _make_groups(agencies)


def _make_groups(agencies: dict[str, Agency]) -> None:
    """Groups with people in them, two of which might as well be one."""
    for code, key, logins in GROUPS:
        agency, template = agencies[code], BY_KEY[key]
        if Group.objects.filter(agency=agency, template=key).exists():
            continue
        posts = list(
            Post.objects.filter(agency=agency, account__login__in=logins).select_related("account", "agency")
        )
        with Past().on_the_first_day():
            group = create_group(
                agency=agency, name=template.name, rights=template.rights, template=key, by=SystemActor()
            )
            add_members(group=group, posts=posts, by=SystemActor())


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
