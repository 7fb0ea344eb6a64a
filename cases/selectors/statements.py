"""The status page in coded words, for the conflict page and for people who read the case."""

from __future__ import annotations

from cases.status_answers import IMMIGRATION_STATUS, LOOKED, StatusAnswers
from policy.editions import Edition
from policy.services import current


def answers_in_words(answers: StatusAnswers) -> str:
    """All answers in one line of text."""
    return "; ".join(f"{label}: {value}" for label, value in answer_lines(answers))


def answer_lines(answers: StatusAnswers) -> list[tuple[str, str]]:
    """Label and answer, in the order of the page; a question without an answer says so. Protected facts are
    not here."""
    edition, _ = current()
    charges = ", ".join(_label(edition, "charge_of_removability", one) for one in answers.charges)
    if answers.charge_other:
        charges = f"{charges} ({answers.charge_other})"
    bases = ", ".join(
        _label(edition, "alienage_basis", basis) + ("" if evidence else " (no evidence attached)")
        for basis, evidence in answers.bases
    )
    indicia = ", ".join(_label(edition, "citizenship_indicia", one) for one in answers.citizenship_indicia)
    lines = [
        ("Charge of removability", charges),
        ("Basis of alienage", bases),
        ("Status", IMMIGRATION_STATUS.get(answers.immigration_status, answers.immigration_status)),
        ("Claim to citizenship", _label(edition, "citizenship_claim", answers.citizenship_claim)),
        ("Signs of citizenship", indicia or LOOKED.get(answers.citizenship_looked, "")),
        ("Under 18", _label(edition, "minor_check", answers.minor_check)),
        ("8 U.S.C. 1367", _label(edition, "section_1367_check", answers.section_1367_check)),
        ("Fear of return voiced", _label(edition, "fear_of_return", answers.fear_of_return)),
        ("Representative", _label(edition, "representative", answers.representative)),
        ("How the case came to us", _label(edition, "referral_source", answers.referral_source)),
        ("Source's relation to the person", _label(edition, "source_relation", answers.source_relation)),
    ]
    return [(label, value or "not answered") for label, value in lines]


def _label(edition: Edition, question: str, value: str) -> str:
    return next((option.label for option in edition.options(question) if option.key == value), value)
