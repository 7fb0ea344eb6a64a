"""What the case holds of each record that the assessment asks for, and what of it can be taken over.

Nothing is taken over by itself: the page shows what the case holds, with day and person, and one action takes it over.
Requests that do not agree are not made to agree, and the day on which a record came is never taken for the day on which
it was read.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from assessment.answers import Answers
from cases.models import RequestState
from cases.selectors import RequestView
from policy.editions import Edition

OPEN = "To be requested: nobody has asked for it yet."
UNREAD = "It came, and the case does not say that it was read. Read it, then write the day on which you did."
MIXED = "The case holds more than one answer for it. Say where the search stands as a whole."
AHEAD = "The case holds a day that lies after the day by which this is judged."


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldRecord:
    """One kind of record: what the case says in `lines`; `answers` is what can be taken over, else `why_not` says why.

    `pending` says that the case is still waiting for it or could not have it, so that nobody calls it read in a block.
    """

    key: str
    label: str
    lines: tuple[str, ...]
    answers: Answers
    words: str
    why_not: str
    pending: bool

    @property
    def known(self) -> bool:
        return bool(self.answers)

    def agrees(self, answers: Answers) -> bool:
        """Whether these answers say the same as the case."""
        return self.known and all(answers.get(name) == value for name, value in self.answers.items())

    def answered(self, answers: Answers) -> bool:
        return bool(answers.get(f"record_{self.key}_state"))


def held_records(edition: Edition, requests: Sequence[RequestView], day: datetime.date) -> list[HeldRecord]:
    """Every kind of record of the edition, in its order."""
    return [
        _held(edition, kind.key, kind.label, [one for one in requests if one.record_kind == kind.key], day)
        for kind in edition.record_kinds
    ]


def taken_over(answers: Answers, held: Sequence[HeldRecord]) -> Answers:
    """`answers` with what the case holds for every record that is still open. What somebody answered stays."""
    filled = dict(answers)
    for one in held:
        if not one.answered(filled):
            filled |= one.answers
    return filled


def _held(
    edition: Edition, key: str, label: str, rows: Sequence[RequestView], day: datetime.date
) -> HeldRecord:
    answers, why_not = _answers(edition, f"record_{key}", rows, day)
    return HeldRecord(
        key=key,
        label=label,
        lines=tuple(_line(edition, one) for one in rows),
        answers=answers,
        words=_words(edition, f"record_{key}", answers),
        why_not=why_not,
        pending=any(one.state in (RequestState.REQUESTED, RequestState.UNAVAILABLE) for one in rows),
    )


def _answers(
    edition: Edition, prefix: str, rows: Sequence[RequestView], day: datetime.date
) -> tuple[Answers, str]:
    states = {one.state for one in rows}
    if not rows:
        return {}, ""
    if states == {RequestState.OPEN}:
        return {}, OPEN
    if len(states) > 1:
        return {}, MIXED
    if states == {RequestState.UNAVAILABLE}:
        reasons = {one.unavailable_reason for one in rows}
        if len(reasons) > 1:
            return {}, MIXED
        return {f"{prefix}_state": "unavailable", f"{prefix}_reason": reasons.pop()}, ""
    if states == {RequestState.REQUESTED}:
        asked = [one.requested_on for one in rows if one.requested_on]
        # The longest wait counts.
        return _dated(prefix, "requested", min(asked), day)
    read = [one.reviewed_on for one in rows if one.reviewed_on]
    if len(read) < len(rows):
        return {}, UNREAD
    # The whole was read when the last part was.
    reviewed = next(state.key for state in edition.record_states if state.counts_as_reviewed)
    return _dated(prefix, reviewed, max(read), day)


def _dated(prefix: str, state: str, on: datetime.date, day: datetime.date) -> tuple[Answers, str]:
    if on > day:
        return {}, AHEAD
    return {f"{prefix}_state": state, f"{prefix}_on": on.isoformat()}, ""


def _words(edition: Edition, prefix: str, answers: Answers) -> str:
    if not answers:
        return ""
    state = edition.option_label(f"{prefix}_state", str(answers[f"{prefix}_state"]))
    reason = str(answers.get(f"{prefix}_reason", ""))
    more = (
        edition.option_label(f"{prefix}_reason", reason) if reason else str(answers.get(f"{prefix}_on", ""))
    )
    return f"{state}, {more[:1].lower()}{more[1:]}"


def _line(edition: Edition, one: RequestView) -> str:
    """One request: state, of whom, days, reason, who read it and who wrote it down."""
    reasons = {reason.key: reason.label for reason in edition.unavailable_reasons}
    reason = reasons.get(one.unavailable_reason, one.unavailable_reason)
    parts = [
        RequestState(one.state).label + (f": {reason[:1].lower()}{reason[1:]}" if reason else ""),
        f"asked of {one.asked_of}" if one.asked_of else "",
        f"asked {one.requested_on}" if one.requested_on else "",
        f"came {one.answered_on}" if one.answered_on else "",
        f"read {one.reviewed_on}" + (f" by {one.reviewed_by}" if one.reviewed_by else "")
        if one.reviewed_on
        else "",
        f"for the encounter of {one.encounter}" if one.encounter else "",
        f"written down by {one.recorded_by}" if one.recorded_by else "",
    ]
    return ", ".join(part for part in parts if part)
