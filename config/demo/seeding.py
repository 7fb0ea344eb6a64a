"""Seeds the demonstration: what is missing is made, what is there is left alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from cases.models import Person as PersonRow
from cases.models import PersonIdentifier
from config.demo.accounts import make_accounts, make_full_review, make_offices, make_training, make_zones
from config.demo.decided import DECIDED
from config.demo.deciding import decide
from config.demo.events import DemoSeeded
from config.demo.imported import import_actions
from config.demo.more_persons import MORE
from config.demo.persons import PERSONS, Person
from config.demo.recorder import Recorder
from config.demo.stops import STOPS
from config.demo.waiting import WAITING
from ledger.actors import SYSTEM
from ledger.services import NewEntry, append

NAMED: Final = (*PERSONS, *STOPS, *MORE, *WAITING, *DECIDED)
FIRST_NUMBER: Final = 910_000_000
BEGINNINGS: Final = (
    "Alder",
    "Birch",
    "Clover",
    "Dell",
    "Ember",
    "Fern",
    "Gorse",
    "Heather",
    "Iron",
    "Juniper",
    "Kestrel",
)
ENDINGS: Final = (
    "bottom",
    "croft",
    "dyke",
    "garth",
    "holm",
    "lea",
    "mere",
    "nook",
    "rigg",
    "thwaite",
    "wick",
)
GIVEN: Final = (
    "Abbin",
    "Corrow",
    "Dessa",
    "Ennick",
    "Fallo",
    "Garrin",
    "Hesk",
    "Jessop",
    "Kerra",
    "Lowin",
    "Marrit",
)
SITES: Final = ("Larkmoor County Jail", "Millgate City Jail", "Bus terminal, Eastgate", "Quayside market", "")


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was missing and is made now."""

    offices: tuple[str, ...]
    accounts: tuple[str, ...]
    cases: tuple[str, ...]
    actions: int = 0

    def __bool__(self) -> bool:
        return bool(self.offices or self.accounts or self.cases or self.actions)


def seed(*, cases: int = len(NAMED), seed_: int = 1) -> Seeded:
    """Offices, accounts, and `cases` persons: the named ones first, then ones drawn by `seed_`, the same each
    time.
    """
    with transaction.atomic():
        offices, accounts = make_offices(), make_accounts()
        make_training()
        make_zones()
        make_full_review()
        _note(Seeded(tuple(offices), tuple(accounts), ()))
    users = {user.username: user for user in User.objects.filter(is_demo=True).select_related("office")}
    made: list[str] = []
    for person in _persons(cases, seed_):
        if person.officer not in users or _is_there(person):
            continue
        # A person is there whole or not at all, so that the next run can tell.
        with transaction.atomic():
            one = Recorder(
                users[person.officer], name=person.name, birth=person.birth, a_number=person.a_number
            )
            person.build(one)
            decide(one, users, person.acts)
        made.append(str(one.case.id))
    with transaction.atomic():
        _note(Seeded((), (), tuple(made)))
    # Another system's word comes last, on cases that are there; its run has entries of its own.
    return Seeded(tuple(offices), tuple(accounts), tuple(made), import_actions())


def _note(made: Seeded) -> None:
    if made:
        payload = DemoSeeded(accounts=made.accounts, offices=made.offices, cases=made.cases)
        append(NewEntry(payload=payload, actor=SYSTEM))


def _is_there(person: Person) -> bool:
    if person.a_number:
        return PersonIdentifier.objects.filter(kind="a_number", value=person.a_number).exists()
    family, _, given = person.name.partition(", ")
    return PersonRow.objects.filter(Q(family_name=family) & Q(given_name=given)).exists()


def _persons(count: int, seed_: int) -> Iterator[Person]:
    yield from NAMED[:count]
    rng = random.Random(seed_)  # noqa: S311 - the same invented persons each time
    for number in range(count - len(NAMED)):
        name = f"{rng.choice(BEGINNINGS)}{rng.choice(ENDINGS)}, {rng.choice(GIVEN)}"
        birth = rng.choice(
            (str(rng.randint(1955, 2005)), f"{rng.randint(1955, 2005)}-{rng.randint(1, 12):02d}", "")
        )
        # Room for a hundred thousand persons of each seed.
        a_number = f"A{FIRST_NUMBER + seed_ % 800 * 100_000 + number:09d}"
        officer = rng.choice(("officer", "officer2", "officer3"))
        on, site = f"2024-{rng.randint(1, 11):02d}-{rng.randint(1, 28):02d}", rng.choice(SITES)
        yield Person(name, birth, a_number, officer, _met(on, site))


def _met(on: str, site: str) -> Callable[[Recorder], None]:
    def build(one: Recorder) -> None:
        jail = "Jail" in site
        one.encounter(
            on,
            custody="custodial" if jail else "at_large",
            site=site,
            referral_source="jail" if jail else "other",
            source_relation="agency",
        )
        one.missing_record("criminal_record", "State bureau", asked=on)

    return build
