"""The settlement clock of a case: which rule of law, and until when."""

from datetime import date, timedelta

from kntc.law import catalogue
from kntc.law.deadlines import Deadline, deadline
from kntc.law.errors import UnknownRule
from kntc.settlement.models import Case


def rule_of(case: Case) -> str:
    """The law's rule for this case; empty where national law sets no term (a reflection)."""
    return catalogue.settle_rule(case.kind, case.instance)


def explained(case: Case) -> Deadline | None:
    """The due date with its start event, article, days skipped and suspensions.

    None where the law sets no term; UnknownRule where the law of that day is not known.
    """
    rule = rule_of(case)
    if not rule:
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
    """Until when the case must be settled; None where the law does not say."""
    try:
        found = explained(case)
    except UnknownRule:
        return None
    return found.due if found else None
