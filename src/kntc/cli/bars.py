"""A progress bar for long commands."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from kntc.ops.progress import Report


@contextmanager
def bar(label: str) -> Iterator[Report]:
    """A progress bar on stderr, which leaves stdout to the result."""
    with click.progressbar(length=100, label=label, file=sys.stderr, show_eta=False) as shown:

        def report(done: int, of: int) -> None:
            shown.update(max(0, 100 * done // max(of, 1) - shown.pos))

        yield report
        shown.update(100 - shown.pos)
