"""Invented extracts in the layouts `ice-arrests` and `ice-arrests-foia`. No row tells of a real person."""

from __future__ import annotations

from pathlib import Path
from typing import Final

INVENTED: Final = Path(__file__).resolve().parent / "invented_arrests.csv"
INVENTED_FOIA: Final = INVENTED.with_name("invented_foia.csv")
