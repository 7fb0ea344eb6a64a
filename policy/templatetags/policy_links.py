"""Links to clauses and words of closed lists, for templates."""

from __future__ import annotations

from datetime import date

from django import template

from policy.trace import Traced

register = template.Library()


@register.filter
def clause_anchor(clause_id: str) -> str:
    """The anchor of a clause on its edition's page: ``II.B#13`` gives ``clause-II.B-13``."""
    return "clause-" + clause_id.replace("#", "-")


@register.filter
def for_clause(traced: dict[str, Traced], clause_id: str) -> Traced:
    """What is behind one clause, out of what is behind all of an edition."""
    return traced[clause_id]


@register.filter
def value_name(path: str) -> str:
    """The path of a value as words: ``parameters.date.value`` gives ``parameters, date, value``."""
    return path.replace("_", " ").replace(".", ", ")


@register.filter
def spaced(key: str) -> str:
    """A key of a closed list as words: ``unlawful_entry`` gives ``unlawful entry``."""
    return key.replace("_", " ")


@register.filter
def parameter_value(value: object) -> str:
    """A value of a criterion as a person reads it: days as 2020-11-01, keys in words."""
    return value.isoformat() if isinstance(value, date) else str(value).replace("_", " ")
