"""Codes and signs that are no words: "H/M" and "F/34" of police reports, booking lines, flags and other emoji.

Every expression is bounded and looks only at its own few characters, so that no text can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Code = tuple[str, int, int, str]

# Race and sex as one code: "H/M", "B-F", "W/M/30", "BMA" (black male adult), "HMJ".
_RACE_SEX: Final = re.compile(r"(?<![\w/])([HBWALIU]) ?[/\\-] ?([MF])s?(?:[/\\-]?(?:[AJ]|\d\d))?(?![\w-])")
# "I/M" is how a jail writes "inmate".
_INMATE: Final = "I/M"
_RACE_SEX_CLOSED: Final = re.compile(
    r"(?<![\w/.-])([HBWAL][MF][AJ]?)(?![\w-])"
    r"(?=,| \d\d|\.? (?:exits?|exited|enters?|follows?|seen|fled|ran|in|on|at|approx|aged|with|was|is|walk|driv|wear))"
)
_AGE_SEX_NEAR: Final = re.compile(
    r"(?<![\w/-])\d\d ?(?:yo|y/o|y\.o\.|yrs?|yr old|years? old),? ?([MF])(?![\w'])"
    r"|(?<![\w)])\(([MF])[,/) ]|(?<![\w/-])([MF])/\d\d(?!\d)|(?<![\w/.$-])\d\d/([MF])(?!\w)"
)
_FIELD_SEX: Final = re.compile(r"(?i)\b(?:sex|gender|sexo|género) ?[:=-] ?(m|f|male|female|x|h)\b")
_FIELD_RACE: Final = re.compile(
    r"(?i)\b(?:race|rac|raza|ethnicity|eth) ?[:=-] ?([wbhaiul]|wh|bl|hi|as|blk|wht|hisp)\b"
)
_FIELD_BOOKED: Final = re.compile(
    r"\b(?:booked|listed|coded|recorded|marked|entered) as (?:an? )?([MF])\b(?!-)"
)
_SEX_AGE: Final = re.compile(r"(?<![\w/.'’&-])([MF]),? ?\d\d(?:s|yo)?(?![\w-])")
# A letter after such a word is the name of a page or a place.
_LETTERED: Final = re.compile(
    r"(?:exhibit|ex|tab|form|line|section|unit|apt|apartment|building|bldg|block|pod|dorm|schedule|appendix|attachment|"
    r"suite|rm|room|row|gate|route|page|lot|part|street|st|col|column|hwy|visa)\W{0,2}$",
    re.IGNORECASE,
)
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_HOME: Final = "\U0001f1fa\U0001f1f8"
_SIGNS: Final = {
    "religion": "☪✝✡☦🕎🕌⛪🕍🛕📿🛐☸🕉🔯☬☩✞",
    "gender": "♀♂🚹🚺",
    "gender_identity": "⚧",
    "sexual_orientation": "⚣⚢👬👭",
    "political_association": "☭",
}
_SIGN_OF: Final = {sign: attribute for attribute, signs in _SIGNS.items() for sign in signs}
_SIGN: Final = re.compile("[" + "".join(_SIGN_OF) + "]")
_RAINBOW: Final = "\U0001f3f3️‍\U0001f308"


def codes(text: str, plain: str) -> Iterator[Code]:
    """Attribute, offsets and rule of every code. `plain` is the shadow of `text`."""
    for match in _RACE_SEX.finditer(plain):
        if match[0] == _INMATE:
            continue
        yield "race", match.start(), match.end(), "code.race"
    for match in _RACE_SEX_CLOSED.finditer(plain):
        yield "race", match.start(1), match.end(1), "code.race"
    for match in _AGE_SEX_NEAR.finditer(plain):
        yield "gender", match.start(match.lastindex or 0), match.end(match.lastindex or 0), "code.sex"
    for match in _SEX_AGE.finditer(plain):
        if not _LETTERED.search(plain, max(match.start() - 14, 0), match.start()):
            yield "gender", match.start(1), match.end(1), "code.sex"
    for pattern, attribute in ((_FIELD_SEX, "gender"), (_FIELD_BOOKED, "gender"), (_FIELD_RACE, "race")):
        for match in pattern.finditer(plain):
            yield attribute, match.start(), match.end(), f"code.{attribute}"
    if text.isascii():
        return
    for match in _FLAG.finditer(text):
        if match[0] != _HOME:
            yield "national_origin", match.start(), match.end(), "code.flag"
    for match in _SIGN.finditer(text):
        yield _SIGN_OF[match[0]], match.start(), match.end(), "code.sign"
    at = text.find(_RAINBOW)
    while at >= 0:
        yield "sexual_orientation", at, at + len(_RAINBOW), "code.sign"
        at = text.find(_RAINBOW, at + 1)
