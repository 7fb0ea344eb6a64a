"""The rules together: none forgotten, none that asks more of one outcome than of the other."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from assessment import rules
from assessment.draft import Draft
from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields, known_values
from assessment.rules import RULES, unmet_rules
from assessment.rules.texts import TEXTS
from tests.assessment.drafts import EDITION, complete, empty, present

HERE = Path(inspect.getfile(rules)).parent
NO_RULES = {"__init__", "texts", "unmet"}
NAMES = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_RULES)


def doc_of(name: str) -> str:
    return inspect.getdoc(importlib.import_module(f"assessment.rules.{name}")) or ""


# The guidance or a statute halts these steps; each file says so, in these words.
LOOK_AT_THE_OUTCOME = {name for name in NAMES if "looks at the outcome" in doc_of(name)}


def test_the_rules_that_look_at_the_outcome_are_these() -> None:
    assert {
        "conviction_or_database_hit_alone",
        "fear_blocks_execution",
        "place_and_certificate",
        "priority_for_acting",
        "prohibited_source_alone",
        "removability_alone",
        "stops_halt_adverse_steps",
    } == LOOK_AT_THE_OUTCOME


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_its_four_parts(name: str) -> None:
    function = getattr(importlib.import_module(f"assessment.rules.{name}"), name)
    assert function in RULES
    assert any(key.partition(".")[0] == name for key in TEXTS)
    assert (Path(__file__).parent / "rules" / f"test_{name}.py").exists()
    assert re.search(r"\((I|II|III|IV|V|VI|VII)(\.[A-D])?#\d+", doc_of(name)), "the file cites no clause"


def test_nothing_else_is_in_the_lists() -> None:
    assert sorted(rule.__name__ for rule in RULES) == NAMES
    assert {key.partition(".")[0] for key in TEXTS} == set(NAMES)
    tests = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "rules").glob("test_*.py")}
    assert tests == set(NAMES)


@pytest.mark.parametrize("name", sorted(set(NAMES) - LOOK_AT_THE_OUTCOME - {"outcome_chosen"}))
def test_the_others_do_not_read_it(name: str) -> None:
    assert not re.search(r"draft\.(outcome|acts|adverse)\b|\"outcome\"\)", (HERE / f"{name}.py").read_text())


DIRECTIONS = [(kind.key, way) for kind in EDITION.decision_types for way in ("do", "undo")]
SPOILT: list[dict[str, Any]] = [
    {},
    {"rationale": None, "rationale_pins": None},
    {"opposite_case": None, "opposite_pins": None},
    {"consequences": None},
    {"record_dispositions_state": None, "factor_lengthy_presence_presence": None},
    {"public_safety_why_current": None},
    {"national_security_finding": "found"},
    {"border_security_finding": "found"},
    {"dispute": "yes"},
    {"factor_lengthy_presence_presence": "looked_not_found"},
    {"rationale_pins": ["conduct:gone:1"], "opposite_pins": ["presence:gone:1"]},
    present("other_mitigating") | present("other_aggravating"),
]


def asked(draft: Draft) -> set[tuple[str, str]]:
    return {(one.step, one.field) for one in unmet_rules(draft) if one.rule not in LOOK_AT_THE_OUTCOME}


@pytest.mark.parametrize(("kind", "direction"), DIRECTIONS)
@pytest.mark.parametrize("in_force", [True, False])
def test_acting_and_declining_are_asked_the_same(kind: str, direction: str, in_force: bool) -> None:
    shared: dict[str, Any] = {"decision_type": kind, "direction": direction, "priorities_in_force": in_force}
    for spoilt in SPOILT:
        acting = complete(**(shared | spoilt), outcome="act")
        declining = complete(**(shared | spoilt), outcome="decline")
        assert asked(acting) == asked(declining), spoilt
        assert bool(asked(acting)) == bool(spoilt) or not in_force
    for name in complete().answers:
        if name == "outcome":
            continue
        acting = complete(**shared, outcome="act", **{name: None})
        declining = complete(**shared, outcome="decline", **{name: None})
        assert asked(acting) == asked(declining), name


@pytest.mark.parametrize(("kind", "direction"), DIRECTIONS)
@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_the_complete_draft_is_complete_for_every_kind_and_outcome(
    kind: str, direction: str, outcome: str
) -> None:
    assert unmet_rules(complete(decision_type=kind, direction=direction, outcome=outcome)) == []


def test_everything_that_is_asked_for_is_a_field_of_its_page() -> None:
    drafts = [empty(), complete(**present("other_mitigating"), dispute="yes")]
    drafts += [complete(**spoilt) for spoilt in SPOILT]
    for draft in drafts:
        for one in unmet_rules(draft):
            assert EDITION.clause(one.clause).text
            assert one.step == "status" or one.field in all_fields(EDITION.key, one.step)
            assert one.step in ("status", *FACT_STEPS, DECISION_STEP)


def test_on_a_day_without_priorities_only_the_findings_fall_away() -> None:
    in_force = {(one.rule, one.field) for one in unmet_rules(empty())}
    without = {(one.rule, one.field) for one in unmet_rules(empty(priorities_in_force=False))}
    assert in_force - without == {
        ("priorities_answered", f"{key}_finding")
        for key in ("national_security", "public_safety", "border_security")
    }
    assert without <= in_force
    assert unmet_rules(complete(priorities_in_force=False)) == []


SUGGESTION = re.compile(
    r"\b(acts?|acting|declin\w*|releas\w*|arrest\w*|detain\w*|remov(e|al)|recommend\w*|should|favou?rs?)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_no_text_suggests_an_outcome(key: str) -> None:
    if key.partition(".")[0] in LOOK_AT_THE_OUTCOME:
        return
    assert not SUGGESTION.search(" ".join(TEXTS[key])), TEXTS[key]


def test_every_text_says_what_to_do_next() -> None:
    for what, following in TEXTS.values():
        assert what.endswith((".", "}"))
        assert following.endswith(".")


def test_the_rules_read_nothing_but_the_draft() -> None:
    draft = complete()
    unmet_rules(draft)
    assert dataclasses.replace(draft) == draft


@pytest.mark.parametrize("name", sorted(set(known_values(EDITION.key)) & set(complete().answers)))
def test_an_answer_that_the_edition_does_not_know_is_no_answer(name: str) -> None:
    """The page refuses it, yet keeps it as typed; nobody signs it."""
    # An arrest asks every question that any decision asks, but for those of custody alone.
    draft = complete(decision_type="arrest", **{name: "perhaps"})
    assert name in {one.field for one in unmet_rules(draft)}
