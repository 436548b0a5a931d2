"""A body's page says where petitions name it, each number opening its list; saved forms are remembered by pickers."""

from datetime import date

from django.test import Client
from django.urls import reverse

from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.agencies.recent import recent
from kntc.petitions.choices import Handling, Kind, PartyRole, Source
from kntc.petitions.entry import NewParty
from kntc.petitions.models import Petition
from tests.factories import Country, handle, make_body, make_officer, make_petition
from tests.petitions.test_screens import values


def browse(client: Client, officer: Officer) -> Client:
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_numbers_on_a_body_s_page_open_lists_of_that_length__R43(client: Client, country: Country) -> None:
    court = country.court
    for agency in (country.commune, country.sister, country.far_commune):
        make_petition(agency, prior_body_id=court.pk)
        make_petition(agency, source=Source.OTHER_AGENCY, source_body_id=court.pk)
    sent = make_petition(country.commune, kind=Kind.REFLECTION)
    handle(sent, Handling.TRANSFER, date(2026, 3, 12), destination_id=court.pk)
    for agency, expected in (
        (country.commune, [1, 1, 1]),
        (country.province, [2, 1, 2]),
        (country.sister, [1, 1]),
    ):
        browse(client, make_officer(agency))
        uses = client.get(reverse("agencies:body", args=[court.pk])).context["uses"]
        assert sorted(use.count for use in uses) == sorted(expected)
        for use in uses:
            listing = client.get(use.url)
            assert len(listing.context["rows"]) == use.count
            assert court.name in listing.text


def test_who_opens_no_petition_is_told_no_number(client: Client, country: Country) -> None:
    make_petition(country.commune, prior_body_id=country.court.pk)
    browse(client, make_officer(country.commune, Role.UNIT_ADMIN))
    assert client.get(reverse("agencies:body", args=[country.court.pk])).context["uses"] == []


def test_a_list_by_a_body_that_is_not_there_says_so(client: Client, country: Country) -> None:
    browse(client, make_officer(country.commune))
    for key in ("x", "9" * 17, "-1", "²", ""):
        assert client.get(reverse("petitions:list"), {"chuyen_den": key}).status_code in (200, 422)


def test_saved_forms_are_remembered_by_the_pickers__R43(client: Client, country: Country) -> None:
    officer = make_officer(country.commune)
    browse(client, officer)
    school = make_body("Trường Tiểu học Hoa Phượng")
    sent = values(source=Source.OTHER_AGENCY, source_body=str(country.court.pk), source_paper="1/CV")
    client.post(reverse("petitions:new"), sent)
    assert recent(officer) == [country.court]
    petition = Petition.objects.get()
    result = {
        "handling": Handling.GUIDE, "handled_on": f"{petition.received_on:%d/%m/%Y}", "destination": str(school.pk),
        "version": str(petition.version),
    }  # fmt: skip
    client.post(reverse("settlement:handle", args=[petition.pk]), result)
    assert recent(officer) == [school, country.court]


def test_the_respondent_s_body_is_chosen_like_every_body__R43(client: Client, country: Country) -> None:
    officer = make_officer(country.commune)
    browse(client, officer)
    sent = values(
        respondent_name="", respondent_organisation="Chánh án", respondent_body=str(country.court.pk)
    )
    client.post(reverse("petitions:new"), sent)
    petition = Petition.objects.get()
    page = client.get(reverse("petitions:detail", args=[petition.pk])).text
    assert "Chánh án, Tòa án nhân dân tỉnh A" in page
    assert recent(officer) == [country.court]
    form = client.get(reverse("petitions:correct", args=[petition.pk]))
    assert form.context["form"]["respondent_body"].value() == country.court.pk
    changed = sent | {"respondent_body": "", "version": str(petition.version), "reason": "ghi nhầm"}
    client.post(reverse("petitions:correct", args=[petition.pk]), changed)
    assert petition.parties.get(role="respondent").body is None
    assert (
        "Cơ quan của người bị khiếu nại, tố cáo"
        in client.get(reverse("petitions:detail", args=[petition.pk])).text
    )


def test_petitions_about_people_of_a_body(client: Client, country: Country) -> None:
    party = NewParty(role=PartyRole.RESPONDENT, organisation="Chánh án", body_id=country.court.pk)
    make_petition(country.commune, parties=[NewParty(name="Trần Văn Bình", address="thôn 3"), party, party])
    browse(client, make_officer(country.commune))
    (use,) = client.get(reverse("agencies:body", args=[country.court.pk])).context["uses"]
    assert (use.label, use.count) == ("Đơn về người của cơ quan này", 1)
    assert len(client.get(use.url).context["rows"]) == 1
