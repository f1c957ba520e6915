"""The text of an engine function's file, set for the screen; read, never imported."""

import ast
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

Piece = tuple[str, str, bool]
"""A text, its token, and whether it is bold."""


@dataclass(frozen=True)
class Code:
    """A file as it is shown."""

    name: str
    """Path from the package's folder on: engine/network/neuron.py."""

    lines: tuple[tuple[Piece, ...], ...]
    first: int
    last: int
    """Lines of the function, from 0; the first is −1 where it isn't found."""


@cache
def code(source: str) -> Code:
    """Read the file behind `package.module:function`; nothing but the outermost package is imported."""
    module, _, function = source.partition(":")
    package, *rest = module.split(".")
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise FileNotFoundError(source)
    path = Path(folders[0], *rest)
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = path.read_text(encoding="utf-8")
    first, last = _extent(text, function)
    name = path.relative_to(Path(folders[0]).parent).as_posix()
    return Code(name, _highlighted(text, function.rpartition(".")[2], first), first, last)


def _extent(text: str, function: str) -> tuple[int, int]:
    """Find the lines of a function, a class, or a method `Class.method`."""
    body: list[ast.stmt] = ast.parse(text).body
    found: ast.stmt | None = None
    for name in function.split("."):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        found = next((node for node in body if isinstance(node, kinds) and node.name == name), None)
        if not isinstance(found, kinds):
            return -1, -1
        body = found.body
    assert isinstance(found, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    first = min([found.lineno, *(decorator.lineno for decorator in found.decorator_list)])
    return first - 1, (found.end_lineno or found.lineno) - 1


def _highlighted(text: str, function: str, first: int) -> tuple[tuple[Piece, ...], ...]:
    """Set the code by weight and tone, since its colours would mean signs or places elsewhere."""
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Name, Operator, Punctuation, String

    lines: list[list[Piece]] = [[]]
    for kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        token, bold = "text", False
        if kind in Comment or kind in String:
            token = "muted"
        elif kind in Keyword or kind in Operator.Word:
            bold = True
        elif kind in Name.Function or kind in Name.Class:
            bold = True
            token = "accent" if value == function and len(lines) - 1 >= first >= 0 else "text"
        elif kind in Operator or kind in Punctuation:
            token = "muted"
        for index, part in enumerate(value.split("\n")):
            if index:
                lines.append([])
            if part:
                lines[-1].append((part, token, bold))
    if not lines[-1]:
        lines.pop()
    return tuple(tuple(line) for line in lines)
