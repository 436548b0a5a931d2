"""Reads about accounts."""

from django.db.models import QuerySet

from kntc.accounts.models import Post
from kntc.agencies.models import Agency


def posts_in(agency: Agency) -> QuerySet[Post]:
    """Current posts of an agency and its subtree, by agency then name. One statement."""
    return (
        Post.objects.current()
        .filter(agency__lft__gte=agency.lft, agency__rgt__lte=agency.rgt)
        .select_related("account", "agency")
        .order_by("agency__lft", "account__full_name")
    )
