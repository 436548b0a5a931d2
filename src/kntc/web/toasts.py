"""Messages to the officer, kept in the session until a page shows them."""

from typing import Any

from django.contrib.messages.storage.session import SessionStorage


class Storage(SessionStorage):
    """Knows which messages came into being in the request at hand.

    A fragment that htmx fetches on the way (a count, a draft being kept) must not carry off what the next page is to
    say.
    """

    _queued_messages: list[Any]

    def take_new(self) -> list[Any]:
        """The messages of this request only; those that wait for a page go on waiting."""
        new = list(self._queued_messages)
        self._queued_messages.clear()
        return new
