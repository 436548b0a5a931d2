"""The rulebook as data: complete, without gaps and overlaps, each rule with its article."""

import itertools
from datetime import date, timedelta

import pytest

from kntc.law.deadlines import rule_names, rules, unknown_rules
from kntc.law.documents import documents
from kntc.law.rules import ground_for

NAMED_BY_THE_ISSUE = {
    "complaint.lodge",
    "complaint.accept",
    "complaint.settle-first",
    "complaint.settle-second",
    "denunciation.accept",
    "denunciation.settle",
    "denunciation.transfer",
}


def test_the_rules_that_scripts_rely_on_exist():
    assert set(rule_names()) >= NAMED_BY_THE_ISSUE


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.name}@{rule.valid_from}")
def test_each_version_is_complete(rule):
    assert rule.unit in {"calendar", "working"}
    assert rule.days > 0
    assert "Điều" in rule.article
    assert rule.label
    assert rule.event.startswith("ngày")
    assert all(variant.days > rule.days and variant.because for variant in rule.variants)
    assert all(variant.when <= {"complex", "remote"} for variant in rule.variants)


@pytest.mark.parametrize("name", rule_names())
def test_versions_follow_on_each_other_without_gap(name):
    versions = [rule for rule in rules() if rule.name == name]
    for earlier, later in itertools.pairwise(versions):
        assert earlier.valid_to == later.valid_from - timedelta(days=1)
    assert versions[-1].valid_to is None


def test_what_is_unknown_is_not_also_a_rule():
    assert not set(unknown_rules()) & set(rule_names())
    assert all(unknown.reason.endswith(".") for unknown in unknown_rules().values())


def test_complaints_can_be_suspended_from_the_day_of_the_amendment():
    assert ground_for("complaint.settle-first", date(2026, 6, 30)) is None
    assert "11a" in ground_for("complaint.settle-first", date(2026, 7, 1)).article


def test_each_document_says_its_days():
    for document in documents():
        assert document.name
        assert document.valid_to is None or document.valid_from < document.valid_to
