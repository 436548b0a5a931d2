"""The grammar of the demonstration: people who could exist, petitions that do not look alike, words of our own."""

import re
from collections import Counter
from datetime import date, timedelta
from importlib.resources import files
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from kntc.law.catalogue import field as known_field
from kntc.law.catalogue import suggest_field
from kntc.ops.demo.grammar import Grammar, PetitionText, fields_for
from kntc.ops.demo.names import citizen_number, is_highland, person
from kntc.ops.demo.templates import say
from kntc.ops.demo.topics import read, topics
from kntc.people.identity import parts, problem

PLACES = [
    "Xã Ia Ly",
    "Phường Quy Nhơn",
    "Xã Tuy Phước",
    "Phường Pleiku",
    "Xã Chư Sê",
    "Xã Phù Cát",
    "Xã Kbang",
]
DAY = date(2026, 5, 20)
KINDS = ("complaint", "denunciation", "reflection")


def written(count: int, seed: int = 5) -> list[tuple[str, PetitionText]]:
    grammar, chance = Grammar(seed), Random(seed)
    texts = []
    for _ in range(count):
        kind = chance.choices(KINDS, (40, 12, 48))[0]
        field, place = chance.choice(fields_for(kind)), chance.choice(PLACES)
        day = date(2026, 1, 5) + timedelta(days=chance.randrange(300))
        instance = 1 if kind == "reflection" else chance.choice((1, 1, 1, 2))
        texts.append((kind, grammar.petition(kind, field, place, day, instance=instance)))
    return texts


@pytest.fixture(scope="module")
def corpus() -> list[tuple[str, PetitionText]]:
    return written(600)


def sentences(text: str) -> set[str]:
    """Sentences without what chance put into them."""
    return {re.sub(r"\d[\d.,/]*", "#", part.lower()).strip(" .") for part in re.split(r"(?<=[.!?])\s", text)}


def phrases(text: str) -> set[tuple[str, ...]]:
    words = re.sub(r"[\d.,/:]+", "#", text.lower()).split()
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def test_the_same_seed_writes_the_same():
    assert written(20, seed=7) == written(20, seed=7)
    assert written(20, seed=7) != written(20, seed=8)


def test_six_hundred_texts_do_not_look_alike(corpus):
    assert len({text.content for _, text in corpus}) == 600
    assert len({text.title for _, text in corpus}) > 450
    shingles = [phrases(text.content) for _, text in corpus]
    for number, mine in enumerate(shingles):
        for other in shingles[:number]:
            assert len(mine & other) / len(mine | other) < 0.5


def test_no_sentence_comes_from_the_sample_register(corpus):
    register = files("kntc.ops.demo").joinpath("data", "so-theo-doi-don-binh-dinh-2018-2019.xlsx")
    rows = CalamineWorkbook.from_path(str(register)).get_sheet_by_index(0).to_python()
    theirs = {
        sentence for row in rows for cell in row for sentence in sentences(str(cell)) if len(sentence) > 20
    }
    ours = {sentence for _, text in corpus for sentence in sentences(f"{text.title}. {text.content}")}
    assert len(theirs) > 1_000
    assert not ours & theirs


def test_every_field_is_one_of_the_catalogue_and_every_kind_has_many():
    for kind in KINDS:
        assert len(fields_for(kind)) >= 12
        assert all(known_field(code) for code in fields_for(kind))


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.field)
def test_every_title_has_enough_to_go_on(topic):
    for kind in topic.kinds:
        for region in "CH":
            assert len(topic.titles_for(kind, region)) >= 2
    for title in topic.titles:
        region = title.region or "H"
        assert sum(fact.goes_with(title.threads, region) for fact in topic.facts) >= 4
        assert any(request.goes_with(title.threads, region) for request in topic.requests)


@pytest.mark.parametrize(
    "name", ["texts-common", "texts-land", "texts-policy", "texts-service", "texts-life"]
)
def test_every_template_can_be_said(name):
    grammar = Grammar(1)
    story = grammar.petition("complaint", "land.recovery", "Xã Ia Ly", DAY)
    assert story.title
    for text in _templates(read(name)):
        spoken = say(text, Random(1), lambda slot: slot)
        assert not set("[]{}|") & set(spoken)


def _templates(content: object) -> list[str]:
    if isinstance(content, str):
        return [content]
    if isinstance(content, dict):
        return [text for value in content.values() for text in _templates(value)]
    return [text for value in content for text in _templates(value)]


def test_texts_are_whole_sentences(corpus):
    for _, text in corpus:
        assert text.title[0].isupper()
        assert text.content[-1] in ".…"
        assert not re.search(r"[\[\]{}|#]|  |\.\.|\s[.,;]", text.content)
        assert not any(part[0].islower() for part in re.split(r"(?<=[a-zà-ỹ]\.)\s", text.content))
        assert 10 < len(text.title) <= 200
        assert len(text.summary) <= 500


def test_the_petition_is_written_before_it_is_received():
    text = Grammar(3).petition("complaint", "land.recovery", "Xã Ia Ly", DAY)
    assert DAY - timedelta(days=6) <= text.written_on <= DAY


def test_what_is_told_lies_in_the_past(corpus):
    for _, text in corpus:
        for day, month, year in re.findall(r"(\d{2})/(\d{2})/(\d{4})", text.content):
            assert date(int(year), int(month), int(day)) < text.written_on


def test_a_denunciation_does_not_give_its_writer_away(corpus):
    denunciations = [text for kind, text in corpus if kind == "denunciation"]
    assert len(denunciations) > 40
    for text in denunciations:
        spoken = f"{text.title} {text.summary} {text.content} {text.request}"
        assert text.petitioner.name not in spoken
        assert text.petitioner.address not in spoken
        assert text.signatories == 1


def test_a_complaint_is_lodged_against_an_authority(corpus):
    respondents = [text.respondent for kind, text in corpus if kind == "complaint"]
    assert all(respondents)
    assert not any(respondent.startswith(("Ông ", "Bà ", "Hộ ", "Công ty")) for respondent in respondents)


def test_a_denunciation_names_somebody_and_a_reflection_need_not(corpus):
    assert all(text.respondent for kind, text in corpus if kind == "denunciation")
    assert not any(text.respondent for kind, text in corpus if kind == "reflection")


def test_titles_speak_as_their_kind(corpus):
    for kind, text in corpus:
        assert kind == "denunciation" or not text.title.startswith("Tố cáo")
        assert kind == "complaint" or not text.title.startswith("Khiếu nại")


def test_a_second_complaint_turns_against_the_first_decision():
    text = Grammar(2).petition("complaint", "land.recovery", "Xã Ia Ly", DAY, instance=2)
    assert re.search(r"Quyết định số \d[\d.]*/QĐ-UBND ngày \d\d/0[45]/2026", text.content)
    assert re.search("lần hai|khiếu nại tiếp", text.content)


def test_some_petitions_are_signed_by_many(corpus):
    groups = [text for kind, text in corpus if text.signatories > 1]
    assert 20 < len(groups) < 120
    assert all(str(text.signatories) in text.content for text in groups)


def test_a_branch_is_enough_and_a_stranger_is_refused():
    assert Grammar(1).petition("complaint", "land", "Xã Ia Ly", DAY).field.startswith("land.")
    with pytest.raises(LookupError):
        Grammar(1).petition("complaint", "corruption.bribery", "Xã Ia Ly", DAY)


def test_places_are_those_given(corpus):
    text = Grammar(4).petition("reflection", "transport", "Xã Chư Prông", DAY)
    assert text.petitioner.address.endswith("xã Chư Prông, tỉnh Gia Lai")


def test_the_catalogue_mostly_proposes_the_right_field(corpus):
    right = sum(
        suggest_field(f"{text.title}. {text.content}", kind)[0].split(".")[0] == text.field.split(".")[0]
        for kind, text in corpus
    )
    assert right / len(corpus) > 0.75


def test_people_have_numbers_that_tell_the_truth():
    chance = Random(9)
    people = [person(chance, place, DAY) for place in PLACES for _ in range(200)]
    for somebody in people:
        assert problem(somebody.id_number) == ""
        told = parts(somebody.id_number)
        if told is not None:
            assert (told.male, told.birth_year) == (somebody.male, somebody.birth_year)
    assert 0.05 < sum(not somebody.id_number for somebody in people) / len(people) < 0.2
    assert all(18 < DAY.year - somebody.birth_year < 86 for somebody in people)


def test_old_registers_show_old_cards():
    chance = Random(9)
    numbers = [person(chance, "Xã Tuy Phước", date(2018, 5, 5)).id_number for _ in range(300)]
    lengths = Counter(len(number) for number in numbers)
    assert lengths[9] > lengths[12] > 0
    assert all(number.startswith("21") for number in numbers if len(number) == 9)


@pytest.mark.parametrize(
    ("male", "birth_year", "beginning"),
    [(True, 1965, "052065"), (False, 1965, "052165"), (True, 2004, "052204"), (False, 2004, "052304")],
)
def test_a_citizen_number_holds_province_sex_and_year(male, birth_year, beginning):
    number = citizen_number(Random(1), "052", male=male, birth_year=birth_year)
    assert number.startswith(beginning)
    assert len(number) == 12


def test_telephones_reach_nobody():
    chance = Random(2)
    phones = {person(chance, "Xã Ia Ly", DAY).phone for _ in range(200)} - {""}
    assert all(re.fullmatch(r"095\d{7}", phone) for phone in phones)


def test_names_stand_in_their_order_and_proportion():
    chance = Random(3)
    names = [person(chance, "Xã Tuy Phước", DAY).name for _ in range(2_000)]
    surnames = Counter(name.split()[0] for name in names)
    assert 0.3 < surnames["Nguyễn"] / len(names) < 0.42
    assert surnames["Huỳnh"] > surnames["Trịnh"]
    assert all(len(name.split()) >= 3 for name in names)
    assert sum("Thị" in name.split() for name in names) > 500
    assert len(set(names)) > 1_200


def test_the_highlands_have_names_of_their_own():
    assert is_highland("Xã Ia Ly")
    assert is_highland("phường Pleiku")
    assert not is_highland("Phường Quy Nhơn")
    assert not is_highland("Xã Tuy Phước")
    chance = Random(3)
    here = [person(chance, "Xã Ia Ly", DAY).name for _ in range(300)]
    there = [person(chance, "Xã Tuy Phước", DAY).name for _ in range(300)]
    assert any(name.startswith(("Siu ", "Rơ Châm ", "Ksor ")) for name in here)
    assert not any(name.startswith(("Siu ", "Rơ Châm ", "Ksor ")) for name in there)


def test_visits_are_varied_and_sometimes_large():
    grammar = Grammar(6)
    visits = [grammar.visit("Xã Chư Sê", DAY) for _ in range(300)]
    assert {visit.kind for visit in visits} == set(KINDS)
    assert len({visit.summary for visit in visits}) > 290
    assert 5 < sum(visit.people_count >= 5 for visit in visits) < 60
    assert all(visit.visitor.address.endswith("xã Chư Sê, tỉnh Gia Lai") for visit in visits)


def test_a_visit_may_be_asked_for():
    visit = Grammar(6).visit("Xã Chư Sê", DAY, kind="denunciation", field="corruption.bribery")
    assert (visit.kind, visit.field) == ("denunciation", "corruption.bribery")


def test_a_template_that_does_not_close_is_refused():
    with pytest.raises(ValueError, match="brackets do not match"):
        say("một [hai|ba", Random(1), str)
    with pytest.raises(ValueError, match="brackets do not match"):
        say("một] hai", Random(1), str)
