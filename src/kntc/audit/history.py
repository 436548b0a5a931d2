"""History by triggers: before a tracked row changes, what it was is kept, with who, in which post, and why."""

from collections.abc import Callable
from typing import Any

import pghistory


def tracked(*, exclude: list[str] | None = None) -> Callable[[type[Any]], type[Any]]:
    """Class decorator: every update and delete keeps the row as it stood before."""
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.UpdateEvent("changed", row=pghistory.Old, condition=pghistory.AnyChange(exclude_auto=True)),
        pghistory.DeleteEvent("removed", row=pghistory.Old),
        exclude=exclude,
        # The context stands in the event's own row, so that the wall around the event covers it.
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]
        append_only=False,
    )
