"""Accounts, posts, groups, the delegation of administration, reviews, sessions, messages."""

from kntc.accounts.models.delegation import Delegation
from kntc.accounts.models.groups import Group, Membership
from kntc.accounts.models.messages import Message
from kntc.accounts.models.people import Account, AccountManager, ActivationCode, FormerLogin, Post
from kntc.accounts.models.reviews import AccessReview, ReviewItem
from kntc.accounts.models.sessions import GuessLevel, KnownPlace, Seat
from kntc.accounts.models.use import CensusFile, CensusMail, Nudge

__all__ = [
    "AccessReview",
    "Account",
    "AccountManager",
    "ActivationCode",
    "CensusFile",
    "CensusMail",
    "Delegation",
    "FormerLogin",
    "Group",
    "GuessLevel",
    "KnownPlace",
    "Membership",
    "Message",
    "Nudge",
    "Post",
    "ReviewItem",
    "Seat",
]
