"""Every address of the system, read from the URL table, each with an object that it can open.

A new address is in the walks by itself. Where it opens a new sort of object, `World.arguments` says so in its error.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from kntc.accounts.actions.bodies import ask_proposer, merge_bodies
from kntc.accounts.officers import Officer
from kntc.accounts.reorganisation.actions import rename_agency
from kntc.agencies.actions import propose_body
from kntc.agencies.models import Agency, AgencyChange, BodyKind, BodyMerge
from kntc.audit.rights import Right
from kntc.petitions.actions import ask_to_void, save_draft, save_view, void_petition
from kntc.petitions.actions.dispatching import Sent, record_dispatch
from kntc.petitions.choices import Handling, Kind
from kntc.petitions.models import Dispatch, Draft, Petition, SavedView, VoidRequest
from kntc.reception.actions import NewVisit, record_visit
from kntc.registers.models import Batch, LikelyDuplicate
from kntc.settlement.models import Case
from tests.factories import SYSTEM, Country, handle, make_officer, make_petition
from tests.journeys.administered import Administered, make_administered
from tests.registers.books import plain_register, row
from tests.registers.bringing import examined

# What stands open to everybody: the front door, and the signs of life.
PUBLIC = {
    *(f"accounts:{name}" for name in ("sign-in", "second-step", "activate", "sign-out", "no-post")),
    *("accounts:sso-start", "accounts:sso-callback", "web:session", "ops:health"),
}
# One's own password: signed in, whatever the post.
OWN = {"accounts:change-password"}
# Words that stand in everything that the first commune has, and nowhere else.
MARK = "Phượng Vĩ Bảy"


@dataclass(frozen=True)
class Address:
    """One line of the URL table."""

    name: str
    parameters: tuple[str, ...]
    view: Callable[[HttpRequest], Any]

    @property
    def right(self) -> Right | None:
        """The right that the view declares; None where signing in is enough."""
        found: Right | None = getattr(self.view, "required_right", None)
        return found

    @property
    def declared(self) -> bool:
        return hasattr(self.view, "required_right")

    @property
    def room(self) -> str:
        return self.name.partition(":")[0]


def addresses() -> list[Address]:
    """The whole URL table, without the developers' style page."""
    return [address for address in _walk(get_resolver().url_patterns) if address.name != "web:style"]


def _walk(patterns: list[Any], namespaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            parameters = tuple(pattern.pattern.regex.groupindex)
            yield Address(":".join([*namespaces, pattern.name]), parameters, pattern.callback)


@dataclass
class World:
    """A commune at work, with one of everything that an address can open."""

    country: Country
    clerk: Officer
    petition: Petition
    sealed: Petition
    case: Case
    draft: Draft
    view: SavedView
    asked: VoidRequest
    batch: Batch
    duplicate: LikelyDuplicate
    body: Agency
    merge: BodyMerge
    change: AgencyChange
    dispatch: Dispatch
    administered: Administered

    def arguments(self, address: Address) -> dict[str, Any]:
        """What stands in the address: the key of an object of the commune, or a report's name."""
        return {name: self._argument(address, name) for name in address.parameters}

    def _argument(self, address: Address, name: str) -> Any:
        if name == "slug":
            return "02-xld"
        if name == "duplicate_pk":
            return self.duplicate.pk
        if name == "operation":
            return "sap-nhap"
        if name == "paper":
            return "transfer"
        special: dict[str, Any] = {
            "petitions:letter": self.dispatch.petition_id,
            "petitions:record-dispatch": self.dispatch.petition_id,
            "petitions:dispatch": self.dispatch.pk,
            "petitions:sent-letter": self.dispatch.pk,
            "petitions:dispatch-reply": self.dispatch.pk,
            "petitions:void-dispatch": self.dispatch.pk,
            "petitions:drop-draft": self.draft.pk,
            "petitions:delete-view": self.view.pk,
            "petitions:answer-void": self.asked.pk,
            "petitions:open-vault": self.sealed.pk,
            "settlement:handle": self.petition.pk,
            "agencies:undo-merge": self.merge.pk,
            "agencies:change": self.change.pk,
            "agencies:change-excel": self.change.pk,
            "agencies:cancel-change": self.change.pk,
            "agencies:undo-change": self.change.pk,
        }
        rooms: dict[str, Any] = {
            "petitions": self.petition.pk,
            "settlement": self.case.pk,
            "registers": self.batch.pk,
            "agencies": self.body.pk,
        }
        administered = self.administered.argument(address.name, name)
        found = administered or special.get(address.name, rooms.get(address.room))
        assert found is not None, f"say in tests/journeys/addresses.py what {address.name}({name}) opens"
        return found

    def url(self, address: Address) -> str:
        return reverse(address.name, kwargs=self.arguments(address))


def make_world(country: Country) -> World:
    """One of everything, kept by the commune and marked in its words."""
    clerk = make_officer(country.commune, login="cán bộ xã")
    # Signed in, this officer has only what the walls leave; the objects are made outside of them.
    petition = make_petition(country.commune, clerk, name=MARK, summary=f"Đơn của {MARK}")
    make_petition(country.commune, clerk, summary=f"Đơn nữa của {MARK}", matter_id=petition.matter_id)
    sealed = make_petition(
        country.commune, clerk, kind=Kind.DENUNCIATION, name="Lê Thị Kín", summary=f"Tố cáo về {MARK}"
    )
    accepted = handle(
        make_petition(country.commune, clerk, summary=f"Đơn đã thụ lý về {MARK}"),
        Handling.ACCEPT, date(2026, 3, 12), clerk,
    )  # fmt: skip
    onward = make_petition(country.commune, clerk, summary=f"Đơn chuyển về {MARK}")
    make_petition(country.sister, origin_id=onward.pk)
    (asked,) = ask_to_void(petition=onward, reason="nhập trùng", by=clerk)
    wrong = make_petition(country.commune, clerk, summary=f"Đơn nhập sai về {MARK}")
    void_petition(petition=wrong, reason="nhập trùng", by=clerk)
    record_visit(visit=NewVisit(country.commune, MARK, f"Hỏi về {MARK}", date(2026, 3, 11)), by=clerk)
    batch = examined(country.commune, plain_register(row(1), row(2)), clerk, f"Sổ {MARK}.xlsx")
    duplicate = LikelyDuplicate.objects.create(
        batch=batch, keeper=country.commune, sheet="Sổ", row=2, score=80, reasons="cùng nội dung"
    )
    return World(
        country,
        clerk,
        petition,
        sealed,
        Case.objects.get(petition=accepted),
        save_draft(values={"summary": MARK}, title=MARK, by=clerk),
        save_view(name=MARK, query="loai=complaint", by=clerk),
        asked,
        batch,
        duplicate,
        *_bodies(clerk),
        _waiting_change(country),
        _dispatch(country, clerk),
        make_administered(country, clerk),
    )


def _waiting_change(country: Country) -> AgencyChange:
    """The commune gets another name in ten days."""
    on = timezone.localdate() + timedelta(days=10)
    return rename_agency(code=country.commune.code, name="Ủy ban nhân dân phường An Lương", on=on, by=SYSTEM)


def _dispatch(country: Country, clerk: Officer) -> Dispatch:
    """The letter with which the commune passed a petition on to a body without accounts."""
    on = date(2026, 3, 12)
    petition = make_petition(country.commune, clerk, kind=Kind.REFLECTION, summary=f"Đơn gửi đi về {MARK}")
    petition = handle(petition, Handling.TRANSFER, on, clerk, destination_id=country.court.pk)
    return record_dispatch(petition=petition, sent=Sent("transfer", on, on, "PC-UBND"), by=clerk)


def _bodies(clerk: Officer) -> tuple[Agency, BodyMerge]:
    """A body that the commune proposed and was asked about, and a merge of two others."""
    body, one, two = (
        propose_body(by=clerk, name=f"Trường Tiểu học {name}", kind=BodyKind.SCHOOL)
        for name in ("Hoa Phượng", "Hoa Sen", "Hoa Lan")
    )
    ask_proposer(body=body, question="Trường ở thôn nào?", by=SYSTEM)
    return body, merge_bodies(merged=one, kept=two, by=SYSTEM, reason="một trường")


def make_batch(agency: Agency, by: Officer) -> Batch:
    """A register that has come in, without its file."""
    return Batch.objects.create(
        agency=agency,
        keeper=agency,
        uploaded_by_id=by.post_id,
        uploader=by.name,
        file_name="Sổ cũ.xlsx",
        file_size=1,
        sha256="0" * 64,
        status="done",
    )


def browser(officer: Officer | None) -> Client:
    """As this officer's browser asks; a fault of the server comes back as a page, not as an exception."""
    client = Client(raise_request_exception=False)
    if officer is not None:
        client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client
