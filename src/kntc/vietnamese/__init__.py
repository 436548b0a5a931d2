"""The Vietnamese language: folding, names, alphabetical order, official dates and numbers. Pure Python."""

from kntc.vietnamese.dates import DateProblem, long_date, parse_date, short_date
from kntc.vietnamese.folding import fold, squeeze, unify_tones
from kntc.vietnamese.names import name_bag, name_key, title_name
from kntc.vietnamese.numbers import number
from kntc.vietnamese.sorting import name_sort_key, sort_key

__all__ = [
    "DateProblem",
    "fold",
    "long_date",
    "name_bag",
    "name_key",
    "name_sort_key",
    "number",
    "parse_date",
    "short_date",
    "sort_key",
    "squeeze",
    "title_name",
    "unify_tones",
]
