"""The table of stops: owner, clock, way out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WayOut:
    """`days` are working days. `evidence` is the kind that lifts it; empty: any evidence of an independent source."""

    title: str
    owner: str
    days: int
    evidence: str
    words: str


WAYS_OUT: dict[str, WayOut] = {
    "citizenship": WayOut(
        title="Citizenship",
        owner="Supervisor",
        days=1,
        evidence="counsel_opinion",
        words="Counsel gives a written opinion, kept as evidence; a supervisor lifts the stop, or confirms citizenship "
        "and the case is closed.",
    ),
    "minor": WayOut(
        title="Age",
        owner="Supervisor",
        days=1,
        evidence="coordinator_confirmation",
        words="The juvenile coordinator confirms, with name and date, kept as evidence; a supervisor lifts the stop.",
    ),
    "section_1367": WayOut(
        title="8 U.S.C. 1367",
        owner="Supervisor",
        days=2,
        evidence="",
        words="A supervisor names evidence of a source that the statute does not bar. At a protected place the "
        "action also needs the certificate under INA 239(e).",
    ),
    "fear_of_return": WayOut(
        title="Fear of return",
        owner="Supervisor",
        days=1,
        evidence="fear_referral",
        words="The referral is recorded as evidence; a supervisor lifts the stop. A removal order is not executed "
        "while the fear is on record.",
    ),
}
