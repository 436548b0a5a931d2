"""The settlement clock of a case: which rule of law, and until when."""

from datetime import date, timedelta

from kntc.law.deadlines import Deadline, deadline
from kntc.petitions.choices import Kind
from kntc.settlement.models import Case


def rule_of(case: Case) -> str | None:
    """The law's rule for this case; None where national law sets no term (a reflection)."""
    if case.kind == Kind.COMPLAINT:
        return "complaint.settle-second" if case.instance == 2 else "complaint.settle-first"
    return "denunciation.settle" if case.kind == Kind.DENUNCIATION else None


def explained(case: Case) -> Deadline | None:
    """The due date with its start event, article, days skipped and suspensions."""
    rule = rule_of(case)
    if rule is None:
        return None
    suspensions = ((case.accepted_on, case.accepted_on + timedelta(days=case.suspended_days)),)
    return deadline(
        rule,
        case.accepted_on,
        complex=case.is_complex,
        remote=case.is_remote,
        extensions=case.extensions,
        suspensions=suspensions if case.suspended_days else (),
    )


def due_on(case: Case) -> date | None:
    """Until when the case must be settled."""
    found = explained(case)
    return found.due if found else None
