"""Names for the demonstration at full size: made of invented syllables, so that they sort and search like real ones."""

from __future__ import annotations

from typing import Final


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST: Final = _parts(
    "Al Bir Clo Del Em Fer Gor Hea Iro Jun Kes Lar Mos Nor Oak Pen Qui Ros Sto Tha Umb Ver Wil Yar Zan Bra"
)
MIDDLE: Final = _parts("der ben lor dra per nel thi rin vel sto mar que len fa mo ri da te wen cor")
LAST: Final = _parts(
    "bottom croft dyke garth holm lea mere nook rigg thwaite wick fell moor stead beck ford gate"
)
GIVEN_FIRST: Final = _parts("Ab Cor Des En Fal Gar Hes Jes Ker Low Mar Os Pel Rid Sef Tam Ul Wen")
GIVEN_LAST: Final = _parts("bin row sa nick lo rin ket sop ra win rit kel ven dan by mel fen")


def families() -> list[str]:
    return [first + middle + last for first in FIRST for middle in MIDDLE for last in LAST]


def givens() -> list[str]:
    return [first + last for first in GIVEN_FIRST for last in GIVEN_LAST]
