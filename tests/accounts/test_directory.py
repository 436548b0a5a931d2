"""The directory of bodies: who reviews what, what each decision does, what everybody reads (R43, R45)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kntc.accounts.actions import bodies as acts
from kntc.accounts.actions.bodies import BodyValues
from kntc.accounts.acts import Act, Tier
from kntc.accounts.models import Delegation, Message
from kntc.accounts.officers import Officer
from kntc.accounts.roles import Role
from kntc.accounts.screens.directory_queries import pairs_within, waiting_within
from kntc.agencies.actions import answer_proposal, propose_body
from kntc.agencies.models import Agency, AgencyAlias, BodyKind, BodyMerge, DistinctBodies, Place
from kntc.agencies.queries import Resolver
from kntc.audit.errors import InvalidInput, NotAllowed, OutOfReach, Refused
from kntc.audit.models import Entry
from tests.factories import Country, make_body, make_officer, make_petition

SCHOOL = "Trường THCS Nhơn Bình"


def reviewer(country: Country) -> Officer:
    return make_officer(country.province, Role.UNIT_ADMIN)


def proposed(country: Country, name: str = SCHOOL, by: Officer | None = None) -> Agency:
    return propose_body(by=by or make_officer(country.commune), name=name, kind=BodyKind.SCHOOL)


def browse(client: Client, officer: Officer) -> Client:
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_proposal_waits_in_the_queue_of_its_province_oldest_first__R45(country: Country) -> None:
    first, second = proposed(country), proposed(country, "Trường THCS Nhơn An")
    waiting = waiting_within(reviewer(country))
    assert [proposal.body for proposal in waiting] == [first, second]
    assert "Nguyễn Thị" in waiting[0].proposed_by
    assert waiting[0].agency == country.commune
    assert not waiting_within(make_officer(country.elsewhere, Role.UNIT_ADMIN))
    assert len(waiting_within(make_officer(country.root, Role.UNIT_ADMIN))) == 2


def test_approving_tells_who_proposed(country: Country) -> None:
    by = make_officer(country.commune)
    body = proposed(country, by=by)
    acts.approve_body(body=body, by=reviewer(country))
    body.refresh_from_db()
    assert body.status == Agency.Status.ACTIVE
    message = Message.objects.get(recipient=by.account)
    assert f"Đã duyệt “{SCHOOL}”" in message.subject
    assert message.link == reverse("agencies:body", args=[body.pk])
    assert not waiting_within(reviewer(country))
    with pytest.raises(Refused, match="không chờ duyệt"):
        acts.approve_body(body=body, by=reviewer(country))
    assert Entry.objects.filter(action="body.approve").count() == 1


def test_turned_down_it_leaves_every_choice_and_may_come_back(country: Country) -> None:
    body = proposed(country)
    petition = make_petition(country.commune, prior_body_id=body.pk)
    with pytest.raises(InvalidInput):
        acts.reject_body(body=body, by=reviewer(country), reason="  ")
    acts.reject_body(body=body, by=reviewer(country), reason="không phải tên cơ quan")
    assert Resolver(country.commune).best(SCHOOL) is None
    petition.refresh_from_db()
    assert petition.prior_body == body
    acts.approve_body(body=body, by=reviewer(country))
    match = Resolver(country.commune).best(SCHOOL)
    assert match
    assert match.agency == body


def test_asked_back_and_answered(country: Country) -> None:
    by = make_officer(country.commune)
    body = proposed(country, by=by)
    proposal = acts.ask_proposer(body=body, question="Trường này ở phường nào?", by=reviewer(country))
    assert proposal.waits_for_answer
    assert Message.objects.get(recipient=by.account).body == "Trường này ở phường nào?"
    with pytest.raises(NotAllowed, match="cơ quan đã đề nghị"):
        answer_proposal(proposal=proposal, answer="x", by=make_officer(country.sister))
    with pytest.raises(InvalidInput):
        answer_proposal(proposal=proposal, answer=" ", by=by)
    proposal = answer_proposal(proposal=proposal, answer="Phường Nhơn Bình", by=by)
    assert not proposal.waits_for_answer
    with pytest.raises(Refused):
        answer_proposal(proposal=proposal, answer="nữa", by=by)
    assert Resolver(country.commune).best(SCHOOL)  # usable all the while


def test_correcting(country: Country) -> None:
    body = proposed(country, "Trường cấp 2 N.Bình")
    values = BodyValues(
        name=f" {SCHOOL} ", kind=BodyKind.SCHOOL, address="thôn 1", phone="0256 3 111 222",
        aliases=["Cấp 2 Nhơn Bình", "THCS Nhơn Bình", ""],
    )  # fmt: skip
    acts.correct_body(body=body, values=values, by=reviewer(country), reason="ghi đủ tên")
    body.refresh_from_db()
    assert (body.name, body.short_name, body.address, body.status) == (SCHOOL, SCHOOL, "thôn 1", "proposed")
    assert set(body.aliases.values_list("text", flat=True)) == {"Cấp 2 Nhơn Bình", "THCS Nhơn Bình"}
    kept = AgencyAlias.objects.get(text="Cấp 2 Nhơn Bình").pk
    acts.correct_body(
        body=body,
        values=BodyValues(name=SCHOOL, kind=BodyKind.SCHOOL, aliases=["Cấp 2 Nhơn Bình"]),
        by=reviewer(country),
    )
    assert list(body.aliases.values_list("pk", flat=True)) == [kept]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (BodyValues("abc", BodyKind.SCHOOL), "name"),
        (BodyValues("Tòa án nhân dân tỉnh A", BodyKind.COURT), "name"),
        (BodyValues(SCHOOL, "ship"), "kind"),
        (BodyValues(SCHOOL, BodyKind.SCHOOL, short_name="x" * 161), "short_name"),
        (BodyValues(SCHOOL, BodyKind.SCHOOL, aliases=["x" * 256]), "aliases"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(country: Country, values: BodyValues, field: str) -> None:
    body = proposed(country, "Trường cấp hai")
    with pytest.raises(InvalidInput) as refusal:
        acts.correct_body(body=body, values=values, by=reviewer(country))
    assert list(refusal.value.errors) == [field]


def test_a_merge_and_its_undoing_within_30_days__R45(country: Country) -> None:
    by = make_officer(country.commune)
    body = proposed(country, "Trường cấp 2 Nhơn Bình", by)
    kept = make_body(SCHOOL, kind=BodyKind.SCHOOL, parent=country.province)
    petition = make_petition(country.commune, prior_body_id=body.pk)
    with pytest.raises(InvalidInput):
        acts.merge_bodies(merged=body, kept=kept, by=reviewer(country), reason="")
    merge = acts.merge_bodies(merged=body, kept=kept, by=reviewer(country), reason="cùng một trường")
    petition.refresh_from_db()
    assert petition.prior_body == kept
    assert f"là “{SCHOOL}” đã có" in Message.objects.get(recipient=by.account).subject
    assert not waiting_within(reviewer(country))
    with pytest.raises(InvalidInput):
        acts.undo_merge(merge=merge, by=reviewer(country), reason=" ")
    acts.undo_merge(merge=merge, by=reviewer(country), reason="hai trường khác nhau")
    petition.refresh_from_db()
    assert petition.prior_body == body
    assert [proposal.body for proposal in waiting_within(reviewer(country))] == [body]
    with pytest.raises(Refused, match="đã được hoàn lại"):
        acts.undo_merge(merge=merge, by=reviewer(country), reason="x")


def test_after_30_days_a_merge_stands(country: Country) -> None:
    body, kept = proposed(country, "Trường cấp hai"), proposed(country)
    merge = acts.merge_bodies(merged=body, kept=kept, by=reviewer(country), reason="một")
    BodyMerge.objects.update(merged_at=timezone.now() - timedelta(days=30, minutes=1))
    with pytest.raises(Refused, match="quá 30 ngày"):
        acts.undo_merge(merge=merge, by=reviewer(country), reason="x")


def test_the_later_merge_is_undone_first(country: Country) -> None:
    one, two, three = (proposed(country, f"Trường THCS Nhơn {name}") for name in ("An", "Hậu", "Mỹ"))
    merge = acts.merge_bodies(merged=one, kept=two, by=reviewer(country), reason="một")
    acts.merge_bodies(merged=two, kept=three, by=reviewer(country), reason="một")
    with pytest.raises(Refused, match="hoàn lại lần gộp đó trước"):
        acts.undo_merge(merge=merge, by=reviewer(country), reason="x")


def test_who_may_review_whose(country: Country) -> None:
    body, kept = proposed(country), make_body("Trường cấp hai", parent=country.province)
    far = make_officer(country.elsewhere, Role.UNIT_ADMIN)
    officer = make_officer(country.province)
    unit = make_officer(country.commune, Role.UNIT_ADMIN)
    for by, error in ((far, OutOfReach), (officer, NotAllowed), (unit, NotAllowed)):
        for act in (
            lambda by: acts.approve_body(body=body, by=by),
            lambda by: acts.reject_body(body=body, by=by, reason="x"),
            lambda by: acts.ask_proposer(body=body, by=by, question="x"),
            lambda by: acts.correct_body(body=body, by=by, values=BodyValues(SCHOOL, BodyKind.SCHOOL)),
            lambda by: acts.merge_bodies(merged=body, kept=kept, by=by, reason="x"),
            lambda by: acts.tell_apart(one=body, other=kept, by=by),
        ):
            with pytest.raises(error):
                act(by)
    with pytest.raises(OutOfReach):  # the country's own bodies are the nation's to keep
        acts.correct_body(
            body=country.court, by=reviewer(country), values=BodyValues("Tòa án", BodyKind.COURT)
        )
    Delegation.objects.create(act=Act.REVIEW_BODIES, tier=Tier.PROVINCE, allowed=False)
    with pytest.raises(NotAllowed, match="không phân cấp"):
        acts.approve_body(body=body, by=reviewer(country))


def test_agencies_at_work_are_not_merged_here(country: Country) -> None:
    with pytest.raises(Refused, match="Sắp xếp cơ quan"):
        acts.merge_bodies(merged=country.commune, kept=country.sister, by=reviewer(country), reason="x")


def test_a_pair_is_found_once_and_forgotten_when_told_apart__R45(country: Country) -> None:
    make_body(SCHOOL, kind=BodyKind.SCHOOL, parent=country.province)
    twice = proposed(country, "Trường trung học cơ sở Bình Nhơn")
    make_body("Trường THCS Nhơn Hậu", kind=BodyKind.SCHOOL, parent=country.province)
    (pair,) = pairs_within(reviewer(country))
    assert (pair.one, pair.other.name) == (twice, SCHOOL)  # the proposal is the one that goes
    assert any("khác thứ tự" in reason for reason in pair.reasons)
    assert pairs_within(make_officer(country.elsewhere, Role.UNIT_ADMIN)) == []
    acts.tell_apart(one=pair.one, other=pair.other, by=reviewer(country))
    acts.tell_apart(one=pair.other, other=pair.one, by=reviewer(country))
    assert DistinctBodies.objects.count() == 1
    assert pairs_within(reviewer(country)) == []


# ---- Screens ----


def test_everybody_reads_the_directory(client: Client, country: Country) -> None:
    body = proposed(country)
    for role in Role:
        browse(client, make_officer(country.commune, role))
        page = client.get(reverse("agencies:directory"), {"q": "thcs nhon b"})
        assert [found.name for found in page.context["page"].bodies] == [SCHOOL]
        assert "Nghi trùng" not in page.text
        assert client.get(reverse("agencies:body", args=[body.pk])).status_code == 200


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "toa an"}, ["Tòa án nhân dân tỉnh A"]),
        ({"q": "TAND"}, ["Tòa án nhân dân tỉnh A"]),
        ({"q": "nhà xử án"}, ["Tòa án nhân dân tỉnh A"]),
        ({"loai": "court"}, ["Tòa án nhân dân tỉnh A"]),
        ({"trang-thai": "proposed"}, [SCHOOL]),
        ({"trang-thai": "proposed", "q": "trường"}, [SCHOOL]),
        ({"trang-thai": "rejected", "q": "thcs"}, []),
        ({"q": "toaa an nhan dan tinh a"}, ["Tòa án nhân dân tỉnh A"]),
        (
            {"loai": "x", "trang-thai": "'", "tinh": "P1%", "q": "%", "sau": "9" * 30, "truoc": "é"},
            None,
        ),
    ],
)
def test_search_and_filters(
    client: Client, country: Country, asked: dict[str, str], names: list[str] | None
) -> None:
    proposed(country)
    AgencyAlias.objects.create(agency=country.court, text="Nhà xử án", text_fold="nha xu an")
    country.court.save()
    browse(client, make_officer(country.commune))
    page = client.get(reverse("agencies:directory"), asked)
    assert page.status_code == 200
    if names is not None:
        assert [body.name for body in page.context["page"].bodies] == names


def test_pages_by_key_run_both_ways(client: Client, country: Country) -> None:
    for number in range(120):
        make_body(f"Trường số {number:03}", kind=BodyKind.SCHOOL)
    browse(client, make_officer(country.commune))
    url = reverse("agencies:directory")
    seen, query, pages = [], "?loai=school", []
    while query:
        page = client.get(url + query)
        pages.append([body.name for body in page.context["page"].bodies])
        seen += pages[-1]
        query = page.context["next"]
    assert seen == [f"Trường số {number:03}" for number in range(120)]
    back = client.get(url + page.context["previous"])
    assert [body.name for body in back.context["page"].bodies] == pages[1]
    first = client.get(url + back.context["previous"])
    assert [body.name for body in first.context["page"].bodies] == pages[0]
    assert first.context["previous"] == ""


def test_a_province_of_today_holds_what_became_part_of_it(client: Client, country: Country) -> None:
    def place(pk: str, parent: Place | None = None) -> Place:
        made = Place(pk=pk, code=pk[-2:], name=f"Tỉnh {pk}", kind="province", parent=parent)
        made.clean_keys()
        made.save()
        return made

    now, before = place("P52"), place("LP51")
    before.becomes.create(new=now, is_default=True)
    body = make_body("Trường Cũ", place=place("LC1", place("LD1", before)))
    browse(client, make_officer(country.commune))
    page = client.get(reverse("agencies:directory"), {"tinh": "P52"})
    assert page.context["page"].bodies == [body]


def test_statements_of_the_screens(
    client: Client,
    country: Country,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for number in range(30):
        proposed(country, f"Trường THCS Nhơn Bình {number}")
    body = proposed(country)
    browse(client, reviewer(country))
    for address in ("directory", "proposals", "duplicates", "merges"):
        client.get(reverse(f"agencies:{address}"))
        with django_assert_max_num_queries(26):
            client.get(reverse(f"agencies:{address}"))
    with django_assert_max_num_queries(28):
        client.get(reverse("agencies:body", args=[body.pk]))


def test_a_reviewer_works_through_the_queue(client: Client, country: Country) -> None:
    body, other = proposed(country), proposed(country, "Trường cấp 2 Nhơn An")
    browse(client, reviewer(country))
    queue = client.get(reverse("agencies:proposals"))
    assert SCHOOL in queue.text
    assert [part["count"] for part in queue.context["parts"]] == [None, 2, None, None]
    done = client.post(reverse("agencies:approve-body", args=[body.pk]), {"queue": "1"}, follow=True)
    assert done.redirect_chain == [(reverse("agencies:proposals"), 302)]
    assert "Đã duyệt" in done.text
    form = client.get(reverse("agencies:correct-body", args=[other.pk]))
    assert "Sửa và duyệt" in form.text
    values = {"name": "Trường THCS Nhơn An", "kind": "school", "aliases": "Cấp 2 Nhơn An", "approve": "1"}
    assert client.post(reverse("agencies:correct-body", args=[other.pk]), values).status_code == 302
    other.refresh_from_db()
    assert (other.name, other.status) == ("Trường THCS Nhơn An", "active")
    page = client.get(reverse("agencies:body", args=[other.pk]))
    assert "<del>Trường cấp 2 Nhơn An</del>" in page.text


def test_what_is_missing_comes_back_with_its_sentence(client: Client, country: Country) -> None:
    body = proposed(country)
    browse(client, reviewer(country))
    for name, sentence in (
        ("reject-body", "Hãy ghi lý do không duyệt"), ("ask-body", "Hãy ghi điều cần hỏi"),
        ("correct-body", "bắt buộc"), ("merge-body", "Chọn cơ quan được giữ lại"),
    ):  # fmt: skip
        answer = client.post(reverse(f"agencies:{name}", args=[body.pk]), {})
        assert answer.status_code == 422
        assert sentence in answer.text
    assert client.post(reverse("agencies:distinct"), {"one": "x", "other": "9" * 30}).status_code == 409
    assert client.get(reverse("agencies:body", args=[987654321])).status_code == 403
    assert client.post(reverse("agencies:undo-merge", args=[1])).status_code == 403


def test_merging_from_the_pair_and_undoing(client: Client, country: Country) -> None:
    kept = make_body(SCHOOL, kind=BodyKind.SCHOOL, parent=country.province)
    twice = proposed(country, "Trường trung học cơ sở Bình Nhơn")
    make_petition(country.commune, prior_body_id=twice.pk)
    browse(client, reviewer(country))
    assert "khác thứ tự" in client.get(reverse("agencies:duplicates")).text
    url = reverse("agencies:merge-body", args=[twice.pk])
    page = client.get(url, {"vao": kept.pk})
    assert f'value="{SCHOOL}"' in page.text
    assert "Sẽ chuyển theo" in page.text
    moved = client.post(url, {"kept": kept.pk, "reason": "cùng một trường"}, follow=True)
    assert "Hoàn lại được trong 30 ngày" in moved.text
    assert "đã gộp vào" in client.get(reverse("agencies:body", args=[twice.pk])).text.lower()
    merge = BodyMerge.objects.get()
    undone = client.post(
        reverse("agencies:undo-merge", args=[merge.pk]), {"reason": "khác nhau"}, follow=True
    )
    assert "Đã hoàn lại" in undone.text
    again = client.post(url, {"kept": twice.pk, "reason": "x"})
    assert again.status_code == 422
    assert "Hai mục là một" in again.text


def test_the_proposer_answers_on_the_body_s_page(client: Client, country: Country) -> None:
    by = make_officer(country.commune)
    body = proposed(country, by=by)
    acts.ask_proposer(body=body, question="Ở đâu?", by=reviewer(country))
    browse(client, by)
    assert "Gửi trả lời" in client.get(reverse("agencies:body", args=[body.pk])).text
    url = reverse("agencies:answer-body", args=[body.pk])
    assert client.post(url, {"answer": ""}).status_code == 422
    assert "Đã gửi câu trả lời" in client.post(url, {"answer": "Phường A"}, follow=True).text
    assert (
        client.post(reverse("agencies:answer-body", args=[country.court.pk]), {"answer": "x"}).status_code
        == 409
    )
