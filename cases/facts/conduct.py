"""What a person did, described; never a label that somebody gave."""

from __future__ import annotations

from cases.facts.base import Details, FactForm, FactKind, Group, Line, Text, joined, line, text


class ConductDetails(Details):
    what: Text
    harm: Line = ""


class ConductForm(FactForm):
    on_label = "When was it done?"

    what = text(
        "What did the person do?",
        hint="Describe what was done and how it is known. The name of an offense, a group or a "
        "category is no conduct.",
        required="Describe what the person did.",
    )
    harm = line(
        "What harm did it do?", hint="To whom, and how serious. Say 'none known' when nothing is known."
    )


def words(details: ConductDetails) -> str:
    return joined(f"Conduct: {details.what}", f"harm: {details.harm}" if details.harm else "")


KIND = FactKind(
    key="conduct",
    label="Conduct",
    group=Group.CRIMINAL,
    hint="What was done, with its date. Conduct can be shown without a conviction; it then needs support.",
    details=ConductDetails,
    form=ConductForm,
    words=words,
    when="done",
)
