"""The guard: finds mentions of protected attributes in a text. Plain Python: no Django, no database, no request.

`screen` answers for one text; the same text has the same answer as long as `lexicon_digest` is the same.
"""

from __future__ import annotations

from .engine import screen
from .findings import ATTRIBUTES, Finding
from .terms import lexicon_digest

__all__ = ["ATTRIBUTES", "Finding", "lexicon_digest", "screen"]
