"""Events of cases. Their words are neutral: no code or label says what a record holds.

Names, numbers, dates of birth, captions, free text and whatever tells of a protected filing are committed values, so
that the proof outlives an erasure.
"""

from __future__ import annotations
