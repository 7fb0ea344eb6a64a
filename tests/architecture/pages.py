"""Every page that shows a person, a decision or an entry, with the entry that it must leave before it answers.

`PAGES` is held against the route table by a test, so that a new page is listed in one of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from assessment.fields import DECISION_STEP, FACT_STEPS
from tests.architecture.scene import A_NUMBER, FAMILY_NAME, Scene


@dataclass(frozen=True, slots=True)
class Page:
    role: str
    route: str
    event: str
    address: Callable[[Scene], str] | None = None
    note: str = ""

    def where(self, scene: Scene) -> str:
        return self.address(scene) if self.address else scene.address(self.route)

    def __str__(self) -> str:
        return f"{self.role} {self.route} {self.note}".strip()


def _with(route: str, query: str) -> Callable[[Scene], str]:
    return lambda scene: f"{scene.address(route)}?{query}"


def _step(step: str) -> Callable[[Scene], str]:
    return lambda scene: (
        reverse("assessment:step", args=[scene.assessment.pk, step]) + f"?decision={scene.draft.pk}"
    )


CASE = "cases.case.opened"
ASSESSMENT = "assessment.assessment.opened"
SIGNED = "assessment.decision.opened"
REPORT = "oversight.report.shown"

PAGES: tuple[Page, ...] = (
    Page("officer", "home", "config.work.shown"),
    Page("supervisor", "home", "config.work.shown"),
    Page("officer", "cases:list", "cases.list.shown"),
    Page("supervisor", "cases:list", "cases.list.shown"),
    Page(
        "officer",
        "cases:list",
        "cases.person.searched",
        _with("cases:list", f"q={FAMILY_NAME}&why=casework"),
        "by name",
    ),
    Page(
        "supervisor",
        "cases:list",
        "cases.person.searched",
        _with("cases:list", f"q={A_NUMBER}&why=casework"),
        "by number",
    ),
    Page(
        "officer",
        "cases:list",
        "cases.person.searched",
        _with("cases:list", "q=Nobody&why=casework"),
        "in vain",
    ),
    Page("officer", "assessment:moved", "assessment.moved.shown"),
    Page("supervisor", "assessment:moved", "assessment.moved.shown"),
    Page("officer", "cases:detail", CASE),
    Page("supervisor", "cases:detail", CASE),
    Page("officer", "cases:detail", CASE, _with("cases:detail", "edit=person"), "the person's form"),
    Page("officer", "cases:status", CASE),
    Page("supervisor", "cases:status", CASE),
    Page("officer", "cases:fact-new", CASE),
    Page("officer", "cases:fact-edit", CASE),
    Page("officer", "cases:evidence-new", CASE),
    Page("officer", "cases:evidence-edit", CASE),
    Page("officer", "cases:file", "cases.attachment.opened"),
    Page("supervisor", "cases:file", "cases.attachment.opened"),
    Page("officer", "cases:names", CASE),
    Page("officer", "cases:flags", CASE),
    Page("supervisor", "cases:flags", CASE),
    Page("officer", "cases:rap-sheet", CASE),
    Page("officer", "cases:words", CASE),
    Page("officer", "cases:sealed", CASE),
    Page("supervisor", "cases:sealed", CASE),
    Page("supervisor", "cases:words", CASE),
    Page("supervisor", "cases:merge", CASE),
    Page("supervisor", "cases:merge", "cases.person.searched", _with("cases:merge", "q=Nobody"), "in vain"),
    Page("officer", "cases:request-new", CASE),
    Page("officer", "cases:request-edit", CASE),
    Page("officer", "assessment:start", CASE),
    Page("officer", "assessment:tasks", ASSESSMENT),
    Page("supervisor", "assessment:tasks", ASSESSMENT),
    *(
        Page("officer", "assessment:step", ASSESSMENT, _step(step), step)
        for step in (*FACT_STEPS, DECISION_STEP)
    ),
    Page("officer", "assessment:submit", ASSESSMENT),
    Page("officer", "assessment:reaffirm", ASSESSMENT),
    Page("officer", "assessment:stop", CASE),
    Page("supervisor", "assessment:stop", CASE),
    Page("supervisor", "accounts:training", "accounts.training.listed"),
    Page("officer", "accounts:training", "accounts.training.listed"),
    Page("officer", "assessment:signed", SIGNED),
    Page("supervisor", "assessment:signed", SIGNED),
    Page("auditor", "assessment:signed", SIGNED),
    Page("auditor", "assessment:signed-entry", SIGNED),
    Page("auditor", "assessment:refused", "assessment.refusals.listed"),
    Page("privacy", "assessment:refused", "assessment.refusals.listed"),
    Page("supervisor", "review:queue", "review.queue.listed"),
    Page("supervisor", "review:detail", "review.decision.opened"),
    Page("officer", "review:oral", ASSESSMENT),
    Page("supervisor", "review:question", "review.decision.opened"),
    Page("supervisor", "review:pause", "review.decision.opened"),
    Page("supervisor", "review:team", "review.team.opened"),
    Page("supervisor", "review:cover", "review.cover.listed"),
    Page("supervisor", "review:figures", "review.figures.opened"),
    Page("auditor", "review:figures", "review.figures.opened"),
    Page("officer", "api:cases", "cases.list.shown"),
    Page("supervisor", "api:cases", "cases.list.shown"),
    Page(
        "officer",
        "api:cases",
        "cases.person.searched",
        _with("api:cases", "q=Nobody&why=casework"),
        "in vain",
    ),
    Page("officer", "api:case", CASE),
    Page("supervisor", "api:case", CASE),
    Page("officer", "api:assessment", ASSESSMENT),
    Page("supervisor", "api:assessment", ASSESSMENT),
    Page("officer", "api:guidance", ASSESSMENT),
    Page("supervisor", "api:queue", "review.queue.listed"),
    Page("supervisor", "api:review", "review.decision.opened"),
    Page("auditor", "ledger:log", "ledger.log.listed"),
    Page("auditor", "ledger:entry", "ledger.entry.opened"),
    Page("auditor", "ledger:download", "ledger.log.downloaded"),
    Page("auditor", "oversight:coverage", REPORT),
    Page("auditor", "oversight:list", REPORT),
    Page("auditor", "oversight:no-variation", REPORT),
    Page("auditor", "oversight:outside", REPORT),
    Page("auditor", "oversight:timeline", "oversight.timeline.opened"),
    Page("auditor", "oversight:download", "oversight.report.downloaded"),
    Page("auditor", "exports:list", "ledger.export.listed"),
    Page("auditor", "exports:detail", "ledger.export.opened"),
    Page("auditor", "exports:download", "ledger.export.downloaded"),
)

# Routes whose GET shows nothing of a person, a decision or an entry, and why.
SHOW_NOTHING: dict[str, str] = {
    "accounts:login": "a form",
    "accounts:logout": "answers to POST only",
    "healthz": "one word",
    "readyz": "states of parts",
    "receipt": "a form",
    "ledger:verify": "a form",
    "ledger:verifier": "a program",
    "exports:new": "a form",
    "oversight:case": "a form",
    "exports:progress": "the part of a page that moves, asked for again and again",
    "exports:cancel": "answers to POST only",
    "exports:repeat": "answers to POST only",
    "exports:forget": "answers to POST only",
    "policy:index": "the guidance",
    "policy:edition": "the guidance",
    "policy:guard": "the guidance",
    "policy:on": "the guidance",
    "policy:compare": "the guidance",
    "policy:fields": "names of fields",
    "policy:fields-csv": "names of fields",
    "policy:feedback": "what the person said about the guidance",
    "review:first-days": "counts by office, and nobody by name",
    "api:view": "answers to POST only",
    "api:oral": "answers to POST only",
    "api:question": "answers to POST only",
    "api:answer": "answers to POST only",
    "api:pause": "answers to POST only",
    "api:resume": "answers to POST only",
    "review:seen": "answers to POST only",
    "review:view": "answers to POST only",
    "review:full-review": "answers to POST only",
    "policy:inbox": "remarks on the guidance",
    "policy:contents": "the guidance",
    "policy:content": "the guidance",
    "policy:calendar": "what was in force when",
    "policy:calendar-new": "a form about an order",
    "policy:calendar-change": "a change of the calendar, with drafts counted by office",
    "cases:new": "an empty form",
    "cases:take": "answers to POST only",
    "cases:screen": "answers to POST only, with what it was sent",
    "assessment:decide": "answers to POST only",
    "assessment:abandon": "answers to POST only",
    "assessment:executed": "answers to POST only",
    "assessment:task-done": "answers to POST only",
    "cases:merge-undo": "answers to POST only",
    "api:facts": "answers to POST only",
    "api:fact": "answers to PUT only",
    "api:evidence": "answers to POST only",
    "api:status": "answers to PUT only",
    "api:assessments": "answers to POST only",
    "api:step": "answers to PUT only",
    "api:decisions": "answers to POST only",
    "api:draft": "answers to PUT only",
    "api:return-answers": "answers to PUT only",
    "api:sign": "answers to POST only",
    "api:withdraw": "answers to POST only",
    "api:next": "answers to POST only",
    "api:approve": "answers to POST only",
    "api:return": "answers to POST only",
    "api:schema": "the description of the API",
    "api:docs": "the description of the API",
    "review:next": "answers to POST only",
    "review:give": "answers to POST only",
    "review:save-view": "answers to POST only",
    "review:spread": "answers to POST only",
    "review:absence": "answers to POST only",
    "review:cover-take": "answers to POST only",
    "review:claim": "answers to POST only",
    "review:release": "answers to POST only",
}
