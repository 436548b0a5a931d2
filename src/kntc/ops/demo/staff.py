"""Who works in the demonstration's agencies."""

from kntc.accounts.actions import create_account
from kntc.accounts.models import Account
from kntc.accounts.officers import Officer, officer_for
from kntc.accounts.roles import Role
from kntc.agencies.models import Agency
from kntc.audit.actors import SystemActor
from kntc.ops.demo.grammar import Grammar
from kntc.ops.demo.past import FIRST_DAY, Past
from kntc.ops.demo.sign_ins import PASSWORD, SIGN_INS


class Staff:
    """One officer an agency: the demonstration's own sign-in, or one made for the occasion."""

    def __init__(self, grammar: Grammar, past: Past) -> None:
        self._grammar, self._past = grammar, past
        self._officers: dict[str, Officer] = {}
        self._given = {p.agency: p.login for p in SIGN_INS if p.role == Role.OFFICER}

    def of(self, agency: Agency) -> Officer:
        if agency.code not in self._officers:
            login = self._given.get(agency.code) or agency.code.lower()
            account = Account.objects.filter(login=login).first() or self._hire(login, agency)
            officer = officer_for(account)
            if officer is None:
                raise LookupError(f"{login} holds no post")
            self._officers[agency.code] = officer
        return self._officers[agency.code]

    def _hire(self, login: str, agency: Agency) -> Account:
        place = agency.place.name if agency.place else "Phường Quy Nhơn"
        with self._past.on_the_first_day():
            return create_account(
                login=login,
                full_name=self._grammar.official(place, FIRST_DAY),
                password=PASSWORD,
                agency=agency,
                title="Công chức tiếp công dân, xử lý đơn",
                role=Role.OFFICER,
                by=SystemActor(),
            )
