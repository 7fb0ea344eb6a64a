"""Masking of texts: two persons give the same bytes, and what is no name or place stays as it was written."""

from __future__ import annotations

import pytest

from review.regime.masking import Known, mask, mask_all

pytestmark = pytest.mark.clause("III#18")

ONE = Known.of(["Quillworth", "Tamsin"], ["Millbrook Superior Court", "Newbold"])
OTHER = Known.of(["de la Cruz", "José María", "O'Dwyer-Pell"], ["Oak Hollow Superior Court", "Newbold"])


@pytest.mark.parametrize(
    ("one", "other", "masked"),
    [
        ("He drove his car.", "She drove her car.", "[they] drove [them] car."),
        ("Tamsin Quillworth did.", "José María de la Cruz did.", "[name] did."),
        ("QUILLWORTH, TAMSIN did.", "DE LA CRUZ, JOSE MARIA did.", "[name] did."),
        ("T. Quillworth's wife.", "J. M. O'Dwyer-Pell's husband.", "[name]'s [spouse]."),
        ("by tamsin and Mr. Sorrel", "by josé and Mrs. Farthing Bell", "by [name] and [name]"),
        ("It is Quillworth’s.", "It is O'Dwyer's.", "It is [name]'s."),
        (
            "Judgment, Millbrook Superior Court",
            "Judgment, Oak Hollow Superior Court",
            "Judgment, [place] Superior Court",
        ),
        ("seen near Pell Harbor, Texas", "seen in Tulsa, Oklahoma", None),
        ("at 12 Elm Street", "at 1402 N. Old Quarry Road", "at [address]"),
        ("A 012 345 678 is it", "A098765432 is it", "[A-number] is it"),
        (
            "cuida a su hijo; él trabaja",
            "cuida a su hija; ella trabaja",
            "cuida a su [hijo o hija]; [they] trabaja",
        ),
        ("es madre, su esposo murió", "es padre, su esposa murió", "es [padre o madre], su [cónyuge] murió"),
        ("He hurt himself. A man saw it.", "She hurt herself. A woman saw it.", None),
        ("met Maria Quillworth once", "met Pilar de la Cruz once", "met [name] once"),
        ("his son and his mother", "her daughter and her father", "[them] [child] and [them] [parent]"),
    ],
)
def test_two_persons_give_the_same_bytes(one: str, other: str, masked: str | None) -> None:
    assert mask(one, ONE).replace("near", "in") == mask(other, OTHER)
    if masked is not None:
        assert mask(one, ONE) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Cal. Veh. Code 23152(a), plea of guilty.",
        "Held by ICE since May 2024; form I-213 in FBI records.",
        "The conviction is recent. No report was read.",
        "el carro del vecino",
        "looked_not_found",
        "They were seen with their children.",
        "El informe dice que no.",
    ],
)
def test_what_is_neither_stays(text: str) -> None:
    assert mask(text, ONE) == text


def test_a_name_that_is_a_word_is_masked_where_it_is_written_as_a_name() -> None:
    known = Known.of(["Hope", "Young"], [])
    assert mask("Mr. Young is young, and there is hope for Hope Young.", known) == (
        "[name] is young, and there is hope for [name]."
    )


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("Tamsin Quillworth's brother lives in Millbrook, at 12 Elm Street (A012345678).", ONE)
    assert mask(once, ONE) == once


def test_codes_and_references_of_a_document_stay() -> None:
    document = {
        "ref": "conduct:newbold:1",
        "answer": "tamsin",
        "pins": [{"summary": "Tamsin drove."}],
        "number": 2,
    }
    assert mask_all(document, ONE) == {
        "ref": "conduct:newbold:1",
        "answer": "tamsin",
        "pins": [{"summary": "[name] drove."}],
        "number": 2,
    }
