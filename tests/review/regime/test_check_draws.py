"""Anybody can repeat the draws once their seed is published."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import CommandError, call_command

from ledger.ids import new_id
from review.models import Selection
from review.regime.seeds import retire_seed
from tests.review.regime.drawing import ready, sampled_office, sign_drawn

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]


def test_published_draws_are_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    decision, selection = sign_drawn(ready(sampled_office()), lambda one: one.sample == 700)
    call_command("check_draws")
    assert "0 draws repeated" in capsys.readouterr().out
    retire_seed(older_than=datetime.timedelta())
    call_command("check_draws")
    assert "1 draws repeated from published seeds, 0 differ." in capsys.readouterr().out
    forged = Selection.objects.get(pk=selection.pk)
    forged.pk = forged.entry_id = new_id()
    forged.version_number, forged.draw, forged.selected = 2, 3, True
    forged.save(force_insert=True)
    with pytest.raises(CommandError) as refused:
        call_command("check_draws")
    assert refused.value.returncode == 1
    assert f"{decision.pk} version 2" in capsys.readouterr().err
