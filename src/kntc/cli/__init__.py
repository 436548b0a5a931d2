"""The command line: thin, like every door. Each command calls an action or a query and prints."""

from kntc.cli.main import main

__all__ = ["main"]
