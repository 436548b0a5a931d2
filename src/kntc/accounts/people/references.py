"""What refers to an account: read from the register of models, so that a new room is in it by itself."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from kntc.accounts.models import Account, Post
from kntc.audit.walls import beyond_scope


def references(account: Account) -> list[str]:
    """Kinds of records that name the account or one of its posts and do not go with it. One statement a relation."""
    posts = list(Post.objects.filter(account=account).values_list("pk", flat=True))
    with beyond_scope():
        return [
            str(field.model._meta.verbose_name)
            for field in _relations()
            if field.model._base_manager.filter(
                **{f"{field.name}__in": posts if field.related_model is Post else [account.pk]}
            ).exists()
        ]


def _relations() -> Iterator["models.ForeignKey[object, object]"]:
    """Columns that point at accounts and posts. What would vanish with the account is part of it."""
    for model in apps.get_models():
        # A second view of another table holds nothing of its own.
        if hasattr(model, "pgh_tracked_model") or model is Post or model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if (
                isinstance(field, models.ForeignKey)
                and field.related_model in (Account, Post)
                and field.remote_field.on_delete is not models.CASCADE
            ):
                yield field
