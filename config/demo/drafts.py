"""What lies half done on an officer's desk: two drafts, one of them with an open stop."""

from __future__ import annotations

from typing import Final

from config.demo.deciding import Act, Deciding, Present, Told

HALF_DONE = Told(
    read_on="2024-11-29",
    factors={
        "lengthy_presence": Present(weight="material", pins=("presence",)),
        "military_or_public_service": Present(
            weight="material", pins=("service",), subtypes=("family_military_service",)
        ),
    },
    consequences="",
    consequences_pins=(),
    outcome="",
    opposite="",
    opposite_pins=(),
    reasons="",
    reasons_pins=(),
)

STOPPED = Told(
    read_on="2024-12-05",
    records={
        "criminal_record": ("requested", "2024-12-04", ""),
        "dispositions": ("requested", "2024-12-04", ""),
    },
    factors={},
    consequences="Nothing is decided before the referral of the fear that was voiced.",
    consequences_pins=("encounter",),
    outcome="",
    opposite="",
    opposite_pins=(),
    reasons="",
    reasons_pins=(),
)


def _half_done(it: Deciding) -> None:
    it.begin("notice_to_appear")
    it.answer(HALF_DONE, steps=("records", "national-security", "public-safety", "factors"))


def _stopped(it: Deciding) -> None:
    it.begin("expedited_removal")
    it.answer(STOPPED, steps=("records", "consequences"))


HALF_DONE_ACTS: Final = (Act("2024-12-10", _half_done),)
STOPPED_ACTS: Final = (Act("2024-12-10", _stopped),)
