"""Petitions (đơn) and matters (vụ việc).

A petition is one paper, statement or e-form that one agency received; a matter is the national file that its
petitions share. The petition's own row is narrow and typed: it is the fact that every figure counts. What is long or
personal stands beside it, behind a wall of its own.

`agency` received the petition and has it in its figures for ever. `keeper` answers for it today (the same agency, or
the successor of one that closed): access goes by the keeper.
"""

from kntc.petitions.models.beside import BesidePetitionQuerySet, FoldedVectorField, Party, PetitionText
from kntc.petitions.models.desk import Draft, NumberBook, SavedView, VoidRequest
from kntc.petitions.models.dispatch import Dispatch, Paper, Way
from kntc.petitions.models.petition import AnyOf, Matter, Petition, PetitionQuerySet, kept_within

__all__ = [
    "AnyOf",
    "BesidePetitionQuerySet",
    "Dispatch",
    "Draft",
    "FoldedVectorField",
    "Matter",
    "NumberBook",
    "Paper",
    "Party",
    "Petition",
    "PetitionQuerySet",
    "PetitionText",
    "SavedView",
    "VoidRequest",
    "Way",
    "kept_within",
]
