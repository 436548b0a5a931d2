"""An officer: an account acting in one post. A person with two posts is two officers."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Coalesce

from kntc.accounts.models import Account, Post
from kntc.accounts.models.groups import group_rights
from kntc.accounts.roles import ON_TOP, RIGHTS, Role
from kntc.agencies.models import Agency
from kntc.audit.actors import Scope
from kntc.audit.rights import Right

# As many agencies as a statement may name: a province has some two hundred. Who sees more is told by bounds.
NAMED = 500


@dataclass(frozen=True)
class Officer:
    """Who signs what is done. Built from a post with its account, agency and overseen agency loaded."""

    post: Post

    @property
    def account(self) -> Account:
        return self.post.account

    @property
    def account_id(self) -> int:
        return self.post.account_id

    @property
    def post_id(self) -> int:
        return self.post.pk

    @property
    def name(self) -> str:
        return self.account.full_name

    @property
    def post_title(self) -> str:
        return self.post.title

    @property
    def role(self) -> Role:
        return Role(self.post.role)

    @property
    def agency(self) -> Agency:
        return self.post.agency

    @property
    def agency_id(self) -> int:
        return self.post.agency_id

    @property
    def agency_name(self) -> str:
        return self.agency.name

    @property
    def oversees(self) -> Agency:
        """The root of what this post sees."""
        return self.post.oversees or self.post.agency

    @cached_property
    def scope(self) -> Scope:
        """The whole country for a national post, else the subtree overseen."""
        root = self.oversees
        if self.role == Role.NATIONAL_ANALYST:
            return Scope("all")
        if root.lft is None or root.rgt is None:
            return Scope("none")
        return Scope("tree", root.lft, root.rgt, self._named())

    def _named(self) -> tuple[int, ...] | None:
        seen: list[int] | None = getattr(self.post, "seen", None)
        return tuple(seen) if seen is not None and len(seen) <= NAMED else None

    @cached_property
    def rights(self) -> frozenset[Right]:
        """Those of the role and those that groups may add to it."""
        return RIGHTS[self.role] | self._through_groups() & ON_TOP[self.role]

    def _through_groups(self) -> frozenset[Right]:
        given: list[str] | None = getattr(self.post, "given", None)
        if given is None:
            given = list(group_rights(self.post.pk))
        return frozenset(Right(value) for value in given)

    def has_right(self, right: Right) -> bool:
        return right in self.rights


def posts_of(account: Account) -> QuerySet[Post]:
    """The account's current posts, ready to become officers. One statement."""
    return _ready().filter(account=account)


def posts_at(agency: Agency) -> QuerySet[Post]:
    """The current posts of an agency, ready to become officers. One statement."""
    return _ready().filter(agency=agency)


def _ready() -> QuerySet[Post]:
    return (
        Post.objects.current()
        .select_related("account", "agency", "oversees")
        .annotate(seen=_seen(), given=ArraySubquery(group_rights(OuterRef("pk"))))
        .order_by("pk")
    )


def _seen() -> ArraySubquery:
    """The agencies that the post sees, one more than may be named at most."""
    first = Coalesce(OuterRef("oversees__lft"), OuterRef("agency__lft"))
    last = Coalesce(OuterRef("oversees__rgt"), OuterRef("agency__rgt"))
    return ArraySubquery(Agency.objects.filter(lft__gte=first, lft__lte=last).values("pk")[: NAMED + 1])


def with_posts(account_id: int) -> Account | None:
    """An account that holds a post today, its posts at hand for `officer_for`. One statement for both."""
    posts = list(_ready().filter(account=account_id))
    if not posts:
        return None
    account = posts[0].account
    for post in posts:
        post.account = account
    account.__dict__[_AT_HAND] = posts
    return account


_AT_HAND = "posts_at_hand"


def officer_for(account: Account, post_id: int | None = None) -> Officer | None:
    """The officer that this account acts as: the chosen post, else its first. One statement at most."""
    posts: list[Post] = getattr(account, _AT_HAND, None) or list(posts_of(account))
    chosen = next((post for post in posts if post.pk == post_id), posts[0] if posts else None)
    return Officer(chosen) if chosen else None
