"""Django forms in the design system's markup: `FORM_RENDERER` points here, the markup is in `templates/components/`."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PlainRenderer(TemplatesSetting):
    """Widgets come from `templates/django/forms/widgets/`, a field's label, hint and error from the template below."""

    field_template_name = "components/field.html"
