"""What the shell around every page needs. All of it is lazy: a fragment for htmx costs nothing here."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from kntc.accounts.officers import Officer
from kntc.audit.rights import Right
from kntc.vietnamese import short_date
from kntc.web.administration import Tab, tabs
from kntc.web.navigation import Link, Notice, links, notices
from kntc.web.queries import Waiting, waiting

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def officer(self) -> Officer | None:
        return getattr(self._request, "officer", None)

    @property
    def may_read(self) -> bool:
        """Who keeps accounts only has no search over petitions, and nothing of them waits (R57)."""
        return self.officer is not None and self.officer.has_right(Right.READ)

    @cached_property
    def waiting(self) -> Waiting:
        return waiting(self.officer) if self.officer else Waiting()

    @cached_property
    def links(self) -> list[Link]:
        return links(self._request, self.officer, self.waiting) if self.officer else []

    @cached_property
    def notices(self) -> list[Notice]:
        return notices(self.waiting)

    @cached_property
    def administration(self) -> list[Tab]:
        return tabs(self._request, self.officer) if self.officer else []

    @property
    def idle_seconds(self) -> int:
        """After so long without activity the screen locks itself."""
        return int(settings.IDLE_SECONDS)

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def today_text(self) -> str:
        return f"{WEEKDAYS[self.today.weekday()]}, {short_date(self.today)}"

    @property
    def initials(self) -> str:
        """First letters of the family name and the given name, as people here write them."""
        words = self.officer.name.split() if self.officer else []
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
