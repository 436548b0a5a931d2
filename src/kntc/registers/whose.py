"""In whose name a job works."""

from kntc.accounts.models import Post
from kntc.accounts.officers import Officer
from kntc.audit.actors import Actor, SystemActor


def actor_of(post_id: int | None) -> Actor:
    """The officer in the post, or the operator of the command line. Raises Post.DoesNotExist where it has ended."""
    if post_id is None:
        return SystemActor()
    return Officer(Post.objects.current().select_related("account", "agency", "oversees").get(pk=post_id))
