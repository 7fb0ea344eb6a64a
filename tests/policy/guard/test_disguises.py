"""Words that somebody took apart, misspelt or ran together are read; ordinary words that only look so are not."""

from __future__ import annotations

import pytest

from policy.guard import screen


@pytest.mark.parametrize(
    "written",
    [
        "Ho(n)duran", "Hon/du/ran", "Hon[duran]", "Hon+duran", "Hon_duran", "Hon.duran", "H-o-n-d-u-r-a-n",
        "Hon\u200bduran",
        "Нonduran", "H0ndur4n", "H*nduran", "Hndrn", "narudnoh", "Hondduran", "Hondruan", "Hodnuran",
        "ＨＯＮＤＵＲＡＮ",
        "ReportHonduranFinal", "Hondur-\nan", "H o n d u r a n",
    ],
)  # fmt: skip
def test_a_nationality_is_read_through_its_disguise(written: str) -> None:
    found = screen(f"The subject is {written} and works nights.")
    assert [one.attribute for one in found] == ["national_origin"], written


@pytest.mark.parametrize(
    "written",
    ["Cuabn", "Cban", "Cubaan", "Meksikan", "Ekuadorian", "phillipino", "Blacck", "Baclk", "lesbein"],
)
def test_a_slip_or_a_sound_is_read(written: str) -> None:
    assert screen(f"He is {written} and paints houses.")


@pytest.mark.parametrize(
    "text",
    [
        "The panic in his voice was plain.",
        "He saw Cameron and Chopin at the corona of the crowd.",
        "Back pay and a contrast dye were billed.",
        "Her creation is a crouton salad.",
        "See Exhibit M, 12 pages, and Tab F, 22.",
        "La niña necesita lentes para la escuela y un asiento.",
        "Los bomberos dicen que pagan la renta y compran pan.",
        "The store closed at 2 a.m. and the man's car stayed.",
    ],
)
def test_ordinary_words_near_to_a_term_are_left_alone(text: str) -> None:
    assert [one for one in screen(text) if one.attribute not in ("gender",)] == []
