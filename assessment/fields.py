"""The fields of each step, made from the edition. One name in the page, the API and the export.

Labels, hints, clauses and options come from the edition; what a field accepts (shape, length) is here. Answers are
kept as they were typed, so that a half-done or wrong answer is never lost; `assessment.rules` judges them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from policy.editions import Edition, load

LONGEST_TEXT = 20_000


class Kind(StrEnum):
    ONE = "one"
    SEVERAL = "several"
    TEXT = "text"
    DATE = "date"
    PINS = "pins"
    EVIDENCE = "evidence"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `group` ties it to the field that opens it; `opens_on` names the answer that does."""

    name: str
    question: str
    kind: Kind
    label: str
    hint: str = ""
    asked_because: str = ""
    clauses: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    opens_on: tuple[str, ...] = ()
    dependants: tuple[Field, ...] = field(default=())

    @property
    def many(self) -> bool:
        return self.kind in (Kind.SEVERAL, Kind.PINS)


FACT_STEPS = (
    "records",
    "national-security",
    "public-safety",
    "factors",
    "border-security",
    "dispute",
    "consequences",
)
DECISION_STEP = "outcome"
PRIORITY_STEPS = frozenset({"national-security", "public-safety", "border-security"})
# What a last conduct can be: what the person did, or what a court or the police say of it.
CONDUCT_KINDS = frozenset({"conduct", "conviction", "arrest"})
LAST_CONDUCT = "public_safety_last_conduct"


def _make(
    edition: Edition,
    question: str,
    kind: Kind,
    *,
    name: str = "",
    opens_on: Iterable[str] = (),
    dependants: tuple[Field, ...] = (),
    options: tuple[Option, ...] | None = None,
) -> Field:
    asked = edition.question(question)
    if options is None:
        options = ()
        if kind in (Kind.ONE, Kind.SEVERAL):
            options = tuple(
                Option(term.key, term.label, getattr(term, "hint", "")) for term in edition.options(question)
            )
    return Field(
        name=name or question,
        question=question,
        kind=kind,
        label=asked.label,
        hint=asked.hint,
        asked_because=asked.asked_because,
        clauses=asked.clauses,
        options=options,
        opens_on=tuple(opens_on),
        dependants=dependants,
    )


_top: dict[tuple[str, str], tuple[Field, ...]] = {}
_flat: dict[tuple[str, str], dict[str, Field]] = {}
_known: dict[str, dict[str, frozenset[str]]] = {}
# Kept by the digest of the content, so that two contents of one edition never share their fields.


def _edition(edition: Edition | str) -> Edition:
    """A key stands for the content of the files; pages and rules give the edition that is in force."""
    return load(edition) if isinstance(edition, str) else edition


def top_fields(edition: Edition | str, step: str) -> tuple[Field, ...]:
    """The fields of a step in order, each with the fields that an answer opens."""
    found = _edition(edition)
    key = (found.content_digest, step)
    if key not in _top:
        _top[key] = _BUILDERS[step](found)
    return _top[key]


def all_fields(edition: Edition | str, step: str) -> dict[str, Field]:
    """Every field of a step by name, dependants included."""
    found = _edition(edition)
    key = (found.content_digest, step)
    if key not in _flat:
        flat: dict[str, Field] = {}

        def add(fields: Iterable[Field]) -> None:
            for one in fields:
                flat[one.name] = one
                add(one.dependants)

        add(top_fields(found, step))
        _flat[key] = flat
    return _flat[key]


def known_values(edition: Edition | str) -> dict[str, frozenset[str]]:
    """The answers that each coded field knows, over all steps. Fields whose options come from the case are not here."""
    found = _edition(edition)
    if found.content_digest not in _known:
        _known[found.content_digest] = {
            name: frozenset(option.value for option in one.options)
            for step in (*FACT_STEPS, DECISION_STEP)
            for name, one in all_fields(found, step).items()
            if one.kind in (Kind.ONE, Kind.SEVERAL) and one.options
        }
    return _known[found.content_digest]


def text_fields(edition: Edition | str, step: str) -> tuple[str, ...]:
    """The free texts of a step."""
    return tuple(name for name, one in all_fields(edition, step).items() if one.kind == Kind.TEXT)


def labels_of_texts(edition: Edition) -> dict[str, str]:
    """Every free text in words; that of a factor is named by the factor."""
    labels = {
        name: all_fields(edition, step)[name].label
        for step in (*FACT_STEPS, DECISION_STEP)
        for name in text_fields(edition, step)
    }
    return labels | {factor_name(factor.key, "why"): factor.label for factor in edition.factors}


def _records(edition: Edition) -> tuple[Field, ...]:
    fields = []
    for kind in edition.record_kinds:
        prefix = f"record_{kind.key}"
        dated = [state.key for state in edition.record_states if state.needs_date]
        excused = [state.key for state in edition.record_states if state.needs_reason]
        fields.append(
            _make(
                edition,
                f"{prefix}_state",
                Kind.ONE,
                dependants=(
                    _make(edition, f"{prefix}_on", Kind.DATE, opens_on=dated),
                    _make(edition, f"{prefix}_reason", Kind.ONE, opens_on=excused),
                ),
            )
        )
    return tuple(fields)


def _national_security(edition: Edition) -> tuple[Field, ...]:
    found = ("found",)
    return (
        _make(
            edition,
            "national_security_finding",
            Kind.ONE,
            dependants=(
                _make(edition, "national_security_ground", Kind.SEVERAL, opens_on=found),
                _make(edition, "national_security_conduct", Kind.PINS, opens_on=found),
                _make(edition, "national_security_source", Kind.EVIDENCE, opens_on=found),
                _make(edition, "national_security_information_date", Kind.DATE, opens_on=found),
            ),
        ),
    )


def _public_safety(edition: Edition) -> tuple[Field, ...]:
    """Editions that name grounds for public safety ask for them; the guidelines of 2021-09-30 name none."""
    found = ("found",)
    grounds: tuple[Field, ...] = ()
    if edition.priority("public_safety").grounds:
        grounds = (_make(edition, "public_safety_ground", Kind.SEVERAL, opens_on=found),)
    return (
        _make(
            edition,
            "public_safety_finding",
            Kind.ONE,
            dependants=(
                *grounds,
                _make(edition, LAST_CONDUCT, Kind.PINS, opens_on=found),
                _make(edition, "public_safety_why_current", Kind.TEXT, opens_on=found),
            ),
        ),
    )


def factor_name(factor: str, part: str) -> str:
    """The field name of one part of a factor, e.g. `factor_lengthy_presence_presence`."""
    return f"factor_{factor}_{part}"


def _factors(edition: Edition) -> tuple[Field, ...]:
    fields = []
    for factor in edition.factors:
        present, looked = ("present",), ("looked_not_found",)
        dependants = []
        if factor.subtypes:
            dependants.append(
                _make(
                    edition,
                    "factor_subtype",
                    Kind.SEVERAL,
                    name=factor_name(factor.key, "subtype"),
                    opens_on=present,
                    options=tuple(Option(term.key, term.label, term.hint) for term in factor.subtypes),
                )
            )
        dependants += [
            _make(
                edition, "factor_weight", Kind.ONE, name=factor_name(factor.key, "weight"), opens_on=present
            ),
            _make(edition, "factor_pins", Kind.PINS, name=factor_name(factor.key, "pins"), opens_on=present),
            _make(edition, "factor_why", Kind.TEXT, name=factor_name(factor.key, "why"), opens_on=present),
            _make(
                edition,
                "factor_record",
                Kind.RECORD,
                name=factor_name(factor.key, "record"),
                opens_on=looked,
                options=tuple(Option(key, edition.record_kind(key).label) for key in factor.records),
            ),
        ]
        fields.append(
            _make(
                edition,
                "factor_presence",
                Kind.ONE,
                name=factor_name(factor.key, "presence"),
                dependants=tuple(dependants),
            )
        )
    return tuple(fields)


def _border_security(edition: Edition) -> tuple[Field, ...]:
    found = ("found",)
    return (
        _make(
            edition,
            "border_security_finding",
            Kind.ONE,
            dependants=(
                _make(edition, "border_security_ground", Kind.SEVERAL, opens_on=found),
                _make(edition, "border_security_facts", Kind.PINS, opens_on=found),
            ),
        ),
    )


def _dispute(edition: Edition) -> tuple[Field, ...]:
    yes = ("yes",)
    return (
        _make(
            edition,
            "dispute",
            Kind.ONE,
            dependants=(
                _make(edition, "dispute_kind", Kind.SEVERAL, opens_on=yes),
                _make(edition, "dispute_pins", Kind.PINS, opens_on=yes),
            ),
        ),
    )


def _consequences(edition: Edition) -> tuple[Field, ...]:
    return (
        _make(edition, "consequences", Kind.TEXT),
        _make(edition, "consequences_pins", Kind.PINS),
    )


def _outcome(edition: Edition) -> tuple[Field, ...]:
    """Fields of every decision; `applies` says which of them a given decision shows."""
    mandated = ("mandated",)
    return (
        _make(
            edition,
            "lane",
            Kind.ONE,
            dependants=(
                _make(edition, "mandate_statute", Kind.ONE, opens_on=mandated, options=()),
                _make(edition, "mandate_predicate", Kind.PINS, opens_on=mandated),
                _make(edition, "mandate_release_date", Kind.DATE, opens_on=mandated),
                _make(edition, "mandate_counsel", Kind.EVIDENCE, opens_on=mandated),
            ),
        ),
        _make(edition, "action_place", Kind.ONE),
        _make(edition, "outcome", Kind.ONE, options=()),
        _make(edition, "opposite_case", Kind.TEXT),
        _make(edition, "opposite_pins", Kind.PINS),
        _make(edition, "rationale", Kind.TEXT),
        _make(edition, "rationale_pins", Kind.PINS),
        _make(edition, "no_priority_ground", Kind.TEXT),
        _make(edition, "would_change", Kind.SEVERAL, options=()),
    )


_BUILDERS = {
    "records": _records,
    "national-security": _national_security,
    "public-safety": _public_safety,
    "factors": _factors,
    "border-security": _border_security,
    "dispute": _dispute,
    "consequences": _consequences,
    "outcome": _outcome,
}
