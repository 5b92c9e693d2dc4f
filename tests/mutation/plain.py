"""Decorated functions written without decorators, which mutmut passes over.

`@cache def f(): ...` becomes `def f(): ...` and `f = cache(f)`, which is the same to Python.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

_LEFT_OUT: Final = ("property", "computed_once", "cache")


def without_decorators(source: str) -> str:
    """The source with every function that has one of these decorators alone written without it."""
    lines = source.splitlines()
    for function in sorted(_decorated(ast.parse(source)), key=lambda found: -found.lineno):
        (decorator,) = function.decorator_list
        kind = ast.unparse(decorator)
        lines.insert(
            function.end_lineno or 0, f"{' ' * function.col_offset}{function.name} = {kind}({function.name})"
        )
        del lines[decorator.lineno - 1]
    return "\n".join(lines) + "\n"


def _decorated(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and [ast.unparse(d) for d in node.decorator_list] in (
            [name] for name in _LEFT_OUT
        ):
            yield node
