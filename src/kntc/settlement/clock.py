"""The settlement clock of a case: which rule of law, and until when."""

from datetime import date

from kntc.law import catalogue
from kntc.law.deadlines import Deadline, Suspension, deadline
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
    over = case.suspensions.filter(resumed_on__isnull=False).order_by("starts_on") if case.pk else []
    suspensions = [Suspension(pause.starts_on, pause.resumed_on) for pause in over]
    return deadline(
        rule,
        case.accepted_on,
        complex=case.is_complex,
        remote=case.is_remote,
        extensions=case.extensions,
        suspensions=suspensions,
    )


def due_on(case: Case) -> date | None:
    """Until when the case must be settled; None where the law does not say. InvalidTerm where it forbids."""
    try:
        found = explained(case)
    except UnknownRule:
        return None
    return found.due if found else None
