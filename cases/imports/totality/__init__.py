"""Layout `totality`: the whole record from a file that an export of ours wrote.

Invariants: what is missing is added, with its ids, versions and times; what is there is never changed, and a
line that says otherwise is set aside with its number and reason; each batch is one transaction with one entry for
each case that it adds to; an account that a file names and that is missing cannot sign in.
"""

from __future__ import annotations

from typing import Final

LAYOUT: Final = "totality"
