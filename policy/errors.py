"""What a policy manager is told when a step is not possible: what, why, and what to do next."""

from __future__ import annotations


class NotPossible(Exception):
    """A change of the guidance that cannot be made now. The text is for the person."""


class NotThatPerson(NotPossible):
    """The step is another person's: it takes two."""
