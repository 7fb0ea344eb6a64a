"""What machines write instead of a character: entities and tags of HTML, percent and backslash escapes.

Each is replaced by the character that it stands for and filled up with `gone`, so that every offset stays true.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final

_ESCAPE: Final = re.compile(
    r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
    r"|%[4-7][0-9A-Fa-f]"
    r"|\\u\{?[0-9A-Fa-f]{4}\}?|\\x[0-9A-Fa-f]{2}"
    r"|</?([A-Za-z]{1,6}) ?/?>"
)
# Tags that change how letters look and part no words.
_INLINE: Final = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
    ]
) | {"sub", "sup", "tt", "u", "wbr"}


def unescaped(text: str, gone: str) -> str:
    """The text with escapes undone, as long as it was."""
    return _ESCAPE.sub(_undo(text, gone), text)


def _undo(text: str, gone: str) -> Callable[[re.Match[str]], str]:
    small = text.lower() if "</" in text else ""

    def undo(match: re.Match[str]) -> str:
        sign, size = match[0], len(match[0])
        if sign[0] == "&":
            char = html.unescape(sign)
        elif sign[0] == "%":
            char = chr(int(sign[1:], 16))
            # Only letters: "50%40" and the like stay what they are.
            if not char.isalpha():
                return sign
        elif sign[0] == "\\":
            char = chr(int(sign[2:].strip("{}"), 16))
        else:
            # "M<a>ya" is a letter in a frame; a tag is closed somewhere, or closes.
            name = match[1].lower()
            real = name == "wbr" or (name in _INLINE and f"</{name}>" in small)
            return gone * size if real else sign
        return char + gone * (size - 1) if len(char) == 1 else sign

    return undo
