"""What voiding a petition would change in the tables of its agency's year (R31)."""

from collections.abc import Iterator

from kntc.audit.actors import Actor
from kntc.law.tables import Column
from kntc.petitions.effects import Effect
from kntc.petitions.models import Petition
from kntc.reports.cells import column_label
from kntc.reports.compile import Compiled, compile_form, questions_of
from kntc.reports.conditions import Question
from kntc.reports.periods import year_of
from kntc.reports.rows import Part, Tree, received_in

FORM = "02/XLD"


def table_effects(petition: Petition, by: Actor) -> Iterator[Effect]:
    """The columns of 02/XLD that count this petition, for the year in which it was handled, or else received."""
    year = year_of(petition.handled_on or petition.received_on)
    if year is None or petition.agency.lft is None or petition.is_void:
        return
    compiled = compile_form(FORM, petition.agency, year.start, year.end, by)
    for column in compiled.form.columns:
        if _loses(column, petition, compiled, by):
            before = compiled.total.values[column.number]
            label = (
                f"Biểu {FORM} {_in_sentence(year.name)}, cột {column.number} ({column_label(column)}), "
                f"{petition.agency.short_name}"
            )
            yield Effect(label, before, before - 1)


def _loses(column: Column, petition: Petition, compiled: Compiled, by: Actor) -> bool:
    if column.binding is None or not column.binding.matches(
        petition, compiled.period.start, compiled.period.end
    ):
        return False
    question = questions_of(compiled.form, compiled.period, compiled.on)[column.number]
    return question.counts == "petitions" or not _others(petition, question, compiled, by)


def _others(petition: Petition, question: Question, compiled: Compiled, by: Actor) -> bool:
    """Whether another petition keeps the matter in the column."""
    inside = received_in(Tree(compiled.agency, (), ()), Part.WHOLE)
    same = Petition.objects.visible_to(by).live().filter(inside, question.q, matter_id=petition.matter_id)
    return same.exclude(pk=petition.pk).exists()


def _in_sentence(name: str) -> str:
    return name[0].lower() + name[1:]
