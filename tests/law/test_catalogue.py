"""Kinds, sources, handlings and fields: one list for the whole house."""

import pytest

from kntc.law.catalogue import (
    field,
    field_tree,
    fields,
    find_handling,
    find_kind,
    find_reflection_kind,
    find_source,
    first_rule,
    handlings,
    kinds,
    reflection_kinds,
    settle_rule,
    sources,
)
from kntc.law.fields import field_name
from kntc.law.rules import rule_names
from kntc.law.tables import UnknownRule, class_of, classes, field_filter
from kntc.petitions.choices import Handling, Kind, ReflectionKind, Source


@pytest.mark.parametrize(
    ("entries", "choices"),
    [(kinds(), Kind), (reflection_kinds(), ReflectionKind), (sources(), Source), (handlings(), Handling)],
)
def test_the_register_stores_these_codes_under_these_names(entries, choices):
    assert {entry.code: entry.label for entry in entries} == dict(choices.choices)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Khiếu nại", "complaint"),
        ("khiếu nại ", "complaint"),
        ("KN", "complaint"),
        ("Đơn tố cáo", "denunciation"),
        ("TC", "denunciation"),
        ("KNPA", "reflection"),
        ("Phản ánh, kiến nghị", "reflection"),
        ("kiến nghị", "reflection"),
        ("Phản ánh", "reflection"),
        ("phan anh", "reflection"),
    ],
)
def test_a_kind_is_read_as_registers_write_it(written, kind):
    assert find_kind(written).code == kind


def test_what_is_no_kind_is_none():
    assert find_kind("Đơn xin nghỉ phép") is None
    assert find_kind("") is None


def test_proposal_and_feedback_are_told_apart_where_the_register_does():
    assert find_reflection_kind("Đơn kiến nghị").code == "proposal"
    assert find_reflection_kind("Phản ánh").code == "feedback"
    assert find_reflection_kind("KNPA") is None


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("Bưu điện", "post"),
        ("Trực tiếp", "counter"),
        ("Hòm thư góp ý", "suggestion_box"),
        ("Cơ quan khác chuyển đến", "other_agency"),
        ("online", "online"),
    ],
)
def test_a_source_is_read_as_registers_write_it(written, source):
    assert find_source(written).code == source


@pytest.mark.parametrize(
    ("written", "handling"),
    [
        ("Thụ lý giải quyết", "accept"),
        ("Lưu", "file"),
        ("Chuyển", "transfer"),
        ("Hướng dẫn", "guide"),
        ("Trả lại đơn và hướng dẫn", "return"),
        ("Không thụ lý", "decline"),
    ],
)
def test_a_handling_is_read_as_registers_write_it(written, handling):
    assert find_handling(written).code == handling


@pytest.mark.parametrize("find", [find_kind, find_source, find_handling])
def test_no_writing_means_two_things(find):
    entries = {find_kind: kinds(), find_source: sources(), find_handling: handlings()}[find]
    for entry in entries:
        for writing in (entry.label, *entry.aliases):
            assert find(writing) == entry


def test_a_handling_says_what_it_means_for_the_tables():
    meanings = {entry.code: (entry.eligible, entry.competent) for entry in handlings()}
    assert meanings == {
        "accept": (True, True),
        "decline": (True, True),
        "guide": (True, False),
        "return": (True, False),
        "transfer": (True, False),
        "urge": (True, False),
        "file": (False, None),
    }


def test_who_is_sent_elsewhere_is_told_where_to():
    assert {entry.code for entry in handlings() if entry.destination} == {
        "guide",
        "return",
        "transfer",
        "urge",
    }


def test_a_kind_has_only_the_handlings_that_fit():
    assert "decline" not in {entry.code for entry in handlings("reflection")}
    assert {entry.code for entry in handlings("complaint")} == {entry.code for entry in handlings()}


def test_caution_is_given_where_the_law_prefers_another_way():
    transfer = find_handling("transfer")
    assert "hướng dẫn" in transfer.caution_about("complaint")
    assert transfer.caution_about("denunciation") == ""


def test_every_handling_has_its_articles():
    assert all("Luật" in entry.articles for entry in handlings())


@pytest.mark.parametrize(
    ("kind", "instance", "source", "rule"),
    [
        ("complaint", None, "post", "complaint.accept"),
        ("complaint", 1, "", "complaint.accept"),
        ("complaint", 2, "", "complaint.accept-second"),
        ("denunciation", 1, "post", "denunciation.accept"),
        ("denunciation", 2, "post", "denunciation.review-again"),
        ("reflection", None, "counter", "reception.answer"),
        ("reflection", None, "post", ""),
    ],
)
def test_the_first_clock_of_a_petition(kind, instance, source, rule):
    assert first_rule(kind, instance, source) == rule
    assert rule == "" or rule in rule_names()


def test_the_clock_from_acceptance():
    assert settle_rule("complaint", 1) == "complaint.settle-first"
    assert settle_rule("complaint", 2) == "complaint.settle-second"
    assert settle_rule("denunciation", 2) == "denunciation.settle"
    assert settle_rule("reflection") == ""


def test_field_codes_are_unique_short_and_have_a_branch():
    codes = [entry.code for entry in fields()]
    assert len(codes) == len(set(codes))
    assert all(len(code) <= 40 for code in codes)
    assert all(field(entry.branch).is_branch for entry in fields())


def test_the_tree_holds_every_field_once():
    flat = [entry for branch, leaves in field_tree() for entry in (branch, *leaves)]
    assert sorted(flat, key=lambda entry: entry.code) == sorted(fields(), key=lambda entry: entry.code)


def test_a_field_is_named_with_its_branch():
    assert field_name("land.recovery") == "Đất đai: Thu hồi đất"
    assert field_name("environment") == "Tài nguyên, môi trường"
    assert field_name("") == "Chưa phân loại"


@pytest.mark.parametrize("kind", ["complaint", "denunciation", "reflection"])
def test_each_field_lies_in_just_one_class(kind):
    for entry in fields():
        holding = [
            found.code for found in classes(kind) if field_filter(kind, found.code).matches(entry.code)
        ]
        assert holding == [class_of(entry.code, kind).code]


@pytest.mark.parametrize("kind", ["complaint", "denunciation", "reflection"])
def test_the_unclassified_and_the_unheard_of_are_other(kind):
    for code in ("", "no-such-field"):
        assert class_of(code, kind).label == "Khác"
        assert field_filter(kind, "other").matches(code)
        assert not any(
            field_filter(kind, found.code).matches(code) for found in classes(kind) if not found.default
        )


def test_classes_are_those_of_the_form():
    labels = {kind.code: [found.label for found in classes(kind.code)] for kind in kinds()}
    assert labels == {
        "complaint": ["Đất đai", "Chế độ, chính sách", "Khác"],
        "denunciation": ["Hành chính", "Tham nhũng", "Tư pháp", "Khác"],
        "reflection": ["Chế độ, chính sách", "Đất đai", "Khác"],
    }


def test_classes_of_a_day_without_a_circular_are_unknown():
    from datetime import date

    with pytest.raises(UnknownRule):
        classes("complaint", date(2020, 1, 1))
