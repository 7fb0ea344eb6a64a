"""What the services of cases answer when they will not do something. Every text is for the person at the
screen."""

from __future__ import annotations


class CaseError(Exception):
    """Base of them all."""


class Refused(CaseError):
    """A value or a step that is not accepted. `field` names the form's field, or is empty for the whole.

    The text says what happened, why, and what to do next; `law` cites the provision where there is one.
    """

    def __init__(self, text: str, *, field: str = "", law: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.field = field
        self.law = law


class Conflict(CaseError):
    """Somebody else changed the row since it was read. Carries both texts, so that nothing typed is lost."""

    def __init__(self, *, what: str, stored: str, yours: str, version: int) -> None:
        super().__init__(f"{what} was changed by somebody else since you opened it.")
        self.what = what
        self.stored = stored
        self.yours = yours
        self.version = version
