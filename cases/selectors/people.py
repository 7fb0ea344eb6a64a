"""Finding persons: exact identifier first, else the beginning of a name; at most twenty; never by place or
country."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model, OrderBy, Q, QuerySet, Value
from django.db.models.functions import Upper

from accounts.models import User
from cases.dates import UncertainDate
from cases.errors import Refused
from cases.identifiers import normalise, normalise_a_number
from cases.models import Case, CaseState, IdentifierKind, Person, PersonAlias, PersonIdentifier
from cases.selectors.similar import similar_names
from cases.selectors.views import PersonMatch
from cases.selectors.visibility import visible_cases

MOST = 20
# Some of the first persons may be hidden from this user, so a few more are looked at than are shown.
REACH = 5 * MOST


class ByIndex(OrderBy):
    """The order in which the index on names keeps them: the first of many thousand are then read without the others."""

    # Django cuts an order off at its direction to compare it, and fails where there is none.
    template = "%(expression)s USING ~<~ /* ASC */"


def find_people(user: User, q: str, *, similar: bool = False) -> list[PersonMatch]:
    """At most 20 persons. An exact identifier answers alone; else names, other names among them, that begin with
    what was typed.

    Names as `family`, `family, given` or `given family`. At most six queries. `similar` asks for names that are like
    it instead, nearest first; `can_search_similar` says whether the database can.
    """
    words = " ".join(q.split())[:200]
    if not words or "\x00" in words:
        return []
    values = {words, words.upper(), normalise_a_number(words) or words}
    known = Q(person_id__in=_known_by(values)) | Q(pk=_uuid(words))
    exact = _matches(visible_cases(user).filter(known), values)
    if exact:
        return exact
    if similar:
        near = similar_names(words, REACH)
        found = _matches(
            visible_cases(user).filter(person_id__in=near), (), near, most=REACH, found_by="similar name"
        )
        order = {person: place for place, person in enumerate(near)}
        return sorted(found, key=lambda one: order[one.person_id])[:MOST]
    called = _called(_name_begins(words))
    return _matches(visible_cases(user).filter(person_id__in=called), (), called)


def possible_duplicates(
    *,
    user: User,
    family_name: str,
    given_name: str = "",
    birth: UncertainDate | None = None,
    identifiers: Sequence[tuple[str, str]] = (),
) -> list[PersonMatch]:
    """Visible persons who may be the same: an equal identifier, or an equal name (swapped too, the given
    name by its beginning) whose birth interval does not exclude it. At most 20; for a person to judge,
    nothing is merged."""
    values = set()
    for kind, value in identifiers:
        try:
            values.add(normalise(kind, value))
        except Refused:
            continue
    family, given = " ".join(family_name.split()), " ".join(given_name.split())
    persons = _known_by(values)
    aliases: dict[uuid.UUID, str] = {}
    if family:
        named = [Q(family_name__istartswith=family)]
        if given:
            named[0] &= Q(given_name__istartswith=given[:1]) | Q(given_name="")
            named.append(Q(family_name__istartswith=given, given_name__istartswith=family))
        aliases = _called(named, birth)
    return _matches(visible_cases(user).filter(person_id__in=[*persons, *aliases]), values, aliases)


def identifiers_of(case: Case) -> tuple[str, ...]:
    """The identifiers of the case's person, each with its kind."""
    return tuple(map(identifier_words, case.person.identifiers.order_by("kind", "id")))


def identifier_words(row: PersonIdentifier) -> str:
    return str(row) if row.kind == IdentifierKind.A_NUMBER else f"{row.get_kind_display()} {row}"


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _known_by(values: Iterable[str]) -> list[uuid.UUID]:
    """Ids of the persons with one of these identifiers."""
    rows = PersonIdentifier.objects.filter(value__in=set(values)).order_by("person_id")
    return list(rows.values_list("person_id", flat=True)[:REACH])


def _called(names: Sequence[Q], birth: UncertainDate | None = None) -> dict[uuid.UUID, str]:
    """The first persons of these names, each with the other name that matched, or nothing for the own name.

    Persons come before cases, and each beginning is looked for by itself, so that the index on names serves: with an
    `OR` between them the planner may read it from its first name on.
    """
    order = (ByIndex(Upper("family_name")), ByIndex(Upper("given_name")), "id")

    def first(model: type[Model], name: Q, reach: str) -> QuerySet[Any]:
        rows = model._default_manager.filter(name, _born(birth, reach) if birth is not None else Q())
        return rows.order_by(*order)

    own = [first(Person, one, "").values_list("id", Value(""), Value(""))[:REACH] for one in names]
    other = [
        first(PersonAlias, one & Q(withdrawn=False), "person__").values_list(
            "person_id", "family_name", "given_name"
        )[:REACH]
        for one in names
    ]
    found: dict[uuid.UUID, str] = {}
    for person_id, family, given in own[0].union(*own[1:], *other, all=True):
        name = ", ".join(part for part in (family, given) if part)
        if not name or person_id not in found:
            found[person_id] = name
    return found


def _born(birth: UncertainDate, prefix: str = "") -> Q:
    """Nothing is known of the birth, or its interval meets `birth`."""
    return Q(**{f"{prefix}birth_earliest__isnull": True}) | Q(
        **{f"{prefix}birth_earliest__lte": birth.latest, f"{prefix}birth_latest__gte": birth.earliest}
    )


def _name_begins(words: str) -> list[Q]:
    family, comma, given = (part.strip() for part in words.partition(","))
    if comma:
        return [Q(family_name__istartswith=family, given_name__istartswith=given)]
    begins = [Q(family_name__istartswith=words)]
    # Two family names after one given name too, as in `Ana Lopez Garza`.
    for first, last in dict.fromkeys((words.rpartition(" ")[::2], words.partition(" ")[::2])):
        if first and last:
            begins.append(Q(family_name__istartswith=last, given_name__istartswith=first))
    return begins


def _matches(
    cases: QuerySet[Case],
    values: Iterable[str],
    aliases: Mapping[uuid.UUID, str] | None = None,
    *,
    most: int = MOST,
    found_by: str = "name",
) -> list[PersonMatch]:
    """One match a person: the open case, else the latest. `aliases` says by which other name one was found."""
    found = (
        cases.select_related("person", "office")
        .prefetch_related("person__identifiers")
        .order_by("person__family_name", "person__given_name", "person_id", "-state", "-id")[: most * 3]
    )
    matches: dict[uuid.UUID, PersonMatch] = {}
    for case in found:
        if case.person_id in matches or len(matches) == most:
            continue
        matched = [identifier_words(row) for row in case.person.identifiers.all() if row.value in set(values)]
        matches[case.person_id] = PersonMatch(
            case_id=case.id,
            person_id=case.person_id,
            name=case.person.name,
            birth=str(case.person.birth or ""),
            identifiers=tuple(map(identifier_words, case.person.identifiers.all())),
            matched=_found_by(matched, (aliases or {}).get(case.person_id, ""), found_by),
            office=case.office_id,
            office_name=case.office.name,
            open=case.state == CaseState.OPEN,
            restricted=case.restricted,
        )
    return list(matches.values())


def _found_by(identifiers: Sequence[str], alias: str, name: str) -> str:
    if identifiers:
        return f"same identifier: {', '.join(identifiers)}"
    return f"other name: {alias}" if alias else name
