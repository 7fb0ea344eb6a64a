"""Reads YAML into plain data and remembers the file and line of every value.

A key that appears twice in one mapping is refused. Lists become tuples, so that what is read can be frozen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Where = tuple[str | int, ...]


class EditionError(ValueError):
    """Guidance data that cannot be used. The text names the file, the line and what to change."""

    def __init__(self, file: str, line: int, what: str) -> None:
        self.file, self.line, self.what = file, line, what
        super().__init__(f"{file}, line {line}: {what}")


@dataclass(slots=True)
class Source:
    """What was read, and where each value of it stands."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Where, tuple[str, int]] = field(default_factory=dict)

    def place(self, where: Where) -> tuple[str, int]:
        """File and line of a value, or of the nearest value around it."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, ("?", 0))

    def error(self, where: Where, what: str) -> EditionError:
        """An error that points at a value."""
        file, line = self.place(where)
        return EditionError(file, line, what)


def read_file(path: Path, into: Source, *, name: str | None = None) -> None:
    """Add the top-level keys of one file. Raises EditionError for bad YAML and for keys given twice."""
    file = name or path.name
    text = path.read_text(encoding="utf-8")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise EditionError(file, 1, "the file must hold keys with values, as in 'key: value'")
        into.places.setdefault((), (file, 1))
        _mapping(loader, node, into.data, (), file, into.places)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise EditionError(file, line, f"this is not valid YAML: {error.problem}") from error
    finally:
        loader.dispose()


def _mapping(
    loader: Any,
    node: yaml.MappingNode,
    into: dict[str, Any],
    where: Where,
    file: str,
    places: dict[Where, tuple[str, int]],
) -> dict[str, Any]:
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = loader.construct_object(key_node)
        if not isinstance(key, str):
            raise EditionError(file, line, f"the key {key!r} must be text: put it in quotes")
        if key in into:
            other_file, other_line = places[(*where, key)]
            raise EditionError(
                file,
                line,
                f"the key {key!r} is given twice; it is already in {other_file}, line {other_line}",
            )
        places[(*where, key)] = (file, line)
        into[key] = _value(loader, value_node, (*where, key), file, places)
    return into


def _value(loader: Any, node: Any, where: Where, file: str, places: dict[Where, tuple[str, int]]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, {}, where, file, places)
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            places[(*where, index)] = (file, item.start_mark.line + 1)
            items.append(_value(loader, item, (*where, index), file, places))
        return tuple(items)
    return loader.construct_object(node)
