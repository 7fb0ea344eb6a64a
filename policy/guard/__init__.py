"""The guard: finds mentions of protected attributes in a text. Plain Python: no Django, no database, no request.

`screen` answers for one text; the same text has the same answer as long as `lexicon_digest` is the same.
`screened` says beside the findings what was left undone in a text longer than any field of the product.
"""

from __future__ import annotations

from .budget import SLIPS_IN_FIRST
from .engine import Screened, screen, screened
from .findings import ATTRIBUTES, Finding
from .terms import lexicon_digest

__all__ = ["ATTRIBUTES", "SLIPS_IN_FIRST", "Finding", "Screened", "lexicon_digest", "screen", "screened"]
