"""A list that leaves the system in a file leaves a trace."""

from collections.abc import Sequence

from kntc.audit.action import action, note
from kntc.audit.actors import Actor
from kntc.audit.rights import Right


@action("petition.export", right=Right.EXPORT)
def record_export(*, count: int, filters: Sequence[str], searched: bool, by: Actor) -> None:
    """Kết xuất danh sách đơn ra Excel.

    Words that were searched for may name a person: only that there were some is kept.
    """
    note(count=count, filters=list(filters), searched=searched)
