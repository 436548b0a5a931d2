"""Statutory tables: the forms, the checks of their numbers, what their columns count, the reporting periods."""

from kntc.law.bindings import Binding, PetitionFact
from kntc.law.checks import Finding, check
from kntc.law.classes import FieldClass, FieldFilter, class_of, classes, field_filter
from kntc.law.errors import UnknownRule
from kntc.law.forms import Column, Form, form, forms
from kntc.law.periods import Period, period, periods

__all__ = [
    "Binding",
    "Column",
    "FieldClass",
    "FieldFilter",
    "Finding",
    "Form",
    "Period",
    "PetitionFact",
    "UnknownRule",
    "check",
    "class_of",
    "classes",
    "field_filter",
    "form",
    "forms",
    "period",
    "periods",
]
