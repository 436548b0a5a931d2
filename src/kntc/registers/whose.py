"""In whose name a job works."""

from kntc.accounts.models import Post
from kntc.accounts.officers import Officer
from kntc.audit.actors import Actor, SystemActor
from kntc.audit.walls import as_account


def actor_of(post_id: int | None) -> Actor:
    """The officer in the post, or the operator of the command line. Raises Post.DoesNotExist where it has ended."""
    if post_id is None:
        return SystemActor()
    posts = Post.objects.current().select_related("account", "agency", "oversees")
    with as_account(None):
        officer = Officer(posts.get(pk=post_id))
        # What groups add is read while it may be: the job's own role sees no group before its scope is known.
        _ = officer.rights
    return officer
