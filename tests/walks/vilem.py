"""Vilem Castaroth, a resident since 1986 with one old felony: the same record on two days."""

from __future__ import annotations

from tests.browser.steps import Person
from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

FACTORS = {
    "gravity_of_offense_and_sentence": walking.Present(fact="Conviction"),
    "military_or_public_service": walking.Present(fact="Military service", forms=["family_military_service"]),
    "time_and_rehabilitation": walking.Present(
        fact="Rehabilitation: time",
        weight="decisive",
        forms=["time_since_offense", "evidence_of_rehabilitation"],
    ),
    "other_mitigating": walking.Present(
        fact="Contribution: work",
        forms=["work", "care"],
        why="Six people live on his workshop; he nurses his mother.",
    ),
}
CONSEQUENCES = "Six people would lose their work, and a mother of 84 her care."
FOR = walking.Reasons(text="He dealt in quantity, and the law took it gravely.", fact="Conduct: Held")
AGAINST = walking.Reasons(
    text="Nothing in twenty years; six people live on his work.", fact="Rehabilitation: time"
)


def vilem(staff: Staff) -> Record:
    record = Record(staff.officer, "Castaroth", "Vilem", "1964-09-30")
    record.evidence("judgment", "court_record", "Tallow County Court", "court", "2022-01-18")
    record.evidence("file", "administrative_record", "Naturalization filing", "self", "2022-01-18")
    record.evidence("letters", "work_or_school_record", "Chamber of trades", "other_private", "2022-01-20")
    record.encounter("2022-01-14", source="benefit_filing", relation="self")
    record.fact(
        "conviction",
        "2001-05-08",
        "judgment",
        description="Possession with intent to sell",
        statute="Cal. Health & Safety Code 11351",
        disposition="plea_guilty",
        sentence="18 months",
    )
    record.fact("conduct", "2000-12", "judgment", what="Held drugs for sale", harm="none known")
    record.fact("rehabilitation", "2003", "letters", sort="time", what="No arrest since release")
    record.fact("contribution", "2006", "letters", sort="work", what="Employs six in a workshop")
    record.fact(
        "family",
        "2022-01",
        "file",
        relation="parent",
        standing="resident",
        age_range="65_and_over",
        dependence="care",
        note="84 years old",
    )
    record.fact("service", "2015", "file", whose="immediate_family", sort="military", what="Son, Army")
    record.fact("presence", "1986", "file", continuous="yes")
    return record


def fill_in(officer: Person, record: Record) -> None:
    walking.fill_status(
        officer,
        record,
        walking.Status(
            charge="237(a)(2)(A)(iii)",
            immigration_status="resident",
            bases={"admission_record": "file"},
            source="benefit_filing",
            relation="self",
        ),
    )
