"""Every act of administration, by what it is about."""

from kntc.accounts.actions.creating import create_account

__all__ = ["create_account"]
