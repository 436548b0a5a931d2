"""Reads about petitions with more than one line."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from kntc.accounts.models import Post
from kntc.accounts.officers import Officer, posts_at
from kntc.agencies.models import Agency
from kntc.audit.errors import OutOfReach
from kntc.audit.rights import Right
from kntc.people.identity import normalised
from kntc.petitions.actions.own import require_live, require_own
from kntc.petitions.choices import OPEN_STATES, PartyRole
from kntc.petitions.models import Draft, Party, Petition
from kntc.vietnamese import name_key
from kntc.vietnamese.sorting import name_sort_key

RELATED = (
    "agency",
    "keeper",
    "matter",
    "source_body",
    "destination",
    "prior_body",
    "place",
    "place__parent",
    "origin",
)
KNOWN_LIMIT = 5
LAST_MATTERS = 3


def visible_petition(pk: int, officer: Officer) -> Petition:
    """The petition with all that its page shows of it. Raises OutOfReach (which is logged). Two statements."""
    found = (
        Petition.objects.visible_to(officer)
        .filter(pk=pk)
        .select_related(*RELATED, "text", "entered_by__account", "assignee__account")
        .defer("text__search")
        .prefetch_related(
            Prefetch("parties", Party.objects.select_related("sealed", "place__parent", "body"))
        )
        .first()
    )
    if found is None:
        raise OutOfReach("Đơn này")
    return found


def own_petition(pk: int, officer: Officer) -> Petition:
    """The petition for one who is about to change it: nobody fills in a form that is refused in the end.

    Raises OutOfReach, NotAllowed (another agency keeps it), Refused (voided). Two statements.
    """
    petition = visible_petition(pk, officer)
    require_own(petition, officer)
    require_live(petition)
    return petition


def siblings(petition: Petition, officer: Officer) -> list[Petition]:
    """The other live petitions of the same matter that the officer may see. One statement."""
    return list(
        Petition.objects.visible_to(officer)
        .live()
        .filter(matter_id=petition.matter_id)
        .exclude(pk=petition.pk)
        .select_related("agency", "text")
        .defer("text__search")
        .order_by("received_on", "pk")[:50]
    )


@dataclass(frozen=True)
class Handler:
    """A colleague who handles petitions, and how much lies in that hand."""

    post: Post
    open: int
    overdue: int


def handlers(agency: Agency) -> list[Handler]:
    """The posts of an agency that petitions can be given to, the least loaded first. Two statements."""
    posts = [post for post in posts_at(agency) if Officer(post).has_right(Right.HANDLE)]
    late = Q(handling="", due_on__lt=timezone.localdate())
    counts = {
        post: (total, overdue)
        for post, total, overdue in Petition.objects.live()
        .filter(keeper=agency, state__in=OPEN_STATES, assignee__in=posts)
        .order_by()
        .values_list("assignee")
        .annotate(total=Count("pk"), overdue=Count("pk", filter=late))
    }
    found = [Handler(post, *counts.get(post.pk, (0, 0))) for post in posts]
    return sorted(found, key=lambda handler: (handler.open, name_sort_key(handler.post.account.full_name)))


@dataclass
class KnownPerson:
    """Somebody who has written before, with his last petitions."""

    party: Party
    petitions: list[Petition]


def known_people(id_number: str, name: str, officer: Officer) -> list[KnownPerson]:
    """People on petitions in the officer's scope with this number, or whose name begins so. Two statements."""
    wanted = _wanted(normalised(id_number), name_key(name))
    if wanted is None:
        return []
    rows = (
        Party.objects.visible_to(officer)
        .filter(wanted, role=PartyRole.PETITIONER, sealed=None, petition__voided_at=None)
        .select_related("petition", "petition__text", "petition__agency", "place")
        .defer("petition__text__search")
        .order_by("-petition__received_on", "-pk")[:60]
    )
    known: dict[tuple[str, str], KnownPerson] = {}
    for party in rows:
        person = known.setdefault((party.name_key, party.id_number), KnownPerson(party, []))
        if len(person.petitions) < LAST_MATTERS:
            person.petitions.append(party.petition)
    return list(known.values())[:KNOWN_LIMIT]


def _wanted(number: str, key: str) -> Q | None:
    if len(number) >= 9:
        return Q(id_number=number)
    # Fewer letters would recall half the province.
    return Q(name_key__startswith=key) if len(key) >= 5 else None


def own_draft(pk: int, officer: Officer) -> Draft:
    """A draft of this post. Raises OutOfReach."""
    draft = Draft.objects.filter(pk=pk, post_id=officer.post_id).first()
    if draft is None:
        raise OutOfReach("Bản nháp này")
    return draft
