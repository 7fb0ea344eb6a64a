"""Invariant 1: nothing computes, suggests, ranks, colours or preselects an outcome."""

from __future__ import annotations

import ast
import re

import pytest
from django.db.models import NOT_PROVIDED

from assessment.models import Assessment, Decision, DecisionVersion
from tests.architecture.scene import Scene, signed_in
from tests.architecture.source import ROOT, committed, read, rooms_python, templates, texts_of

LEANING = re.compile(r"\b(scor(e|es|ed|ing)|risk\w*|recommend\w*)\b", re.IGNORECASE)
# Places where such a word is no label that a person reads, with the reason.
EXCUSED: dict[str, str] = {
    "config/embedded/browser.py": "an option of the system's package manager when a browser is installed for tests",
}
OUTCOMES = {"act", "acts", "acting", "decline", "declines", "declined", "declining", "outcome"}


def _radios(page: str, name: str) -> list[tuple[str, str]]:
    """`(value, markup)` of the radio buttons of one name, in the order of the page."""
    inputs = re.findall(rf"<input[^>]*type=\"radio\"[^>]*name=\"{name}\"[^>]*>", page)
    return [(re.search(r'value="([^"]*)"', one).group(1), one) for one in inputs]  # type: ignore[union-attr]


@pytest.mark.parametrize("order", [["act", "decline"], ["decline", "act"]])
def test_outcomes_stand_in_the_stored_order_and_none_is_chosen(scene: Scene, order: list[str]) -> None:
    Assessment.objects.filter(pk=scene.assessment.pk).update(outcome_order=order)
    page = signed_in(scene.officer).get(
        f"/assessments/{scene.assessment.pk}/outcome/?decision={scene.draft.pk}"
    )
    radios = _radios(page.content.decode(), "outcome")
    assert [value for value, _ in radios] == order
    # But for value and id the two are the same, so that neither is drawn apart.
    alike = {re.sub(r'\s(value|id)="[^"]*"', "", markup) for _, markup in radios}
    assert len(alike) == 1
    assert "checked" not in alike.pop()


def test_no_question_of_a_new_assessment_has_an_answer(scene: Scene) -> None:
    from assessment.fields import DECISION_STEP, FACT_STEPS
    from assessment.models import StepAnswers

    StepAnswers.objects.filter(assessment=scene.assessment).update(answers={})
    client = signed_in(scene.officer)
    for step in (*FACT_STEPS, DECISION_STEP):
        page = client.get(
            f"/assessments/{scene.assessment.pk}/{step}/?decision={scene.draft.pk}"
        ).content.decode()
        main = page.split("<main")[1]
        assert not re.search(r"<input[^>]*\schecked", main), step
        for select in re.findall(r"<select.*?</select>", main, re.DOTALL):
            assert "selected" not in select, step
        assert 'type="radio"' in main or step == "consequences"


def test_the_supervisor_s_own_answer_is_not_chosen_for_them(scene: Scene) -> None:
    page = signed_in(scene.person("supervisor")).get(scene.address("review:detail")).content.decode()
    radios = _radios(page, "review_overriding_answer")
    assert len(radios) >= 2
    assert not any("checked" in markup for _, markup in radios)
    for verdict in ("approve", "return"):
        assert len(re.findall(rf'<button[^>]*value="{verdict}"', page)) == 1
    buttons = re.findall(r'<button[^>]*name="verdict"[^>]*>', page)
    classes = {re.search(r'class="([^"]*)"', one).group(1) for one in buttons}  # type: ignore[union-attr]
    assert len(classes) == 1, "approve and return look alike"


def test_no_kind_of_decision_is_chosen_at_the_start(scene: Scene) -> None:
    page = signed_in(scene.officer).get(scene.address("assessment:start")).content.decode()
    assert not any("checked" in markup for _, markup in _radios(page, "decision_type"))


def test_the_order_is_drawn(scene: Scene) -> None:
    """Both orders come up: 40 draws miss one of the two once in 10^12 runs."""
    from assessment import services
    from cases.models import Case

    seen = set()
    for _ in range(40):
        Decision.objects.filter(assessment__case=scene.case, state="draft").update(state="withdrawn")
        Assessment.objects.filter(case=scene.case).update(state="closed")
        assessment, _ = services.start_assessment(
            actor=scene.officer.actor(),
            user=scene.officer,
            case=Case.objects.get(pk=scene.case.pk),
            decision_type="detainer",
            direction="do",
        )
        seen.add(tuple(assessment.outcome_order))
        if len(seen) == 2:
            break
    assert seen == {("act", "decline"), ("decline", "act")}


def test_no_column_presets_an_outcome() -> None:
    for model, column in ((DecisionVersion, "outcome"), (Assessment, "outcome_order")):
        assert getattr(model._meta.get_field(column), "default", NOT_PROVIDED) is NOT_PROVIDED
    assert Decision().answers == {}


def test_nothing_is_ordered_by_outcome() -> None:
    for name in rooms_python():
        text = read(name)
        assert not re.search(r"order_by\([^)]*outcome(?!_order)", text), name
        assert not re.search(r"ORDER BY[^\"']*\boutcome\b", text, re.IGNORECASE), name
    for name in committed():
        if name.endswith(".sql"):
            assert not re.search(r"ORDER BY[^;]*\boutcome\b", read(name), re.IGNORECASE), name


def test_no_style_depends_on_an_outcome() -> None:
    for name in committed():
        if not name.endswith(".css"):
            continue
        for names in re.findall(r"[.#]([A-Za-z][\w-]*)", re.sub(r"\{[^}]*\}", "{}", read(name))):
            assert not OUTCOMES & set(re.split(r"[-_]+", names.lower())), f"{name}: {names}"
        assert not re.search(r"\[(data-)?(outcome|value)[^\]]*(act|decline)", read(name)), name
    for name in templates():
        for classes in re.findall(r"class=\"([^\"]*)\"", read(f"templates/{name}")):
            assert not re.search(r"\{[{%][^}]*\b(outcome|outcome_label)\b", classes), f"{name}: {classes}"
            tokens = set(re.split(r"[\s_-]+", re.sub(r"\{[{%].*?[}%]\}", " ", classes).lower()))
            assert not OUTCOMES & tokens, f"{name}: {classes}"


def test_no_label_speaks_of_a_score_a_risk_or_a_recommendation() -> None:
    found = set()
    for name in templates():
        for word in LEANING.finditer(re.sub(r"\{#.*?#\}", "", read(f"templates/{name}"))):
            found.add((f"templates/{name}", word.group()))
    for name in rooms_python():
        if name.startswith("policy/"):
            continue
        for _, text in texts_of(ast.parse(read(name))):
            found |= {(name, word.group()) for word in LEANING.finditer(text)}
    for name in committed():
        if name.startswith("static/") and name.endswith((".js", ".css", ".svg")):
            found |= {(name, word.group()) for word in LEANING.finditer(read(name))}
    assert {place for place, _ in found} == set(EXCUSED), sorted(found)


def test_no_name_in_the_code_of_decisions_computes_one() -> None:
    for name in rooms_python():
        if name.split("/")[0] not in {"assessment", "review", "cases"}:
            continue
        for node in ast.walk(ast.parse(read(name))):
            names = []
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.append(node.name)
            elif isinstance(node, ast.Name):
                names.append(node.id)
            elif isinstance(node, ast.arg):
                names.append(node.arg)
            for one in names:
                parts = set(re.split(r"_+|(?<=[a-z])(?=[A-Z])", one))
                words = {part.lower() for part in parts}
                assert not words & {
                    "score",
                    "scores",
                    "risk",
                    "recommend",
                    "recommendation",
                    "rank",
                    "suggested",
                }, f"{name}: {one}"


def test_the_stylesheet_exists() -> None:
    assert (ROOT / "static" / "shell" / "totality.css").is_file()
