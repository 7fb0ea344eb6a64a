"""A vehicle, a relative's case, somebody quiet, a gang's name: told apart from the twin that tells of a person."""

from __future__ import annotations

import pytest

from policy.guard import screen

HARMLESS = [
    "The white family van was parked by the fence.",
    "Her cousin drives a brown family truck.",
    "The trans bus left the sally port at six.",
    "Put his name on the trans log for tomorrow.",
    "She signed a petition for her sister in 2019.",
    "Firmó una petición por su hermano y pagó la cuota.",
    "Signed a petition for his mother and paid the fee.",
    "He filed and signed the petition for his wife.",
    "He is Gay Whitford's mechanic and rents a room.",
    "Casi no habla, está cansado.",
    "No habla con nadie en la celda.",
    "La vecina firmó la carta de apoyo y la entregó.",
    "El patrón firmó la carta el lunes.",
    "La señora vive con su esposo y lava para los dos.",
    "Vende agua en el partido de futbol.",
    "The intake form lists him as a Sureño gang associate.",
    "The suspect sat in the back, the agent in front.",
]
TELLING = [
    ("The white family in the van is his.", "race"),
    ("A white man's van was parked there.", "race"),
    ("The trans inmate missed the van.", "gender_identity"),
    ("Ella es trans y vive sola.", "gender_identity"),
    ("He signed a petition to the mayor against the raids.", "first_amendment"),
    ("She signed a petition for her brother's release.", "first_amendment"),
    ("He is gay and rents a room.", "sexual_orientation"),
    ("Casi no habla inglés.", "national_origin"),
    ("El vecino firmó la carta al alcalde contra las redadas.", "first_amendment"),
    ("Milita en el partido desde joven.", "political_association"),
    ("He was active in the party until 2015.", "political_association"),
    ("She spoke at the town meeting about the road.", "first_amendment"),
    ("She is a Native and fishes for crab.", "race"),
    ("He used to be a she, says the nurse.", "gender_identity"),
    ("He never touches bacon or beer.", "religion"),
    ("Driver isahonduran, no license.", "national_origin"),
    ("El chofer esunhondureño sin papeles.", "national_origin"),
    ("The caller says he is an A*ab.", "race"),
    ("He is Kaзakh and drives a cab.", "national_origin"),
]


@pytest.mark.parametrize("text", HARMLESS)
def test_nothing_is_told_of_a_person(text: str) -> None:
    assert screen(text) == ()


@pytest.mark.parametrize(("text", "attribute"), TELLING)
def test_the_twin_is_found(text: str, attribute: str) -> None:
    assert attribute in {finding.attribute for finding in screen(text)}
