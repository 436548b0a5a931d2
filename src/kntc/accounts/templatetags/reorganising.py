"""Names in the place of codes on the report of a reorganisation."""

from django import template

from kntc.accounts.reorganisation.plan import Plan

register = template.Library()


@register.filter
def named(plan: Plan, code: str) -> str:
    return plan.names.get(code, code)
