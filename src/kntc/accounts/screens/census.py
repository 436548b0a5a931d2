"""Thống kê tài khoản: the administrator's first screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.acts import Act
from kntc.accounts.administration import require
from kntc.accounts.census import Census
from kntc.accounts.census_screen import MOST_FOUND, CensusScreen
from kntc.accounts.officers import Officer
from kntc.agencies.models import Agency
from kntc.audit.errors import OutOfReach
from kntc.audit.rights import Right


@require_GET
@signed_in(right=Right.MANAGE_ACCOUNTS)
def census(request: OfficerRequest) -> HttpResponse:
    """Every agency of the subtree with its accounts (R36). Six statements at most, and those of the shell."""
    agency = counted_agency(request.GET.get("co-quan", ""), request.officer)
    screen = CensusScreen(Census(agency), request.GET)
    context = {"screen": screen, "most": MOST_FOUND, "may_go_up": agency != request.officer.oversees}
    return render(request, "accounts/census.html", context)


def counted_agency(key: str, officer: Officer) -> Agency:
    """The agency of this key, without a key the root of what the officer looks after. Raises OutOfReach, NotAllowed."""
    found = Agency.objects.users().filter(pk=key).first() if key.isdecimal() else officer.oversees
    if found is None:
        raise OutOfReach("Cơ quan này")
    require(officer, Act.VIEW_CENSUS, found)
    return found
