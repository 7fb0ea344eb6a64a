"""Invented extracts in the layout `ice-arrests`. No row tells of a real person."""

from __future__ import annotations

from pathlib import Path
from typing import Final

INVENTED: Final = Path(__file__).resolve().parent / "invented_arrests.csv"
