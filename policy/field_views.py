"""The open inventory of fields, as a page and as CSV."""

from __future__ import annotations

import csv
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger import clock
from policy import content_selectors, selectors
from policy.fields import Field, fields
from policy.services import edition_for

HEADINGS: Final = ("part", "name", "label", "clauses", "seen_by", "may_be_a_proxy", "approved_by")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every field of the product under the edition of the day."""
    edition = edition_for(selectors.standing(clock.policy_date()))
    return render(request, "policy/fields.html", {"fields": _fields(), "edition": edition})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fields.csv"'
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for one in _fields():
        writer.writerow(
            [one.part, one.name, one.label, " ".join(one.clauses), one.seen_by, one.proxy, one.approved_by]
        )
    return response


def _fields() -> list[Field]:
    edition = edition_for(selectors.standing(clock.policy_date()))
    return fields(edition, content_selectors.approved_by(edition.key))
