"""The masked read: a deciding-first whose facts are shown without name, place and pronoun.

It is a share of the reviews in which the supervisor decides first, so everything that holds of those holds of it: an
own view on the facts, kept, and then the whole with the officer's outcome. Only the first page differs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Final

from assessment.models import Decision
from cases.models import Encounter, Evidence, PersonAlias
from cases.selectors import FactView
from review.record import FactLine
from review.regime.decide_first import is_withheld
from review.regime.masking import NAME, Known, mask, mask_all

SUBJECT: Final = NAME
# Details of a fact that say where.
WHERE: Final = ("court", "place")
_SITES: Final = ("site", "detention_facility", "detention_place", "detainer_facility")


def reads_masked(decision: Decision) -> bool:
    """Whether the version under review is read masked before a view is recorded."""
    return decision.selections.filter(version_number=decision.signed_number, masked=True).exists()


def shown_masked(user: Any, decision: Decision) -> bool:
    """Whether this person sees the decision masked for now."""
    return is_withheld(user, decision) and reads_masked(decision)


def known_of(decision: Decision, document: Mapping[str, Any], facts: Sequence[FactView]) -> Known:
    """What the record and the signed document know of names and places, as they stood and as they stand."""
    case = decision.case
    person = case.person
    aliases = PersonAlias.objects.filter(person=person).values_list("family_name", "given_name")
    names = [person.family_name, person.given_name, document["subject"]["name"]]
    names += [part for alias in aliases for part in alias]
    places = [document["subject"]["office"], case.office.name]
    places += [one for row in Encounter.objects.filter(case=case).values_list(*_SITES) for one in row]
    places += Evidence.objects.filter(case=case).values_list("source", flat=True)
    places += [str(fact.details.get(name) or "") for fact in facts for name in WHERE]
    unnamed = {"name", "recorded"} if not person.family_name and not person.given_name else set()
    known = Known.of(names, places)
    return Known(known.names - unnamed, known.places)


def masked_document(document: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The facts of a document as they are read masked: no name, no number, no office, and every text masked."""
    masked: dict[str, Any] = mask_all(document, known)
    subject = {"name": SUBJECT, "identifiers": [], "age": document["subject"]["age"], "office": "[office]"}
    return masked | {"subject": subject}


def masked_facts(lines: Sequence[FactLine], known: Known) -> list[FactLine]:
    """The record beside the document, masked alike."""
    return [
        dataclasses.replace(
            one,
            label=mask(one.label, known),
            summary=mask(one.summary, known),
            evidence=[mask(piece, known) for piece in one.evidence],
            since=mask(one.since, known),
        )
        for one in lines
    ]
