"""A shadow of the text, one character for each character of it, in which disguises of single characters are undone.

Compatibility forms (NFKC), accents, look-alike letters of other scripts and typographic signs become plain ones;
characters that are not seen become `GONE`, which the words drop. Because every character stays in its place, an offset
in the shadow is an offset in the text: there is no map that could be wrong. What is lost is a ligature's second letter.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .escapes import unescaped

GONE: Final = "\x7f"
# Signs at which an escape may begin; signs that are not seen although they are ASCII.
_ESCAPES: Final = re.compile(r"[&%\\<]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FOREIGN: Final = re.compile("[^\x00-\x7f]+")
# Where no more than one character in so many is foreign, only those are looked up.
_FEW: Final = 12
# Two regional letters are a flag, which is no word; one alone is a letter in a frame.
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]{2}")

# What NFKC leaves as it is and what looks like a Latin letter, each with the letter that it stands for.
_PAIRS: Final = (
    ("а", "a"), ("в", "b"), ("е", "e"), ("ё", "e"), ("з", "3"), ("и", "u"), ("й", "u"), ("к", "k"), ("м", "m"),
    ("н", "h"), ("о", "o"), ("р", "p"), ("с", "c"), ("т", "t"), ("у", "y"), ("х", "x"), ("ь", "b"), ("є", "e"),
    ("і", "i"), ("ї", "i"), ("ј", "j"), ("ѕ", "s"), ("ԁ", "d"), ("ԛ", "q"), ("ԝ", "w"), ("һ", "h"), ("ӏ", "l"),
    ("ү", "y"), ("ө", "o"), ("ғ", "f"), ("қ", "k"), ("ң", "h"), ("ҳ", "x"), ("ѵ", "v"), ("ѡ", "w"), ("г", "r"),
    ("п", "n"), ("ш", "w"), ("л", "n"), ("д", "a"), ("б", "b"), ("я", "r"), ("э", "e"), ("ѐ", "e"), ("ҽ", "e"),
    ("α", "a"), ("β", "b"), ("γ", "y"), ("δ", "d"), ("ε", "e"), ("η", "n"), ("ι", "i"), ("κ", "k"), ("μ", "u"),
    ("ν", "v"), ("ο", "o"), ("π", "n"), ("ρ", "p"), ("σ", "o"), ("τ", "t"), ("υ", "u"), ("χ", "x"), ("ω", "w"),
    ("ϲ", "c"), ("ϳ", "j"), ("ζ", "z"), ("θ", "o"), ("λ", "l"), ("ς", "c"), ("ξ", "e"),
    ("ᴀ", "a"), ("ʙ", "b"), ("ᴄ", "c"), ("ᴅ", "d"), ("ᴇ", "e"), ("ꜰ", "f"), ("ɢ", "g"), ("ʜ", "h"), ("ɪ", "i"),
    ("ᴊ", "j"), ("ᴋ", "k"), ("ʟ", "l"), ("ᴍ", "m"), ("ɴ", "n"), ("ᴏ", "o"), ("ᴘ", "p"), ("ʀ", "r"), ("ꜱ", "s"),
    ("ᴛ", "t"), ("ᴜ", "u"), ("ᴠ", "v"), ("ᴡ", "w"), ("ʏ", "y"), ("ᴢ", "z"),
    ("ɑ", "a"), ("ɐ", "a"), ("ə", "e"), ("ɛ", "e"), ("ɡ", "g"), ("ı", "i"), ("ɩ", "i"), ("ȷ", "j"), ("ł", "l"),
    ("ø", "o"), ("đ", "d"), ("ħ", "h"), ("ŧ", "t"), ("ƒ", "f"), ("ʋ", "u"), ("ʌ", "v"), ("ɔ", "o"), ("ɯ", "m"),
    ("ɹ", "r"), ("ʇ", "t"), ("ʎ", "y"), ("ɥ", "h"), ("ɾ", "r"), ("ɳ", "n"), ("ɱ", "m"), ("ɓ", "b"), ("ɗ", "d"),
    ("ɠ", "g"), ("ƙ", "k"), ("ƥ", "p"), ("ƭ", "t"), ("ɨ", "i"), ("ʉ", "u"), ("ß", "s"), ("æ", "a"), ("œ", "o"),
    ("ǝ", "e"), ("ᴉ", "i"), ("ɟ", "f"), ("ƃ", "g"), ("ʞ", "k"), ("ʍ", "w"), ("ǫ", "q"),
    ("ð", "d"), ("þ", "p"), ("ŋ", "n"), ("ƨ", "s"), ("ʂ", "s"), ("ȿ", "s"), ("ʐ", "z"), ("ⅼ", "l"), ("ꓲ", "i"),
    ("օ", "o"), ("ս", "u"), ("ո", "n"), ("հ", "h"), ("ց", "g"), ("զ", "q"), ("ա", "w"), ("յ", "j"), ("ք", "p"),
    ("ɐ", "a"), ("ꭺ", "a"), ("Ꭺ", "a"), ("Ᏼ", "b"), ("Ꮯ", "c"), ("Ꭰ", "d"), ("Ꭼ", "e"), ("Ꮐ", "g"), ("Ꮋ", "h"),
    ("Ꭻ", "j"), ("Ꮶ", "k"), ("Ꮮ", "l"), ("Ꮇ", "m"), ("Ꮲ", "p"), ("Ꭱ", "r"), ("Ꮪ", "s"), ("Ꭲ", "t"), ("Ꮩ", "v"),
    ("Ꮃ", "w"), ("Ꮓ", "z"), ("ꓐ", "b"), ("ꓚ", "c"), ("ꓓ", "d"), ("ꓰ", "e"), ("ꓖ", "g"), ("ꓧ", "h"), ("ꓙ", "j"),
    ("ꓗ", "k"), ("ꓡ", "l"), ("ꓟ", "m"), ("ꓠ", "n"), ("ꓳ", "o"), ("ꓑ", "p"), ("ꓣ", "r"), ("ꓢ", "s"), ("ꓔ", "t"),
    ("ꓴ", "u"), ("ꓦ", "v"), ("ꓪ", "w"), ("ꓫ", "x"), ("ꓬ", "y"), ("ꓜ", "z"), ("ꓮ", "a"),
    # Typographic signs.
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("ʻ", "'"), ("ʾ", "'"), ("ʿ", "'"), ("‛", "'"), ("ˈ", "'"), ("′", "'"),
    ("`", "'"), ("´", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'), ("‐", "-"), ("‑", "-"),
    ("‒", "-"), ("–", "–"), ("—", "–"), ("―", "–"), ("−", "-"), ("⁃", "-"), ("•", "·"), ("∙", "·"), ("‧", "·"),
    ("⋅", "·"), ("…", "."), ("⁄", "/"), ("∕", "/"), ("¦", "|"), ("¡", "!"), ("¿", "?"), ("€", "€"), ("£", "£"),
)  # fmt: skip


class _Fold(dict[int, str]):
    """The table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        found = _fold(chr(code))
        self[code] = found
        return found


_LOOKALIKE: Final[dict[str, str]] = {}
for _sign, _plain in _PAIRS:
    _LOOKALIKE.setdefault(_sign, _plain)
    if _sign.upper() != _sign and len(_sign.upper()) == 1:
        _LOOKALIKE.setdefault(_sign.upper(), _plain.upper())
# Capitals that look like another letter than their small form does.
_LOOKALIKE.update(
    {"В": "B", "Н": "H", "Р": "P", "С": "C", "У": "Y", "Х": "X", "Ν": "N", "Η": "H", "Ρ": "P", "Υ": "Y"}
)
_LOOKALIKE.update({"Χ": "X", "Μ": "M", "Τ": "T", "Ζ": "Z", "И": "N", "Я": "R", "Г": "T", "Σ": "E", "Ι": "I"})

# Capitals in a frame that have no compatibility form: circled and squared in black, and the letters of flags.
_FRAMED: Final = (0x1F150, 0x1F170, 0x1F1E6)


def _fold(char: str) -> str:
    """One character for one character."""
    if char in _LOOKALIKE:
        return _LOOKALIKE[char]
    for first in _FRAMED:
        if first <= ord(char) < first + 26:
            return chr(ord(char) - first + 65)
    kind = unicodedata.category(char)
    if kind in ("Mn", "Me", "Cf", "Cn", "Co", "Cs") or char in "\u115f\u1160\u3164\uffa0\u2800":
        return GONE
    if kind in ("Zs", "Zl", "Zp") or char in "\t\x0b\x0c\x85":
        return "\n" if kind in ("Zl", "Zp") or char == "\x85" else " "
    if kind == "Cc":
        return char if char in "\n\r" else GONE
    parts = unicodedata.normalize("NFKD", char)
    # "(a)" and "Ⓐ" are letters in a frame; a ligature keeps its first letter.
    for part in parts:
        if part.isalnum():
            return _LOOKALIKE.get(part, part) if part != char else char
    return parts[0] if parts and parts[0].isprintable() else GONE


_TABLE: Final = _Fold()


def shadow(text: str) -> str:
    """The shadow, as long as the text."""
    if _ESCAPES.search(text):
        text = unescaped(text, GONE)
    if text.isascii():
        return text.translate(_TABLE) if _UNSEEN.search(text) else text
    text = _FLAG.sub("··", text)
    if len(text.encode("utf-8", "surrogatepass")) - len(text) > len(text) // _FEW or _UNSEEN.search(text):
        return text.translate(_TABLE)
    return _FOREIGN.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return match[0].translate(_TABLE)
