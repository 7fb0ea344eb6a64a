"""Who may reach which route: the only table of it. A route that is missing here is refused for everybody.

Object rules (office, assignment, restricted flags) live in the rooms' selectors, not here.
"""

from __future__ import annotations

PUBLIC: frozenset[str] = frozenset({"*"})

OFFICER = "officer"
SUPERVISOR = "supervisor"
AUDITOR = "auditor"
REVIEWER = "reviewer"
POLICY = "policy"
PRIVACY = "privacy"
ADMIN = "admin"

STAFF = frozenset({OFFICER, SUPERVISOR, AUDITOR, REVIEWER, POLICY, PRIVACY, ADMIN})
CASEWORK = frozenset({OFFICER, SUPERVISOR})
OFFICERS = frozenset({OFFICER})
SUPERVISORS = frozenset({SUPERVISOR})
AUDITORS = frozenset({AUDITOR})
POLICY_MANAGERS = frozenset({POLICY})
EXPORTERS = frozenset({AUDITOR, PRIVACY})

ROUTES: dict[str, frozenset[str]] = {
    "home": STAFF,
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "accounts:login": PUBLIC,
    "accounts:logout": STAFF,
    "accounts:training": CASEWORK,
    "policy:index": STAFF,
    "policy:edition": STAFF,
    "policy:compare": STAFF,
    "policy:fields": STAFF,
    "policy:fields-csv": STAFF,
    "policy:feedback": STAFF,
    "policy:inbox": POLICY_MANAGERS,
    "policy:contents": POLICY_MANAGERS,
    "policy:content": POLICY_MANAGERS,
    # What was in force when is open to all staff; who sees a change that waits is decided by its state.
    "policy:calendar": STAFF,
    "policy:calendar-new": POLICY_MANAGERS,
    "policy:calendar-change": STAFF,
    "policy:guard": STAFF,
    "policy:on": STAFF,
    "cases:list": CASEWORK,
    "cases:new": OFFICERS,
    "cases:detail": CASEWORK,
    "cases:take": CASEWORK,
    "cases:status": CASEWORK,
    "cases:fact-new": OFFICERS,
    "cases:fact-edit": OFFICERS,
    "cases:evidence-new": OFFICERS,
    "cases:evidence-edit": OFFICERS,
    "cases:file": CASEWORK,
    "cases:names": OFFICERS,
    "cases:flags": CASEWORK,
    "cases:rap-sheet": OFFICERS,
    "cases:words": CASEWORK,
    "cases:sealed": CASEWORK,
    "cases:screen": CASEWORK,
    "cases:merge": SUPERVISORS,
    "cases:merge-undo": SUPERVISORS,
    "cases:request-new": OFFICERS,
    "cases:request-edit": OFFICERS,
    "assessment:start": OFFICERS,
    "assessment:tasks": CASEWORK,
    "assessment:step": OFFICERS,
    "assessment:submit": OFFICERS,
    "assessment:reaffirm": OFFICERS,
    "assessment:moved": CASEWORK,
    "assessment:decide": OFFICERS,
    "assessment:abandon": OFFICERS,
    "assessment:executed": CASEWORK,
    "assessment:stop": CASEWORK,
    "assessment:task-done": CASEWORK,
    "assessment:refused": frozenset({AUDITOR, PRIVACY}),
    "review:queue": SUPERVISORS,
    "review:next": SUPERVISORS,
    "review:give": SUPERVISORS,
    "review:save-view": SUPERVISORS,
    "review:team": SUPERVISORS,
    "review:figures": frozenset({SUPERVISOR, AUDITOR}),
    "review:spread": SUPERVISORS,
    "review:absence": SUPERVISORS,
    "review:cover": SUPERVISORS,
    "review:cover-take": SUPERVISORS,
    "review:detail": SUPERVISORS,
    "review:claim": SUPERVISORS,
    "review:release": SUPERVISORS,
    "review:seen": SUPERVISORS,
    "review:view": SUPERVISORS,
    "review:oral": OFFICERS,
    "review:question": SUPERVISORS,
    "review:pause": SUPERVISORS,
    "review:first-days": frozenset({SUPERVISOR, AUDITOR, POLICY}),
    "review:full-review": POLICY_MANAGERS,
    "assessment:signed": frozenset({OFFICER, SUPERVISOR, AUDITOR}),
    "assessment:signed-entry": frozenset({OFFICER, SUPERVISOR, AUDITOR}),
    # An operation has the roles of the page that does the same; an address is open to whom one of its operations is.
    "api:cases": CASEWORK,
    "api:case": CASEWORK,
    "api:facts": OFFICERS,
    "api:fact": OFFICERS,
    "api:evidence": OFFICERS,
    "api:status": CASEWORK,
    "api:assessments": OFFICERS,
    "api:assessment": CASEWORK,
    "api:step": OFFICERS,
    "api:decisions": OFFICERS,
    "api:draft": OFFICERS,
    "api:return-answers": OFFICERS,
    "api:sign": OFFICERS,
    "api:guidance": OFFICERS,
    "api:withdraw": OFFICERS,
    "api:queue": SUPERVISORS,
    "api:next": SUPERVISORS,
    "api:review": SUPERVISORS,
    "api:view": SUPERVISORS,
    "api:oral": OFFICERS,
    "api:question": SUPERVISORS,
    "api:answer": SUPERVISORS,
    "api:pause": SUPERVISORS,
    "api:resume": SUPERVISORS,
    "api:approve": SUPERVISORS,
    "api:return": SUPERVISORS,
    "api:schema": STAFF,
    "api:docs": STAFF,
    "ledger:log": AUDITORS,
    "ledger:entry": AUDITORS,
    "ledger:download": AUDITORS,
    "ledger:verify": EXPORTERS,
    "ledger:verifier": EXPORTERS,
    "oversight:coverage": AUDITORS,
    "oversight:list": AUDITORS,
    "oversight:no-variation": AUDITORS,
    "oversight:outside": AUDITORS,
    "oversight:download": AUDITORS,
    "oversight:case": AUDITORS,
    "oversight:timeline": AUDITORS,
    # Whoever holds a receipt may check it, with no account.
    "receipt": PUBLIC,
    "exports:list": EXPORTERS,
    "exports:new": EXPORTERS,
    "exports:detail": EXPORTERS,
    "exports:progress": EXPORTERS,
    "exports:cancel": EXPORTERS,
    "exports:repeat": EXPORTERS,
    "exports:download": EXPORTERS,
    "exports:forget": EXPORTERS,
}
