"""Part of a name, a thing, a place of arrest, a victim of a crime, a procedure: no word about the person."""

from __future__ import annotations

import pytest

from policy.guard import screen


@pytest.mark.parametrize(
    "text",
    [
        "Moreno signed the form.",
        "Officer Baghdadi wrote the report.",
        "Agents arrested Maya at work.",
        "The driver, whose name is Gay, stopped.",
        "Angel Cruz de Jesus owes him rent.",
        "The dog, Lady, was left with a neighbor.",
        "He lives on Calle Iglesia 22.",
        "They moved from Lebanon, Pennsylvania, to Peru, Indiana.",
        "Lutheran Immigration Services paid the fee.",
        "He worked for Haitian Bridge Alliance.",
        "The Catholic hospital has the records.",
        "Rally Auto Parts confirmed his employment.",
        "He was stopped behind the mosque.",
        "The hate crime conviction involved a synagogue.",
        "The stolen goods were Bibles and phones.",
        "He was convicted of assaulting a woman.",
        "A female officer searched her.",
        "He was extradited from Spain.",
        "He is a member of the Aryan Brotherhood.",
        "The indigenous fish survey was cancelled.",
        "She takes hormones for menopause.",
        "R is a 40-year-old with one arrest.",
        "The consulate issues travel documents, the officer said.",
        "Kenya Baptist-Moore signed for the keys.",
        "He grew up with Jordan Pell and learned plumbing.",
        "He is at the Arab, Alabama outlet.",
        "He was discharged from Presbyterian on the ninth.",
        "He was arrested in the parking lot of First Baptist.",
        "He is the father of two girls.",
        "His business partner Luis left in 2019.",
        "A school therapist sees the boy on Tuesdays.",
        "She protested the towing fee and paid it.",
        "A rally of the stock price paid his bail.",
        "He asked for Attorney Priest before the flight.",
        "Caridades Católicas le pagó el hotel.",
        "Comió pan francés en la tienda.",
        "La señora tiene tres hijos.",
        "Her race for the bus ended with a broken ankle.",
        "A white bag and a black scale were on the seat.",
        "Hair brown. No marks.",
        "The jail is transitioning to new tablets.",
        "His brother wrote a statement and it was read into the record.",
        "The Mexican borders office sent its form.",
        "Tiene un hermano.",
        "Su hija se llama María.",
        "Neither one nor the other.",
    ],
)
def test_nothing_is_found(text: str) -> None:
    assert screen(text) == ()


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("She is Maya and weaves.", "race"),
        ("He converted to Islam.", "religion"),
        ("He prays at the mosque on Fridays.", "religion"),
        ("She wore indigenous dress.", "race"),
        ("He comes from Lebanon.", "national_origin"),
        ("He is a Haitian driver.", "national_origin"),
        ("The rally against ICE was his idea.", "first_amendment"),
        ("A rally of the teachers was his idea.", "first_amendment"),
        ("She protested the raid.", "first_amendment"),
        ("He spoke to the press on Monday.", "first_amendment"),
        ("She wrote a statement condemning the mayor.", "first_amendment"),
        ("The driver was filming me.", "first_amendment"),
        ("She is transitioning to female.", "gender_identity"),
        ("She lives as Rebecca.", "gender_identity"),
        ("He asked for a priest.", "religion"),
        ("Es católico.", "religion"),
        ("Una señora de setenta años abrió.", "gender"),
        ("Some Guatemalan roofers have old orders.", "national_origin"),
        ("I asked where he is from and he said Senegal.", "national_origin"),
        ("He listed a domestic partner named Steven.", "sexual_orientation"),
        ("The jail has him as mixed.", "race"),
    ],
)
def test_the_same_words_of_a_person_are_found(text: str, attribute: str) -> None:
    assert attribute in [one.attribute for one in screen(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He assaulted her boyfriend outside the bar.",
        "He was hit by his sister's husband.",
        "He met her boyfriend once.",
    ],
)
def test_the_partner_of_another_person_tells_nothing(text: str) -> None:
    assert screen(text) == ()


def test_ones_own_partner_is_read() -> None:
    assert [one.attribute for one in screen("He lives with his boyfriend.")] == ["sexual_orientation"]


def test_a_phrase_of_grammar_hides_nothing_from_a_pattern() -> None:
    found = screen("He testified before the county council on detention.")
    assert [one.attribute for one in found] == ["first_amendment"]


def test_an_owners_ending_in_a_pattern_is_read() -> None:
    found = screen("He's the target's boyfriend, and he let us in.")
    assert [one.attribute for one in found] == ["sexual_orientation"]


@pytest.mark.parametrize(
    "text",
    [
        "My cousin Christian and the clerk were there.",
        "His faith in the bondsman was misplaced.",
        "The statement was recorded by an officer at intake.",
        "The race at the track was over by noon.",
        "A white male dog was in the yard.",
        "El carro era negro con rines blancos.",
        "Chad Israel is the owner of the lot.",
        "An editorial note was added to page 3.",
        "He is a trans-load operator at the rail yard.",
    ],
)
def test_ordinary_words_in_their_ordinary_company_are_left_alone(text: str) -> None:
    assert screen(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "His cousin is a Christian.",
        "His faith is strong.",
        "He recorded an officer at the gate.",
        "His race was noted.",
        "A white male was in the yard.",
        "El detenido es negro.",
        "The owner is Israeli.",
        "She writes editorials.",
        "He is a trans man.",
    ],
)
def test_the_same_words_told_of_a_person_are_found(text: str) -> None:
    assert screen(text)
