"""A piece of evidence."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.attachments.kinds import ALLOWED, MOST_BYTES
from cases.errors import Refused
from cases.fields import DayField, FilesField, FilesInput, ScreenedField
from cases.models import Evidence, Picture
from cases.services.attachments import Upload, clean_label
from policy.services import current

IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")


class EvidenceForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label="What is it?", error_messages={"required": "Choose what kind of evidence it is."}
    )
    source = ScreenedField(
        label="Source",
        max_length=200,
        help_text="The court, agency or person that it comes from.",
        error_messages={"required": "Name the source it comes from."},
    )
    source_relation = forms.ChoiceField(
        label="Who is the source to the person?",
        help_text="Asked because some sources may not be the only basis of a finding (8 U.S.C. "
        "1367), and others may be "
        "party to a dispute.",
        error_messages={"required": "Choose who the source is to the person; 'not known' is an answer."},
    )
    caption = ScreenedField(
        label="What does it show?",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two plain sentences. Country, language, religion and the like stay out.",
        error_messages={"max_length": "Shorten this to 400 characters; the document itself says the rest."},
    )
    picture = forms.ChoiceField(
        label="Is it a picture or a recording?",
        required=False,
        choices=Picture.choices,
        widget=forms.RadioSelect,
        help_text="Asked of every picture: what people say, believe or gather for is never a factor. No picture is "
        "shown on a page of an assessment or a review; it is opened apart, with an entry in the log.",
    )
    information_date = DayField(
        label="Date of the information",
        required=False,
        help_text="The day of the document or event, if known.",
    )
    obtained_on = DayField(
        label="Obtained on",
        help_text="Written as 2021-11-29.",
        error_messages={
            "required": "Write the day on which it was obtained.",
            "invalid": "This could not be read as a day. Write it as 2021-11-29.",
        },
    )
    reviewed_on = DayField(
        label="Read and reviewed on",
        required=False,
        help_text="Leave it empty until you have read it: evidence that nobody read supports nothing.",
    )
    attached = FilesField(
        label="Files",
        widget=FilesInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.txt,.docx"}),
        help_text=f"{ALLOWED}, each at most {MOST_BYTES // 1024 // 1024} MB. A file is kept as it is and never "
        "changed; each taking of it is logged.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, _ = current()
        kinds: list[tuple[str, str]] = [
            (one.key, f"{one.label} (never enough alone)" if one.alone_insufficient else one.label)
            for one in edition.evidence_kinds
        ]
        relations = [(one.key, one.label) for one in edition.source_relations]
        for name, choices in (("kind", kinds), ("source_relation", relations)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "Choose one"), *choices]

    def clean(self) -> dict[str, Any]:
        """A picture is not attached before somebody says what it shows."""
        cleaned = super().clean() or self.cleaned_data
        attached = [str(one.name).lower() for one in cleaned.get("attached") or ()]
        if not cleaned.get("picture") and any(name.endswith(IMAGES) for name in attached):
            self.add_error("picture", "An image is attached. Say whether it is a picture, and what it shows.")
        return cleaned

    def content(self) -> dict[str, Any]:
        """Keywords for the services."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"version", "attached"}
        }

    def uploads(self) -> list[Upload]:
        """What was uploaded, read into memory. Raises `Refused` for one that is too large to be read."""
        chosen = self.cleaned_data["attached"]
        for one in chosen:
            if one.size > MOST_BYTES:
                raise Refused(
                    f"'{clean_label(one.name)}' is larger than {MOST_BYTES // 1024 // 1024} MB, so nothing was "
                    "saved. Scan it in fewer dots, or split it; then choose the files again.",
                    field="attached",
                )
        return [Upload(one.name, one.read()) for one in chosen]

    def only_files(self) -> bool:
        """Whether files are all that the person added."""
        return bool(self.cleaned_data["attached"]) and not set(self.changed_data) - {"attached", "version"}


def initial(row: Evidence) -> dict[str, Any]:
    names = (
        "kind",
        "source",
        "source_relation",
        "caption",
        "picture",
        "information_date",
        "obtained_on",
        "reviewed_on",
        "version",
    )
    return {name: getattr(row, name) for name in names}
