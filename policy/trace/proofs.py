"""Which tests prove a clause: read from their markers in the source, or from the list that a release carries.

`pytest.mark.clause("II.B#13")` stands on a test, on a class or, as `pytestmark`, on a whole file. An installation
without the folder of tests reads `proofs.json`, which `manage.py policy_trace --write-proofs` makes; a test holds it to
the source.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FILE: Final = Path(__file__).with_name("proofs.json")


@lru_cache(maxsize=1)
def proofs() -> dict[str, tuple[str, ...]]:
    """Tests by the name of the clause that they prove."""
    if (ROOT / "tests").is_dir():
        return read_tests(ROOT)
    return {clause: tuple(tests) for clause, tests in json.loads(FILE.read_text(encoding="utf-8")).items()}


def read_tests(root: Path) -> dict[str, tuple[str, ...]]:
    """The markers of all test files under `root`, as the source has them. Nothing is imported or run."""
    found: dict[str, list[str]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.clause(" not in text:
            continue
        name = path.relative_to(root).as_posix()
        for clause, test in _markers(ast.parse(text), name):
            found.setdefault(clause, []).append(test)
    return {clause: tuple(dict.fromkeys(tests)) for clause, tests in sorted(found.items())}


def _markers(tree: ast.Module, name: str) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            yield from ((clause, name) for clause in _clauses(node.value))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                yield from ((clause, f"{name}::{node.name}") for clause in _clauses(decorator))


def _clauses(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.clause":
            for argument in call.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
