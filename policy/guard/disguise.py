"""Undoes disguises of whole words: spaced letters, figures for letters, masks, broken words, typing errors."""

from __future__ import annotations

from .words import Words


def unmask(found: Words) -> Words:
    """The words with disguised terms put back; `hidden` marks them."""
    return found
