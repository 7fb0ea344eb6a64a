"""The answers of the status page as one value: what the form gives, the service keeps, and selectors read
back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields

from cases.models import StatusRecord

LOOKED = {
    "looked_found": "Looked, and found what is ticked above",
    "looked_not_found": "Looked, and found nothing",
    "did_not_look": "Did not look",
}
IMMIGRATION_STATUS = {
    "none": "No status",
    "nonimmigrant": "Nonimmigrant",
    "resident": "Lawful permanent resident",
    "paroled": "Paroled",
    "temporary": "Temporary protection or deferral",
    "other": "Other",
    "not_known": "Not known",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusAnswers:
    """The answers of the status page, as keys of the edition. `bases` pairs a basis with its evidence, if
    any."""

    charges: tuple[str, ...] = ()
    charge_other: str = ""
    immigration_status: str = ""
    bases: tuple[tuple[str, uuid.UUID | None], ...] = ()
    citizenship_claim: str = ""
    citizenship_looked: str = ""
    citizenship_indicia: tuple[str, ...] = ()
    minor_check: str = ""
    section_1367_check: str = ""
    fear_of_return: str = ""
    representative: str = ""
    representative_name: str = ""
    referral_source: str = ""
    source_relation: str = ""

    def missing(self) -> tuple[str, ...]:
        """The form's fields that still need an answer before an assessment can be signed, in the order of
        the page."""
        asked: list[tuple[str, object]] = [
            ("charge", self.charges and ("other" not in self.charges or self.charge_other)),
            ("bases", self.bases),
            ("citizenship_claim", self.citizenship_claim),
            ("citizenship_looked", self.citizenship_looked),
            ("minor_check", self.minor_check),
            ("section_1367_check", self.section_1367_check),
            ("fear_of_return", self.fear_of_return),
            ("representative", self.representative),
            ("referral_source", self.referral_source),
            ("source_relation", self.source_relation),
        ]
        return tuple(name for name, answer in asked if not answer)


def answers_of(row: StatusRecord) -> StatusAnswers:
    """The stored answers. Reads `row.bases`."""
    values = {one.name: getattr(row, one.name) for one in fields(StatusAnswers) if one.name != "bases"}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    bases = tuple((basis.basis, basis.evidence_id) for basis in row.bases.all())
    return StatusAnswers(**values, bases=bases)
