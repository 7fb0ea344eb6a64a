"""Tables of the guidance: the calendar of what was in force, and the changes to it that two people made."""

from policy.models.calendar import CalendarChange, CalendarRow, ChangeState

__all__ = ["CalendarChange", "CalendarRow", "ChangeState"]
