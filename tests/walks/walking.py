"""What people do on a walk, page by page. Every verb ends on the page that the product leads to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger.exports import running
from ledger.verifier import verify
from tests import factories
from tests.browser.steps import Person, pin
from tests.ledger.sealing import seal
from tests.ledger.second_verifier import judge
from tests.walks.record import Record

PRIORITY_PAGES = ("national-security", "border-security")


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """The answers of the status page. `bases` pairs a basis with the word for its evidence, or none."""

    charge: str
    immigration_status: str = "none"
    bases: Mapping[str, str] = field(default_factory=dict)
    claim: str = "no"
    looked: str = "looked_not_found"
    indicia: Sequence[str] = ()
    minor: str = "no"
    section_1367: str = "no"
    fear: str = "no"
    representative: str = "no"
    source: str = "jail"
    relation: str = "agency"


def fill_status(officer: Person, record: Record, status: Status) -> None:
    """Fill in the status page and save it. The page that follows tells whether it was kept."""
    officer.open(record.url + "status/")
    officer.choose("[name=charge]", status.charge)
    officer.choose("[name=immigration_status]", status.immigration_status)
    for basis, evidence in status.bases.items():
        box = officer.page.locator(f"[name=bases][value={basis}]")
        if not box.is_checked():
            officer.pick(f"[name=bases][value={basis}]")
        officer.choose(f"[name=evidence_{basis}]", str(record.pieces[evidence]) if evidence else "")
    for sign in status.indicia:
        officer.pick(f"[name=citizenship_indicia][value={sign}]")
    for name, value in {
        "citizenship_claim": status.claim,
        "citizenship_looked": status.looked,
        "minor_check": status.minor,
        "section_1367_check": status.section_1367,
        "fear_of_return": status.fear,
        "representative": status.representative,
    }.items():
        if value:
            officer.pick(f"[name={name}][value={value}]")
    officer.choose("[name=referral_source]", status.source)
    officer.choose("[name=source_relation]", status.relation)
    officer.click("button", "Save status and removability")


def record_evidence(officer: Person, record: Record, kind: str, source: str, relation: str, day: str) -> None:
    """Record a piece of evidence that came during the walk."""
    officer.open(record.url + "evidence/new/")
    officer.choose("[name=kind]", kind)
    officer.write("[name=source]", source)
    officer.choose("[name=source_relation]", relation)
    officer.write("[name=obtained_on]", day)
    officer.write("[name=reviewed_on]", day)
    officer.click("button", re.compile("Save|Record"))
    assert "Not saved yet" not in officer.text, officer.text


@dataclass(frozen=True, kw_only=True, slots=True)
class Present:
    """A factor that is present: the words of the fact that shows it, its weight, its forms, its description."""

    fact: str
    weight: str = "material"
    forms: Sequence[str] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The answers of the fact pages. A finding is `found`, `not_found` or `cannot_tell`; pins are words of facts."""

    factors: Mapping[str, Present]
    consequences: str
    national_security: str = "not_found"
    public_safety: str = "not_found"
    last_conduct: str = ""
    why_current: str = ""
    border_security: str = "not_found"
    border_ground: str = ""
    border_fact: str = ""
    dispute: str = "no"
    dispute_kind: str = ""
    dispute_fact: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reasons:
    """One side of a decision: its text and the fact that it is pinned to."""

    text: str
    fact: str


def start(officer: Person, record: Record, kind: str, *, copy: bool = False) -> None:
    """Start an assessment, e.g. of `detainer:do`; `copy` begins with the answers of the last one."""
    officer.open(record.url)
    officer.click("link", "Start an assessment")
    officer.pick(f"[name=decision_type][value='{kind}']")
    if copy:
        officer.pick("[name=copy]")
    officer.click("button", "Start", exact=True)
    assert "pages complete" in officer.text, officer.text


def records(officer: Person) -> None:
    """The case holds when each record was read; one action takes it over."""
    officer.click("link", "Records", exact=True)
    officer.click("button", "Take over what the case holds")


def go_on(officer: Person) -> None:
    officer.click("button", "Save and go on")


def present(officer: Person, factor: str, answer: Present) -> None:
    name = f"factor_{factor}"
    officer.pick(f"[name={name}_presence][value=present]")
    for form in answer.forms:
        officer.pick(f"[name={name}_subtype][value={form}]")
    officer.pick(f"[name={name}_weight][value={answer.weight}]")
    pin(officer, f"{name}_pins", answer.fact)
    if answer.why:
        officer.write(f"[name={name}_why]", answer.why, free=True)


def fact_pages(officer: Person, answers: Answers, *, priorities: bool = True) -> None:
    """All pages of facts, from the task list to the page of the outcome."""
    records(officer)
    if priorities:
        officer.pick(f"[name=national_security_finding][value={answers.national_security}]")
        go_on(officer)
        officer.pick(f"[name=public_safety_finding][value={answers.public_safety}]")
        if answers.last_conduct:
            pin(officer, "public_safety_last_conduct", answers.last_conduct)
        if answers.why_current:
            officer.write("[name=public_safety_why_current]", answers.why_current, free=True)
        go_on(officer)
    for factor, answer in answers.factors.items():
        present(officer, factor, answer)
    officer.click("button", re.compile("Did not look, for all the rest"))
    if priorities:
        officer.pick(f"[name=border_security_finding][value={answers.border_security}]")
        if answers.border_ground:
            officer.pick(f"[name=border_security_ground][value={answers.border_ground}]")
            pin(officer, "border_security_facts", answers.border_fact)
        go_on(officer)
    officer.pick(f"[name=dispute][value={answers.dispute}]")
    if answers.dispute_kind:
        officer.pick(f"[name=dispute_kind][value={answers.dispute_kind}]")
        pin(officer, "dispute_pins", answers.dispute_fact)
    go_on(officer)
    officer.write("[name=consequences]", answers.consequences, free=True)
    go_on(officer)


def decide(officer: Person, outcome: str, *, opposite: Reasons, reasons: Reasons, ground: str = "") -> None:
    """The page of the outcome, all of it, and on to the page before signing."""
    officer.pick(f"[name=outcome][value={outcome}]")
    officer.write("[name=opposite_case]", opposite.text, free=True)
    pin(officer, "opposite_pins", opposite.fact)
    officer.write("[name=rationale]", reasons.text, free=True)
    pin(officer, "rationale_pins", reasons.fact)
    if ground:
        officer.write("[name=no_priority_ground]", ground, free=True)
    look_at_the_whole(officer)


def look_at_the_whole(officer: Person) -> None:
    officer.click("button", "Save and look at the whole")


def change_outcome(officer: Person, outcome: str) -> None:
    """Back from the page before signing to the outcome, choose, and look again."""
    officer.click("link", "Back to the pages")
    officer.click("link", "Outcome and reasons")
    officer.pick(f"[name=outcome][value={outcome}]")
    look_at_the_whole(officer)


def missing(officer: Person) -> str:
    """What the page before signing says is not met yet; empty when every rule is met."""
    panel = officer.page.locator("#unmet")
    return panel.inner_text() if panel.count() else ""


def sign(officer: Person) -> None:
    assert not missing(officer), missing(officer)
    officer.write("[name=password]", factories.PASSWORD)
    officer.click("button", "Sign and submit")
    assert "Signed." in officer.text, officer.text


def add_decision(officer: Person, kind: str) -> None:
    """One more decision on the same facts, from the task list to its page of the outcome."""
    officer.page.get_by_text("Add a decision on the same facts").click()
    officer.actions += 1
    officer.choose("[name=decision_type]", kind)
    officer.click("button", "Add the decision")
    officer.click("link", "Outcome and reasons")


def take_next(supervisor: Person) -> None:
    supervisor.open("/review/")
    supervisor.click("button", "Take the next one")
    if supervisor.page.locator("#your-view").count():
        decide_first(supervisor)
    assert "Your review" in supervisor.text, supervisor.text


def decide_first(supervisor: Person) -> None:
    """Where the lot asks for it: an own view on the facts alone, and the same view after the comparison."""
    supervisor.pick("[name=view_outcome][value=cannot_tell]")
    supervisor.write("[name=view_reason]", "The facts leave it open.", free=True)
    supervisor.click("button", "Record my view and go on")
    supervisor.pick("[name=view_now][value=cannot_tell]")


def approve(
    supervisor: Person, *, answer: str, reason: str, disputed: bool = False, says: str = "Approved."
) -> None:
    """Approve what was taken, with an own answer and reason."""
    supervisor.pick(f"[name=review_overriding_answer][value={answer}]")
    supervisor.write("[name=review_reason]", reason, free=True)
    if disputed:
        supervisor.pick("[name=dispute_acknowledged]")
    supervisor.click("button", "Approve")
    assert says in supervisor.text, supervisor.text


def settle(supervisor: Person, *, evidence: str = "", button: str = "Lift the stop") -> None:
    """On the page of a stop: name the evidence, if any, and press the button."""
    if evidence:
        supervisor.actions += 1
        supervisor.page.locator("fieldset label").filter(has_text=evidence).first.click()
    supervisor.click("button", button)


def open_stop(one: Person, record: Record, title: str) -> None:
    one.open(record.url)
    one.click("link", title, exact=True)


def take_bundle(auditor: Person) -> Path:
    """An export of everything, asked for, made, taken away, and found to hold by both verifiers.

    Sealer and worker are the test's own, since a walk's browser has none beside it.
    """
    auditor.open("/exports/new/")
    auditor.write("[name=purpose]", "What came of this walk")
    auditor.click("button", "Start the export")
    seal()
    assert running.run_due() == 1
    auditor.open(auditor.page.url)
    with auditor.page.expect_download() as download:
        auditor.page.get_by_role("link", name=re.compile("^Download decision-log")).click()
    taken = Path(download.value.path())
    report = list(verify.verify(str(taken)))
    assert all(line.holds for line in report), report
    assert judge(taken) == set()
    return taken


def download_log(auditor: Person) -> list[dict[str, str]]:
    """The whole log, as the auditor takes it away, earliest first; and that its bundle holds."""
    return log_and_bundle(auditor)[0]


def log_and_bundle(auditor: Person) -> tuple[list[dict[str, str]], Path]:
    """The same, with the bundle that was taken away."""
    bundle = take_bundle(auditor)
    auditor.open("/log/")
    with auditor.page.expect_download() as download:
        auditor.page.get_by_role("link", name=re.compile("CSV")).first.click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    return sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["id"]), bundle


def events(rows: Sequence[Mapping[str, str]]) -> list[str]:
    return [row["event"] for row in rows]


def no_words(rows: Sequence[Mapping[str, str]], *words: str) -> None:
    """The log holds a line and a hash for each step, and none of these words."""
    assert rows
    text = "\n".join("\t".join(row.values()) for row in rows).lower()
    for word in words:
        assert word.lower() not in text, word
    for row in rows:
        assert row["leaf_hash"], row


@dataclass(slots=True)
class Effort:
    """Pages, actions and texts of one person from here on: both outcomes of a walk are held to the same."""

    person: Person
    pages: int = 0
    actions: int = 0
    texts: int = 0

    def __post_init__(self) -> None:
        self.pages, self.actions, self.texts = self._now()

    def _now(self) -> tuple[int, int, int]:
        return len(self.person.pages), self.person.actions, self.person.texts

    def spent(self) -> tuple[list[str], int, int]:
        """The pages come to, the actions and the free texts since the beginning."""
        _, actions, texts = self._now()
        return self.person.pages[self.pages :], actions - self.actions, texts - self.texts

    def was(self, pages: int, actions: int, texts: int) -> None:
        """Hold it to these numbers, which stand in the walk once for both outcomes."""
        came_to, acted, wrote = self.spent()
        assert (len(came_to), acted, wrote) == (pages, actions, texts), (len(came_to), acted, wrote, came_to)
