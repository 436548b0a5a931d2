"""What an agency has settled once, its columns and its own words, is not asked again."""

from dataclasses import replace

import pytest

from kntc.audit.errors import InvalidInput
from kntc.audit.walls import acting_as
from kntc.petitions.models import Petition
from kntc.registers import storage
from kntc.registers.actions import choose_columns, explain_values, start_import
from kntc.registers.examining import examine, plan_for
from kntc.registers.models import Batch, ColumnChoice, Status, ValueMeaning
from kntc.registers.reading.plan import SheetPlan, with_choice
from kntc.registers.reading.workbook import Workbook
from kntc.registers.running import bring_in_all
from tests.factories import SYSTEM, Country
from tests.registers.books import HEADER, book_of, plain_register, row
from tests.registers.bringing import bring_in, counts, errors, examined

# "Mốc A" and "Mốc B" say nothing; the person says that the second is the day of receipt.
ODD = [*HEADER[:1], "Mốc A", *HEADER[2:], "Mốc B"]


def odd(*days: str) -> bytes:
    return book_of(ODD, *([*row(n, "01/01/2018"), day] for n, day in enumerate(days, 1)))


def plans_of(batch: Batch) -> list[SheetPlan]:
    with Workbook(storage.read(batch.stored)) as book:
        return plan_for(batch, book)


def choose(batch: Batch, choice: dict[int, str]) -> Batch:
    plans = [with_choice(plan, choice) for plan in plans_of(batch)]
    with acting_as(SYSTEM):
        choose_columns(batch=batch, plans=plans, by=SYSTEM)
    return examine(Batch.objects.get(pk=batch.pk), SYSTEM)


def test_a_choice_of_columns_holds_for_the_next_register_of_this_layout(country: Country) -> None:
    batch = choose(examined(country.commune, odd("05/02/2018")), {1: "note", 10: "received_on"})
    assert batch.status == Status.READY
    with acting_as(SYSTEM):
        start_import(batch=batch, by=SYSTEM)
    bring_in_all(Batch.objects.get(pk=batch.pk), SYSTEM)
    assert str(Petition.objects.get().received_on) == "2018-02-05"
    assert "Mốc A: 01/01/2018" in Petition.objects.get().text.note

    bring_in(country.commune, odd("05/02/2018", "06/03/2018"))
    assert sorted(map(str, Petition.objects.values_list("received_on", flat=True))) == [
        "2018-02-05",
        "2018-03-06",
    ]


def test_the_choice_is_that_agencys_own(country: Country) -> None:
    choose(examined(country.commune, odd("05/02/2018")), {1: "note", 10: "received_on"})
    assert ColumnChoice.objects.get().agency_id == country.commune.pk
    other = plans_of(examined(country.sister, odd("05/02/2018")))
    assert other[0].targets.get(10) != "received_on"


def test_another_layout_is_looked_at_anew(country: Country) -> None:
    choose(examined(country.commune, odd("05/02/2018")), {1: "note", 10: "received_on"})
    (plan,) = plans_of(examined(country.commune, plain_register(row(1))))
    assert plan.targets[1] == "received_on"


def test_the_last_word_counts(country: Country) -> None:
    batch = choose(examined(country.commune, odd("05/02/2018")), {1: "note", 10: "received_on"})
    choose(batch, {1: "received_on", 10: "note"})
    assert ColumnChoice.objects.count() == 1
    (plan,) = plans_of(examined(country.commune, odd("05/02/2018")))
    assert plan.targets[1] == "received_on"


def test_choices_that_cannot_be(country: Country) -> None:
    batch = examined(country.commune, odd("05/02/2018"))
    plans = plans_of(batch)
    wrong = [
        ([with_choice(plans[0], {1: "received_on", 10: "received_on"})], "đang chọn cho hai cột"),
        ([with_choice(plans[0], {1: "", 10: ""})], "chưa cột nào là “Ngày nhận đơn”"),
        ([replace(plans[0], selected=False)], "ít nhất một trang tính"),
    ]
    for chosen, said in wrong:
        with pytest.raises(InvalidInput) as problem:
            choose_columns(batch=batch, plans=chosen, by=SYSTEM)
        assert said in str(problem.value.__dict__)
    assert not ColumnChoice.objects.exists()


# ---- the agency's own words

STRANGE = plain_register(
    row(1, kind="Đơn lạ"),
    row(2, kind="ĐƠN LẠ "),
    row(3, source="Nhặt được"),
    row(4, handling="Để đấy"),
    row(5),
)


def explain(batch: Batch, meanings: dict[tuple[str, str], str]) -> Batch:
    with acting_as(SYSTEM):
        explain_values(batch=batch, meanings=meanings, by=SYSTEM)
    return examine(Batch.objects.get(pk=batch.pk), SYSTEM)


def test_what_is_not_understood_is_asked_with_its_count(country: Country) -> None:
    batch = examined(country.commune, STRANGE)
    unknown = {(name, text.strip().lower()): n for name, text, n in batch.preview["unknown"]}
    assert ("source", "nhặt được") in unknown
    assert ("handling", "để đấy") in unknown
    assert ("kind", "đơn lạ") in unknown


def test_an_explained_word_is_understood_from_then_on(country: Country) -> None:
    batch = examined(country.commune, STRANGE)
    assert batch.preview["rejected"] == 2
    batch = explain(
        batch,
        {("kind", "Đơn lạ"): "feedback", ("source", "Nhặt được"): "counter", ("handling", "Để đấy"): "file"},
    )
    assert (batch.preview["rejected"], batch.preview["created"], batch.preview["unknown"]) == (0, 5, [])
    assert counts(bring_in(country.commune, STRANGE)) == (5, 0, 0)
    kinds = Petition.objects.filter(kind="reflection").values_list("reflection_kind", flat=True)
    assert list(kinds) == ["feedback", "feedback"]
    assert Petition.objects.filter(source="counter").count() == 1
    assert Petition.objects.filter(handling="file").count() == 5
    assert bring_in(country.sister, STRANGE).rejected == 2, "another agency may mean something else"


def test_a_body_can_be_explained_by_its_code(country: Country) -> None:
    content = book_of([*HEADER, "Đơn vị tiếp nhận"], [*row(1), "Phòng Xây lắp"], [*row(2), "phòng xây  lắp"])
    batch = examined(country.province, content)
    assert batch.preview["rejected"] == 2
    assert "Phòng Xây lắp" in errors(batch)[0]
    batch = explain(batch, {("body", "Phòng Xây lắp"): "AAA-SXD"})
    assert batch.preview["rejected"] == 0
    batch.refresh_from_db()
    assert batch.preview["agencies"] == [["Sở Xây dựng", 2]]


@pytest.mark.parametrize(
    "meaning",
    [("kind", "gì đó"), ("source", "complaint"), ("body", "KHONG-CO"), ("due_on", "x"), ("handling", "đốt")],
)
def test_meanings_that_do_not_exist(country: Country, meaning: tuple[str, str]) -> None:
    batch = examined(country.commune, STRANGE)
    with pytest.raises(InvalidInput):
        explain_values(batch=batch, meanings={(meaning[0], "x"): meaning[1]}, by=SYSTEM)
    assert not ValueMeaning.objects.exists()
