"""What the guard finds and what it leaves alone, one example of each kind. Accuracy is measured elsewhere."""

from __future__ import annotations

import pytest

from policy.guard import ATTRIBUTES, lexicon_digest, screen


def found(text: str) -> set[tuple[str, str]]:
    """Attribute and words of all findings."""
    return {(finding.attribute, finding.text) for finding in screen(text)}


@pytest.mark.parametrize(
    ("text", "attribute", "word"),
    [
        ("The noncitizen is Bolivian and rents a room.", "national_origin", "Bolivian"),
        ("He was born in Cochabamba and came as a child.", "national_origin", "Cochabamba"),
        ("Witnesses told us of a black male near the bus stop.", "race", "black"),
        ("She fasts in Ramadan.", "religion", "Ramadan"),
        ("The respondent is a 30-year-old man.", "gender", "man"),
        ("He has been married to his husband since 2016.", "sexual_orientation", "husband"),
        ("The detainee is a trans woman.", "gender_identity", "trans woman"),
        ("He is the shop steward of the carpenters union.", "political_association", "shop steward"),
        ("She handed out leaflets at the station.", "first_amendment", "leaflets"),
    ],
)
def test_a_mention_is_found(text: str, attribute: str, word: str) -> None:
    assert any(name == attribute and word in words for name, words in found(text)), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The subject drove a black pickup with a white stripe.",
        "Officer Black wrote the report.",
        "He lives on Georgia Avenue with his mother.",
        "The I-130 petition was approved in March 2019.",
        "She is a noncitizen with a U.S. citizen husband and two children.",
        "He was removed to Honduras in 2014.",
        "He works for a Greek restaurant.",
        "The credit union closed the account.",
        "",
        " ",
    ],
)
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert found(text) == set()


def test_offsets_are_code_points_of_the_text_given() -> None:
    text = "🙂 He\u200b is Mex\u0301ican."
    findings = screen(text)
    assert [text[finding.start : finding.end] for finding in findings] == [
        finding.text for finding in findings
    ]
    assert [finding.text for finding in findings] == ["Mex\u0301ican"]


def test_every_finding_says_why() -> None:
    for finding in screen(
        "She is a gay Catholic Peruvian man in a union who marched in a protest; her race is noted."
    ):
        assert finding.attribute in ATTRIBUTES
        assert finding.reason.endswith(".")
        assert finding.rule


def test_the_digest_is_stable() -> None:
    assert lexicon_digest() == lexicon_digest()
    assert len(lexicon_digest()) == 64


def test_who_a_couple_is_made_of_is_told_beside_it() -> None:
    found = screen("The two women in unit 9 are married.")
    assert {one.attribute for one in found} == {"gender", "sexual_orientation"}
    assert [one.attribute for one in screen("She has a female partner.")] == ["sexual_orientation"]
