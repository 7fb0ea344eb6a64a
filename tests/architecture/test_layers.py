"""Imports go one way through the rooms; only one module writes the log; rules stand in no view."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, read, rooms_python


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_no_signal_holds_a_rule() -> None:
    for name in rooms_python():
        for node in ast.walk(ast.parse(read(name))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("django.db.models.signals"), name
            if isinstance(node, ast.ClassDef):
                names = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
                if any(isinstance(base, ast.Attribute) and base.attr == "Model" for base in node.bases):
                    assert not names & {"save", "delete"}, f"{name}: {node.name} holds a rule in {names}"


def test_services_take_keywords_and_an_actor() -> None:
    """A verb is called the same way by screens, API, tasks and commands."""
    for name in rooms_python():
        parts = name.split("/")
        if not (parts[-1] == "services.py" or "services" in parts[:-1]) or parts[0] in {"policy", "ledger"}:
            continue
        for node in ast.parse(read(name)).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _writes(node):
                assert not node.args.args, f"{name}: {node.name} takes arguments by place"
                assert {one.arg for one in node.args.kwonlyargs} & {"actor", "request", "username"}, (
                    f"{name}: {node.name} does not say who acts"
                )


def _writes(node: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr == "atomic" for one in ast.walk(node))


def test_only_the_ledger_writes_the_log() -> None:
    for name in rooms_python():
        if name.startswith("ledger/"):
            continue
        for node in ast.walk(ast.parse(read(name))):
            if isinstance(node, ast.Attribute) and node.attr in {
                "create",
                "bulk_create",
                "save",
                "update",
                "delete",
            }:
                text = ast.unparse(node)
                assert not text.startswith(("Entry.objects.", "Disclosure.objects.", "CaseLink.objects.")), (
                    name,
                    text,
                )
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                upper = node.value.upper()
                assert "INTO LEDGER_" not in upper, name
                assert "INTO PUBLIC.LEDGER_" not in upper, name
