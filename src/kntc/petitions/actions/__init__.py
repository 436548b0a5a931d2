"""Every change of a petition's state."""

from kntc.petitions.actions.assigning import assign_petition, take_petition
from kntc.petitions.actions.correcting import correct_petition, entry_of, needs_reason
from kntc.petitions.actions.handling import Result, handle_petition
from kntc.petitions.actions.matters import link_matter, unlink_matter
from kntc.petitions.actions.registering import discard_draft, register_petition, save_draft
from kntc.petitions.actions.views import delete_view, save_view
from kntc.petitions.actions.voiding import (
    ActedOnElsewhere,
    NeedsSecondPair,
    answer_void_request,
    ask_to_void,
    built_on_by,
    consent_of,
    restore_petition,
    void_petition,
)

__all__ = [
    "ActedOnElsewhere",
    "NeedsSecondPair",
    "Result",
    "answer_void_request",
    "ask_to_void",
    "assign_petition",
    "built_on_by",
    "consent_of",
    "correct_petition",
    "delete_view",
    "discard_draft",
    "entry_of",
    "handle_petition",
    "link_matter",
    "needs_reason",
    "register_petition",
    "restore_petition",
    "save_draft",
    "save_view",
    "take_petition",
    "unlink_matter",
    "void_petition",
]
