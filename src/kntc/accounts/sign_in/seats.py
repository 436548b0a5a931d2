"""Where an account is signed in: all seats of an account end in one act."""

from django.contrib.sessions.models import Session

from kntc.accounts.models import Account, Seat


def end_all(account: Account, keep: str = "") -> int:
    """Sign the account out everywhere, but for the session `keep`; returns how many seats ended. Three statements."""
    return end_all_of([account.pk], keep=keep)


def end_all_of(account_ids: list[int], keep: str = "") -> int:
    """The same for many accounts. Three statements."""
    seats = Seat.objects.filter(account__in=account_ids).exclude(key=keep)
    keys = list(seats.values_list("key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    return Seat.objects.filter(key__in=keys).delete()[0]
