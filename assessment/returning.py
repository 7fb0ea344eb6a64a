"""The points of a return and the officer's answers to them.

A returned decision is not signed again unchanged: each point is answered, with the code "changed as asked" or in words
what was changed instead, or why not. The answers are the same for acting and for declining.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.answers import text_of
from assessment.fields import Field, Kind, Option, labels_of_texts
from policy.editions import Edition

RETURN_STEP = "returned"
TITLE = "Points of the return"
INTRO = (
    "Answer each point of the supervisor. Change the pages first; what you changed is marked for the supervisor beside "
    "the point."
)
CLAUSE = "V.B#23"
AS_ASKED = "as_asked"
ANSWERS = (
    Option(AS_ASKED, "Changed as asked"),
    Option("otherwise", "Changed in another way", "Say below what you changed."),
    Option("not_changed", "Not changed", "Say below why not."),
)
LABELS = {option.value: option.label for option in ANSWERS}


@dataclass(frozen=True, kw_only=True, slots=True)
class PointAnswered:
    """One point of the last return with the officer's answer; `about` is a section's key, or empty for the whole."""

    ordinal: int
    about: str
    about_label: str
    text: str
    answer: str = ""
    why: str = ""

    @property
    def heading(self) -> str:
        return f"Point {self.ordinal}" + (f", {self.about_label}" if self.about_label else "")


def answer_name(ordinal: int) -> str:
    return f"point_{ordinal}_answer"


def why_name(ordinal: int) -> str:
    return f"point_{ordinal}_why"


def label_of_text(edition: Edition, name: str) -> str:
    """A free text of a decision in words, an answer to a point of a return included."""
    if name.startswith("point_"):
        return f"Answer to point {name.split('_')[1]}"
    return labels_of_texts(edition).get(name, name)


def answered(points: Sequence[PointAnswered], answers: Mapping[str, Any]) -> tuple[PointAnswered, ...]:
    """The points with what the officer answered; an unknown code is no answer."""
    return tuple(
        PointAnswered(
            ordinal=point.ordinal,
            about=point.about,
            about_label=point.about_label,
            text=point.text,
            answer=given if (given := text_of(answers, answer_name(point.ordinal))) in LABELS else "",
            why=text_of(answers, why_name(point.ordinal)),
        )
        for point in points
    )


def return_fields(points: Sequence[PointAnswered]) -> tuple[Field, ...]:
    """Two fields a point: the answer, and what was changed or why not."""
    fields = []
    for point in points:
        fields += [
            Field(
                name=answer_name(point.ordinal),
                question=answer_name(point.ordinal),
                kind=Kind.ONE,
                label=f"What did you do about point {point.ordinal}?",
                options=ANSWERS,
            ),
            Field(
                name=why_name(point.ordinal),
                question=why_name(point.ordinal),
                kind=Kind.TEXT,
                label=f"What you changed, or why not (point {point.ordinal})",
                hint="Not needed where you changed it as asked.",
            ),
        ]
    return tuple(fields)
