"""What programs send to review: an approval, a return, a view of one's own. Whether it holds, the services say."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from policy.services import current
from review import checks
from review.regime.decide_first import OUTCOMES, SecondLook
from review.sections import SECTIONS
from review.views import POINTS


class IdsField(forms.MultipleChoiceField):
    """A list of ids; whether they are of this decision is the services' matter."""

    def valid_value(self, value: Any) -> bool:
        try:
            uuid.UUID(str(value))
        except ValueError:
            return False
        return True

    def clean(self, value: Any) -> Any:
        return [uuid.UUID(one) for one in super().clean(value)]


class ApproveForm(forms.Form):
    """The supervisor's own answer and reason, about the version that was read. What is missing, the services say."""

    number = forms.IntegerField(
        label="Version that was read",
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"required": "Say which signed version you read."},
    )
    review_overriding_answer = forms.ChoiceField(label="Your answer", required=False)
    review_reason = forms.CharField(label="Your reason", required=False, strip=False)
    dispute_acknowledged = forms.CharField(label="The dispute was weighed: yes", required=False, max_length=5)
    training_cosigned = forms.CharField(label="Co-signed: yes", required=False, max_length=5)
    contests_upheld = IdsField(label="Contests that you uphold", required=False)
    contests_refused = IdsField(label="Contests that you refuse", required=False)
    notes_confirmed = IdsField(label="Sealed notes that you confirm", required=False)
    notes_not_confirmed = IdsField(label="Sealed notes that you do not confirm", required=False)
    view_now = forms.ChoiceField(
        label="Your view now, where you decided first",
        required=False,
        choices=[(one, one) for one in OUTCOMES],
    )
    view_changed_reason = forms.CharField(label="What changed your view", required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, _ = current()
        field = self.fields["review_overriding_answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(term.key, term.label) for term in edition.options("review_overriding_answer")]

    def given(self) -> dict[str, Any]:
        """Keywords for the services."""
        data = self.cleaned_data
        return {
            "number": data["number"],
            "answer": data["review_overriding_answer"],
            "reason": data["review_reason"].replace("\r\n", "\n"),
            "acknowledged": data["dispute_acknowledged"] == "yes",
            "cosigned": data["training_cosigned"] == "yes",
            "rulings": dict.fromkeys(data["contests_upheld"], True)
            | dict.fromkeys(data["contests_refused"], False),
            "notes": dict.fromkeys(data["notes_confirmed"], True)
            | dict.fromkeys(data["notes_not_confirmed"], False),
            "look": SecondLook(data["view_now"], data["view_changed_reason"].replace("\r\n", "\n")),
        }

    def points(self) -> list[checks.Point]:
        """What was written at the points of a return, as far as there are such fields."""
        data = self.cleaned_data
        return [
            checks.Point(data.get(f"point_about_{index}", ""), text)
            for index in range(1, POINTS + 1)
            if (text := data.get(f"point_{index}", "").strip())
        ]


class ViewForm(forms.Form):
    """A view on the facts alone."""

    number = forms.IntegerField(
        label="Version that was read",
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"required": "Say which signed version you read."},
    )
    view_outcome = forms.ChoiceField(
        label="What you would decide", required=False, choices=[(one, one) for one in OUTCOMES]
    )
    view_reason = forms.CharField(label="Why", required=False, strip=False)


class ReturnForm(ApproveForm):
    """The same with points."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index in range(1, POINTS + 1):
            self.fields[f"point_about_{index}"] = forms.ChoiceField(
                label=f"Point {index} is about",
                required=False,
                choices=[("", "The whole"), *SECTIONS.items()],
            )
            self.fields[f"point_{index}"] = forms.CharField(label=f"Point {index}", required=False)
