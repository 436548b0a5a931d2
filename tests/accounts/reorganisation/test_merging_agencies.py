"""A, B → C: what moves, what stays, what is refused."""

from datetime import date, timedelta

import pytest
from django.db.models import Model
from django.utils import timezone

from kntc.accounts.models import Group, Membership, Post
from kntc.accounts.reorganisation import programme as asked
from kntc.accounts.reorganisation.actions import merge_agencies, preview, undo_change
from kntc.accounts.reorganisation.programme import NewAgency
from kntc.accounts.roles import Role
from kntc.agencies.keepers import keeper_of
from kntc.agencies.models import Agency, AgencyChange, Level
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.audit.walls import acting_as
from kntc.petitions.actions import save_draft
from kntc.petitions.choices import Handling, Kind
from kntc.petitions.history import timeline
from kntc.petitions.models import Draft, Party, Petition, PetitionText
from kntc.reception.actions import NewVisit, record_visit
from kntc.reception.models import Visit
from kntc.reports.compile import compile_form
from kntc.settlement.models import Case
from tests.factories import SYSTEM, Country, handle, make_officer, make_petition, officer_of

TODAY = timezone.localdate()
YEAR = (date(2025, 12, 15), date(2026, 12, 14))


def new_commune(parent: str = "AAA") -> NewAgency:
    return NewAgency("AAA-9", "Ủy ban nhân dân xã Mới", parent, Level.COMMUNE, "committee")


def at_work(country: Country) -> tuple[Petition, Petition]:
    """Two petitions of the first commune, one of them being settled, and one of its sister."""
    clerk = make_officer(country.commune, login="an.luong")
    one = make_petition(country.commune, clerk)
    sealed = make_petition(country.commune, clerk, kind=Kind.DENUNCIATION)
    handle(one, Handling.ACCEPT, date(2026, 3, 12), clerk)
    make_petition(country.sister)
    record_visit(visit=NewVisit(country.commune, "Lê Văn Hai", "Hỏi đất", date(2026, 3, 11)), by=clerk)
    save_draft(values={"summary": "nháp"}, title="nháp", by=clerk)
    return one, sealed


def kept(model: type[Model]) -> list[tuple[int, str]]:
    return sorted(model._base_manager.values_list("pk", "keeper__code"))


def figures(agency: Agency) -> dict[int, int]:
    agency.refresh_from_db()
    return dict(compile_form("02/XLD", agency, *YEAR, SYSTEM).total.values)


def test_all_that_two_communes_keep_goes_to_a_new_one(country: Country) -> None:
    _, sealed = at_work(country)
    before = {a.code: figures(a) for a in (country.province, country.commune, country.sister)}

    change = merge_agencies(olds=["AAA-1", "AAA-2"], into="AAA-9", on=TODAY, new=new_commune(), by=SYSTEM)

    new = Agency.objects.get(code="AAA-9")
    assert change.status == AgencyChange.Status.DONE
    assert (new.valid_from, new.parent_id) == (TODAY, country.province.pk)
    for model in (Petition, PetitionText, Party, Case, Visit, Draft):
        assert set(model._base_manager.values_list("keeper__code", flat=True)) == {"AAA-9"}, model
    assert sealed.parties.get(role="petitioner").sealed.keeper == new
    assert set(Petition.objects.values_list("agency__code", flat=True)) == {"AAA-1", "AAA-2"}
    country.commune.refresh_from_db()
    assert country.commune.valid_to == TODAY - timedelta(days=1)
    assert keeper_of(country.commune) == new
    assert {a.code: figures(a) for a in (country.province, country.commune, country.sister)} == before
    assert figures(new)[1] == 0
    totals = change.report["totals"]
    assert (totals["petitions.petition"], totals["settlement.case"], totals["reception.visit"]) == (3, 1, 1)
    assert totals["petitions.draft"] == 1


def test_the_plan_says_what_the_act_then_does(country: Country) -> None:
    at_work(country)
    programme = asked.merger(["AAA-1", "AAA-2"], "AAA-9", TODAY, new=new_commune())
    plan = preview(programme, SYSTEM).as_json()
    assert not Agency.objects.filter(code="AAA-9").exists()
    assert Petition.objects.filter(keeper=country.commune).count() == 2
    change = merge_agencies(olds=["AAA-1", "AAA-2"], into="AAA-9", on=TODAY, new=new_commune(), by=SYSTEM)
    assert change.report == plan


def test_the_people_come_along_with_the_same_account(country: Country) -> None:
    clerk = make_officer(country.commune, login="an.luong")
    Post.objects.filter(pk=clerk.post_id).update(valid_from=TODAY - timedelta(days=300))
    both = make_officer(country.commune, login="hai.noi")
    Post.objects.create(account=both.account, agency=country.sister, role=Role.OFFICER, title="Kiêm")
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    old, new = Post.objects.filter(account=clerk.account).order_by("pk")
    assert (old.agency, old.valid_to) == (country.commune, TODAY - timedelta(days=1))
    assert (new.agency, new.valid_from, new.valid_to) == (country.sister, TODAY, None)
    assert (new.title, new.role) == (old.title, old.role)
    held = Post.objects.current().filter(account=both.account)
    assert [post.agency for post in held] == [country.sister]


def test_groups_of_the_same_name_become_one(country: Country) -> None:
    clerk, other = make_officer(country.commune), make_officer(country.sister)
    for officer, rights in ((clerk, ["import"]), (other, ["export"])):
        group = Group.objects.create(agency=officer.agency, name="Tổ Tiếp dân", rights=rights)
        Membership.objects.create(group=group, post=officer.post)
    lone = Group.objects.create(agency=country.commune, name="Chỉ ở xã này")
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    group = Group.objects.get(name="Tổ Tiếp dân")
    assert (group.agency, set(group.rights)) == (country.sister, {"import", "export"})
    assert group.memberships.count() == 2
    assert {m.post.agency for m in group.memberships.all()} == {country.sister}
    lone.refresh_from_db()
    assert lone.agency == country.sister


def test_work_stays_in_the_hand_of_the_same_person(country: Country) -> None:
    clerk = make_officer(country.commune)
    petition = make_petition(country.commune, clerk)
    assert petition.assignee_id == clerk.post_id
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    petition.refresh_from_db()
    assert petition.assignee.account == clerk.account
    assert petition.assignee.agency == country.sister
    assert petition.entered_by_id == clerk.post_id


def test_the_heir_reads_the_whole_history_and_others_do_not(country: Country) -> None:
    one, _ = at_work(country)
    heir, stranger = make_officer(country.sister), make_officer(country.far_commune)
    known = len(timeline(one))
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    with acting_as(heir):
        seen = Petition.objects.visible_to(heir).get(pk=one.pk)
        assert len(timeline(seen)) == known + 1
    with acting_as(stranger):
        assert not Petition.objects.filter(pk=one.pk).exists()
        assert timeline(one) == []


def test_an_administrator_of_the_province_may_and_others_may_not(country: Country) -> None:
    at_work(country)
    of_unit = make_officer(country.commune, Role.UNIT_ADMIN)
    elsewhere = make_officer(country.elsewhere, Role.UNIT_ADMIN)
    clerk = make_officer(country.province)
    for by, refusal in ((of_unit, NotAllowed), (elsewhere, OutOfReach), (clerk, NotAllowed)):
        with pytest.raises(refusal), acting_as(by):
            merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=by)
    admin = make_officer(country.province, Role.UNIT_ADMIN)
    with acting_as(admin):
        merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=admin)
    assert set(PetitionText.objects.values_list("keeper__code", flat=True)) == {"AAA-2"}
    assert set(Party.objects.values_list("keeper__code", flat=True)) == {"AAA-2"}


def test_a_closed_agency_takes_in_nothing(country: Country) -> None:
    clerk = make_officer(country.commune)
    merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    with pytest.raises(Refused, match=r"đã kết thúc hoạt động.*Bình Hòa"):
        make_petition(country.commune, clerk)
    with pytest.raises(Refused, match="đã kết thúc hoạt động"):
        record_visit(visit=NewVisit(country.commune, "Lê Văn Hai", "Hỏi đất", TODAY), by=clerk)
    moved = officer_of(Post.objects.current().get(account=clerk.account))
    assert make_petition(country.sister, moved).number.startswith("AAA-2-")


def test_undone_as_if_it_had_never_been(country: Country) -> None:
    at_work(country)
    clerk = Post.objects.get(account__login="an.luong")
    group = Group.objects.create(agency=country.commune, name="Tổ Tiếp dân", rights=["import"])
    Membership.objects.create(group=group, post=clerk)
    tables = {
        m: sorted(m._base_manager.values_list("pk", "keeper__code"))
        for m in (Petition, PetitionText, Party, Case, Visit, Draft)
    }
    tree = sorted(Agency.objects.values_list("code", "lft", "rgt", "valid_to"))
    change = merge_agencies(olds=["AAA-1", "AAA-2"], into="AAA-9", on=TODAY, new=new_commune(), by=SYSTEM)
    undo_change(change=change, by=SYSTEM, reason="nhầm")
    for model, rows in tables.items():
        assert kept(model) == rows, model
    assert sorted(Agency.objects.values_list("code", "lft", "rgt", "valid_to")) == tree
    assert [(p.pk, p.valid_to) for p in Post.objects.filter(account=clerk.account)] == [(clerk.pk, None)]
    assert Membership.objects.get(post=clerk).group.name == "Tổ Tiếp dân"
    assert Petition.objects.filter(agency=country.commune, assignee=clerk).count() == 2
    # Once more: nothing of the undone order is in the way.
    merge_agencies(olds=["AAA-1", "AAA-2"], into="AAA-9", on=TODAY, new=new_commune(), by=SYSTEM)


def test_not_undone_once_something_stands_on_it(country: Country) -> None:
    _, sealed = at_work(country)
    change = merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    handle(sealed, Handling.FILE, TODAY)
    with pytest.raises(Refused, match="1 hồ sơ được cơ quan kế thừa xử lý"):
        undo_change(change=change, by=SYSTEM)
    sealed.refresh_from_db()
    assert sealed.keeper == country.sister


def test_a_new_agency_that_has_begun_its_work_stays(country: Country) -> None:
    change = merge_agencies(olds=["AAA-1"], into="AAA-9", on=TODAY, new=new_commune(), by=SYSTEM)
    make_petition(Agency.objects.get(code="AAA-9"))
    with pytest.raises(Refused, match="đã có đơn của mình"):
        undo_change(change=change, by=SYSTEM)


def test_a_later_change_is_undone_first(country: Country) -> None:
    first = merge_agencies(olds=["AAA-1"], into="AAA-2", on=TODAY, by=SYSTEM)
    second = merge_agencies(olds=["AAA-2"], into="AAA-9", on=TODAY, new=new_commune(), by=SYSTEM)
    with pytest.raises(Refused, match="hoàn tác việc đó trước"):
        undo_change(change=first, by=SYSTEM)
    undo_change(change=second, by=SYSTEM)
    undo_change(change=first, by=SYSTEM)
    with pytest.raises(Refused, match="không có gì để hoàn tác"):
        undo_change(change=first, by=SYSTEM)


@pytest.mark.parametrize(
    ("olds", "into", "on", "says"),
    [
        (["AAA-1"], "AAA-1", TODAY, "vào chính mình"),
        (["AAA-1", "AAA-1"], "AAA-2", TODAY, "2 lần"),
        (["AAA-1"], "KHONG-CO", TODAY, "Không có cơ quan mã"),
        ([], "AAA-2", TODAY, "Chưa chọn cơ quan"),
        (["AAA-1"], "AAA-2", date(2020, 1, 1), "chọn ngày muộn hơn"),
        (["AAA-1", "AAA-2"], "AAA-2", TODAY, "chính mình"),
        (["AAA-1"], "CLOSED", TODAY, "đã kết thúc"),
        (["CLOSED"], "AAA-2", TODAY, "đã kết thúc"),
        (["AAA-1"], "COURT", TODAY, "không dùng hệ thống"),
    ],
)
def test_bad_input(country: Country, olds: list[str], into: str, on: date, says: str) -> None:
    Agency.objects.update(valid_from=date(2024, 1, 1))
    Agency.objects.filter(pk=country.court.pk).update(code="COURT")
    Agency.objects.filter(pk=country.far_commune.pk).update(code="CLOSED", valid_to=date(2025, 1, 1))
    before = sorted(Agency.objects.values_list("code", "valid_to"))
    with pytest.raises(InvalidInput, match=says):
        merge_agencies(olds=olds, into=into, on=on, by=SYSTEM)
    assert sorted(Agency.objects.values_list("code", "valid_to")) == before
    assert not AgencyChange.objects.exists()
