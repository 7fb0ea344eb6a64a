"""The forms of sealed notes: write one, move words into one, open one."""

from __future__ import annotations

from django import forms

from cases.models import NoteGround, ReadingPurpose
from cases.services.sealed import TO_BE_WRITTEN


class MoveWordsForm(forms.Form):
    """Nothing is required of the browser, so that every message is the service's."""

    use_required_attribute = False

    ground = forms.ChoiceField(
        label="What is the note for?",
        required=False,
        choices=[(one.value, NoteGround(one).label) for one in TO_BE_WRITTEN],
        widget=forms.RadioSelect,
    )
    statute = forms.CharField(
        label="Statute under which it matters",
        required=False,
        max_length=120,
        help_text="It is sealed with the note.",
    )


class SealedNoteForm(MoveWordsForm):
    note_text = forms.CharField(
        label="Note",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text="Only what the status or benefit turns on. It is hidden, and opened with a purpose alone.",
    )


class OpenNoteForm(forms.Form):
    use_required_attribute = False

    purpose = forms.ChoiceField(
        label="What do you open it for?",
        required=False,
        choices=[("", "Choose one"), *ReadingPurpose.choices],
    )
