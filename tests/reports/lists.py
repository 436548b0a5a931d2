"""The list of petitions that an address opens, for comparing with the figure that led there."""

from html import unescape

from django.http import QueryDict

from kntc.accounts.officers import Officer
from kntc.petitions.listing import Listing


def length(url: str, officer: Officer) -> int:
    """How many petitions the list of this address holds."""
    listing = Listing(officer, QueryDict(unescape(url).partition("?")[2]))
    assert listing.problems == [], listing.problems
    return listing.petitions.filter(listing.chosen.kind_q).count()
