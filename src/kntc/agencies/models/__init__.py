"""Places, agencies, and the keeping of their directory."""

from kntc.agencies.models.bodies import (
    LISTED,
    Agency,
    AgencyAlias,
    AgencyQuerySet,
    AgencySuccession,
    BodyKind,
    Level,
    Place,
    PlaceKind,
    PlaceSuccession,
)
from kntc.agencies.models.changes import AgencyChange, AgencyName, AgencyPlacement
from kntc.agencies.models.directory import BodyMerge, BodyMergeItem, BodyUse, DistinctBodies, Proposal

__all__ = [
    "LISTED",
    "Agency",
    "AgencyAlias",
    "AgencyChange",
    "AgencyName",
    "AgencyPlacement",
    "AgencyQuerySet",
    "AgencySuccession",
    "BodyKind",
    "BodyMerge",
    "BodyMergeItem",
    "BodyUse",
    "DistinctBodies",
    "Level",
    "Place",
    "PlaceKind",
    "PlaceSuccession",
    "Proposal",
]
