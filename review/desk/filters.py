"""The filters of the queue: read from the address, written into it, said in one sentence, applied to decisions.

None of them is about the person, a place or a name, and none about the outcome. Whatever is not known in the address
is left out, so that an old link still opens the queue.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from assessment.carried_codes import NOTICES, OF_THE_REASONS, URGENCIES
from ledger.clock import now
from policy.services import current

if TYPE_CHECKING:
    from django.http import QueryDict

STATES = {
    "waiting": "Waiting and not taken",
    "mine": "Taken by me",
    "given": "Given to me",
    "taken": "Taken by anybody",
    "second": "Waiting for a second supervisor",
}
DUES = {
    "overdue": "overdue",
    "today": "due today",
    "soon": "due within five days",
}
WAITED = {
    "3": "waited three days or more",
    "7": "waited a week or more",
    "14": "waited two weeks or more",
    "30": "waited thirty days or more",
}
DIRECTIONS = {"do": "to take the step", "undo": "to undo the step"}
SOON = 5
SELECTED = SafeString(" selected")
ORDER = "The order is by due date and then by time waited, and by nothing else."


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Empty members filter nothing. `notices` are all asked for at once; `officer` wrote it, `taken_by` has it."""

    state: str = ""
    decision_type: str = ""
    direction: str = ""
    urgency: str = ""
    due: str = ""
    waited: str = ""
    officer: uuid.UUID | None = None
    taken_by: uuid.UUID | None = None
    notices: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return self == QueueFilter()

    def address(self, **more: str) -> str:
        """The filter as the query of an address, without the question mark; `more` is added at the end."""
        pairs = [
            ("state", self.state),
            ("type", self.decision_type),
            ("direction", self.direction),
            ("urgency", self.urgency),
            ("due", self.due),
            ("waited", self.waited),
            ("officer", str(self.officer or "")),
            ("taken_by", str(self.taken_by or "")),
            *(("notice", one) for one in self.notices),
            *more.items(),
        ]
        return urlencode([(name, value) for name, value in pairs if value])

    def words(
        self,
        people: Mapping[uuid.UUID, str] | None = None,
        *,
        otherwise: str = "somebody of another office",
    ) -> str:
        """The filter in one sentence without its full stop; `people` gives names, `otherwise` is whom it does not."""
        names = people or {}
        parts = [STATES.get(self.state, "Everything in review")]
        if self.urgency:
            parts.append(URGENCIES[self.urgency].lower())
        if self.decision_type:
            parts.append(f"about {_titles()[self.decision_type].lower()}")
        if self.direction:
            parts.append(DIRECTIONS[self.direction])
        if self.due:
            parts.append(DUES[self.due])
        if self.waited:
            parts.append(WAITED[self.waited])
        if self.officer:
            parts.append(f"written by {names.get(self.officer, otherwise)}")
        if self.taken_by:
            parts.append(f"taken by {names.get(self.taken_by, otherwise)}")
        if self.notices:
            parts.append(f"with: {' and '.join(NOTICES[one].lower() for one in self.notices)}")
        return ", ".join(parts)

    def condition(self, today: datetime.date) -> tuple[str, dict[str, Any]]:
        """What a decision `d` in review meets to be listed, as SQL with its values; `%(user)s` is who asks.

        Each part is written as the partial indexes of the queue are, so that they serve it.
        """
        asked: list[str] = [_STATE_SQL[self.state]]
        values: dict[str, Any] = {}
        for column, value in (
            ("type", self.decision_type),
            ("direction", self.direction),
            ("urgency", self.urgency),
            ("created_by_id", self.officer),
            ("claimed_by_id", self.taken_by),
        ):
            if value:
                asked.append(f"d.{column} = %({column})s")
                values[column] = str(value)
        if self.due:
            asked.append(RUNNING)
        if self.taken_by:
            # Nobody has what is in another state; said, so that the index of what is taken serves.
            asked.append("d.state = 'claimed'")
        if self.due == "today":
            asked.append("d.due_on = %(last)s")
            values["last"] = today
        elif self.due:
            last = today + datetime.timedelta(days={"overdue": -1, "soon": SOON}[self.due])
            asked.append("d.due_on <= %(last)s")
            values["last"] = last
        if self.waited:
            # As the column "Days waited" counts: whole days since the signature.
            asked.append("d.signed_at <= %(signed)s")
            values["signed"] = now() - datetime.timedelta(days=int(self.waited))
        for one in self.notices:
            asked.append(f"d.notices @> ARRAY[%({one})s]::varchar(20)[]")
            values[one] = one
            if one in OF_THE_REASONS:
                asked.append(TOLD)
        return " AND ".join(asked), values


# While its clock stands still, nothing is due and nothing becomes late; what was late before stays late. A value of
# the row and no join, as all that the queue asks: a decision has at most one open pause and one draw a version.
RUNNING = """COALESCE((SELECT u.paused_on > d.due_on FROM review_pause u
        WHERE u.decision_id = d.id AND u.ended_at IS NULL), true)"""
_FIRST = """FROM review_selection s
        WHERE s.decision_id = d.id AND s.version_number = d.signed_number AND s.decide_first
        AND NOT EXISTS (SELECT FROM review_supervisorview w
            WHERE w.decision_id = d.id AND w.version_number = d.signed_number AND w.reviewer_id = %(user)s)"""
# Of what a supervisor decides first and has not yet: whether it is read without the name. Null of all else.
MASKED = f"(SELECT s.masked {_FIRST})"
# Who decides first reads nothing yet that the reasons could have brought about. No `IS NULL`: the planner takes that
# for one row in two hundred, and then reads and sorts all that the filter lists.
TOLD = f"COALESCE((SELECT false {_FIRST}), true)"
_STATE_SQL = {
    "": "d.state IN ('submitted', 'claimed', 'escalated')",
    "waiting": "d.state IN ('submitted', 'escalated')",
    "given": "d.state IN ('submitted', 'escalated') AND d.assigned_to_id = %(user)s",
    "mine": "d.state = 'claimed' AND d.claimed_by_id = %(user)s",
    "taken": "d.state = 'claimed'",
    "second": "d.state = 'escalated'",
}


def read(query: QueryDict) -> QueueFilter:
    """The filter that an address asks for."""
    return QueueFilter(
        state=_known(query.get("state"), STATES),
        decision_type=_known(query.get("type"), _titles()),
        direction=_known(query.get("direction"), DIRECTIONS),
        urgency=_known(query.get("urgency"), URGENCIES),
        due=_known(query.get("due"), DUES),
        waited=_known(query.get("waited"), WAITED),
        officer=_id(query.get("officer")),
        taken_by=_id(query.get("taken_by")),
        notices=tuple(one for one in NOTICES if one in query.getlist("notice")),
    )


def _titles() -> dict[str, str]:
    edition, _ = current()
    return {kind.key: kind.title for kind in edition.decision_types}


def _known(text: str | None, options: Mapping[str, str]) -> str:
    return text if text is not None and text in options else ""


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after this due date and id."""

    due_on: datetime.date
    id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.due_on}_{self.id}"


def read_cursor(text: str) -> Cursor | None:
    """None for a text that is no cursor: then the first page is shown."""
    day, _, identifier = text.partition("_")
    try:
        return Cursor(datetime.date.fromisoformat(day), uuid.UUID(identifier))
    except ValueError:
        return None


def select_options(chosen: str, options: Mapping[str, str] | Sequence[tuple[str, str]]) -> SafeString:
    """The options of a select, put together here: a template takes longer over an office's people than over rows."""
    pairs = options.items() if isinstance(options, Mapping) else options
    return people_options(chosen, ((value, label[:1].upper() + label[1:]) for value, label in pairs))


def people_options(chosen: str, people: Iterable[tuple[str, str]]) -> SafeString:
    """The same with labels as they are, as names must be."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", label) for value, label in people),
    )
