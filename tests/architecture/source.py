"""Where the product's own files are, and how to read them without running them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("accounts", "assessment", "cases", "config", "ledger", "oversight", "policy", "review")
TEMPLATES = ROOT / "templates"


@lru_cache
def committed() -> tuple[str, ...]:
    """Every file under version control or about to be, as a path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted(name for name in set(listed.stdout.splitlines()) if (ROOT / name).is_file()))


def rooms_python() -> Iterator[str]:
    """Python files of the rooms, migrations left out."""
    for name in committed():
        if name.endswith(".py") and name.split("/")[0] in ROOMS and "/migrations/" not in name:
            yield name


def templates() -> Iterator[str]:
    """Templates by the name that a view would use."""
    for file in sorted(TEMPLATES.rglob("*.html")):
        yield file.relative_to(TEMPLATES).as_posix()


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def texts_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text constant that is not a docstring, with its line."""
    docstrings = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                docstrings.add(id(first.value))
        # A text that stands alone describes the name above it.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstrings.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value
