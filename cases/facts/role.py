"""A role in a proceeding: victim, witness, party; among them labor and housing matters."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Line, joined, line, one_of


class Role(TextChoices):
    VICTIM = "victim", "Victim"
    WITNESS = "witness", "Witness"
    PARTY = "party", "Party"


class Matter(TextChoices):
    CRIMINAL = "criminal", "A criminal matter"
    CIVIL = "civil", "A civil matter"
    LABOR = "labor", "A labor matter"
    HOUSING = "housing", "A housing matter"
    OTHER = "other", "Another matter"


class RoleDetails(Details):
    role: Role
    matter: Matter
    what: Line = ""


class RoleForm(FactForm):
    on_label = "As of when is this known?"

    role = one_of(Role, "In which role?", required="Choose the role.")
    matter = one_of(Matter, "In what?", required="Choose the matter.")
    what = line("What is known?", hint="Stage and body. Details of a protected filing stay out of here.")


def words(details: RoleDetails) -> str:
    matter = details.matter.label
    return joined(f"{details.role.label} in {matter[0].lower()}{matter[1:]}", details.what)


KIND = FactKind(
    key="role",
    label="Role in a proceeding",
    group=Group.PROCEEDINGS,
    hint="Victim, witness or party, in labor and housing matters too.",
    details=RoleDetails,
    form=RoleForm,
    words=words,
    when="as of",
)
