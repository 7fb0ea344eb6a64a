"""What a writer can do to a word so that a list of words does not know it: one function an operation.

Each takes the word and the place at which it is applied, so that no chance is needed and every place can be tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

Operation = Callable[[str, int], str]

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def _between(sign: str) -> Operation:
    return lambda word, _: sign.join(word)


def _inside(sign: str) -> Operation:
    return lambda word, at: word[:at] + sign + word[at:]


def _marked(mark: str) -> Operation:
    return lambda word, _: "".join(letter + mark for letter in word)


def _masked(sign: str) -> Operation:
    return lambda word, at: word[:at] + sign + word[at + 1 :]


def _framed(opening: str, closing: str) -> Operation:
    return lambda word, at: f"{word[:at]}{opening}{word[at]}{closing}{word[at + 1 :]}"


def _moved(capital: int, small: int) -> Operation:
    """Letters of another block of Unicode."""

    def operation(word: str, _: int) -> str:
        return "".join(
            chr((capital + ord(letter) - 65) if letter.isupper() else (small + ord(letter) - 97))
            for letter in word
        )

    return operation


def _written(letters: str, turn: int = 1) -> Operation:
    table = str.maketrans(_LETTERS, letters)
    return lambda word, _: word.lower()[::turn].translate(table)


def _swapped(pairs: str) -> Operation:
    table = str.maketrans(dict(pair for pair in zip(pairs[::2], pairs[1::2], strict=True)))
    return lambda word, _: word.translate(table)


UNSEEN: Final[dict[str, Operation]] = {
    name: _inside(sign)
    for name, sign in (
        ("zero-width space", "\u200b"), ("non-joiner", "\u200c"), ("joiner", "\u200d"), ("word joiner", "\u2060"),
        ("byte order mark", "\ufeff"), ("soft hyphen", "\u00ad"), ("Mongolian separator", "\u180e"),
        ("variation selector", "\ufe0f"), ("right to left", "\u202e"), ("tag", "\U000e0061"),
        ("grapheme joiner", "\u034f"),
        ("Hangul filler", "\u3164"), ("invisible times", "\u2062"), ("null", "\x00"), ("backspace", "\x08"),
        ("entity without width", "&zwnj;"), ("soft hyphen as entity", "&shy;"), ("empty tag", "<b></b>"),
    )
}  # fmt: skip
LETTERS: Final[dict[str, Operation]] = {
    "Cyrillic": _swapped("aаeеoоpрcсxхyуiіsѕ"), "Greek": _swapped("aαoοvνiιnηpρuυkκeε"),
    "full width": _moved(0xFF21, 0xFF41), "circled": _moved(0x24B6, 0x24D0), "bold": _moved(0x1D400, 0x1D41A),
    "script": _moved(0x1D4D0, 0x1D4EA), "Fraktur": _moved(0x1D56C, 0x1D586), "typewriter": _moved(0x1D670, 0x1D68A),
    "squared": lambda word, _: _moved(0x1F130, 0)(word.upper(), 0),
    "squared in black": lambda word, _: _moved(0x1F170, 0)(word.upper(), 0),
    "circled in black": lambda word, _: _moved(0x1F150, 0)(word.upper(), 0),
    "letters of flags": lambda word, _: " ".join(_moved(0x1F1E6, 0)(word.upper(), 0)),
    "small capitals": _written("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ"), "raised": _written("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖᵠʳˢᵗᵘᵛʷˣʸᶻ"),
    "upside down": _written("ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", -1), "on their heads": _written("ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"),
    "struck out": _marked("\u0336"), "accents": _marked("\u0301"), "encircled": _marked("\u20dd"),
    "HTML, decimal": lambda word, _: "".join(f"&#{ord(letter)};" for letter in word),
    "HTML, hexadecimal": lambda word, _: "".join(f"&#x{ord(letter):x};" for letter in word),
    "percent": lambda word, _: "".join(f"%{ord(letter):02X}" for letter in word),
    "backslash": lambda word, _: "".join(f"\\u{ord(letter):04x}" for letter in word),
    "figures for vowels": _swapped("a4e3i1o0"), "signs for letters": _swapped("a@i!"),
    "capitals by turns": lambda word, _: "".join(
        letter.upper() if at % 2 else letter.lower() for at, letter in enumerate(word)
    ),
}  # fmt: skip
SIGNS: Final = (" ", "  ", "\u00a0", "\t", "\n", ".", ". ", "/", "_", "-", " - ", "|", ",", "*", "·", "•", "+", "~",
                "=", "\\", ";", ":", "...", ">", "😀", "&nbsp;")  # fmt: skip
BREAKS: Final = ("-\n", "\u00ad\n", "\\\n", "=\n", "|", "+", "~", "^", "#", "🖤", "...")
PARTED: Final[dict[str, Operation]] = {
    **{f"letters parted by {sign!r}": _between(sign) for sign in SIGNS},
    **{f"{sign!r} inside": _inside(sign) for sign in BREAKS},
    "letters in brackets": lambda word, _: "".join(f"({letter})" for letter in word),
    "a letter in brackets": _framed("[", "]"), "a letter in braces": _framed("{", "}"),
    "a figure at the end": lambda word, at: f"{word}{at}",
}  # fmt: skip
CHANGED: Final[dict[str, Operation]] = {
    "masked by *": _masked("*"), "masked by #": _masked("#"), "masked by _": _masked("_"), "masked by ?": _masked("?"),
    "masked by a dot in the middle": _masked("•"), "masked by a sign": _masked("🚫"),
    "backwards": lambda word, _: word[::-1], "backwards and parted": lambda word, _: " ".join(word[::-1]),
    "a letter stretched": lambda word, at: word[:at] + word[at] * 4 + word[at + 1 :],
    "a letter doubled": lambda word, at: word[:at] + word[at] + word[at:],
    "a letter left out": lambda word, at: word[:at] + word[at + 1 :],
    "letters swapped": lambda word, at: word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    "run together": lambda word, _: f"the{word.lower()}driver", "in a name of a file": lambda word, _: f"scan_{word}_2",
    "without vowels": lambda word, _: word[0] + re.sub("[aeiou]", "", word[1:]),
}  # fmt: skip
