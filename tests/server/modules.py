"""For tests: a module's source, as calls, assignments and texts."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

Scope = ast.FunctionDef | ast.AsyncFunctionDef | None

_NAMED_SLOT = re.compile(r"\{\w*\}")


class Module:
    """What stands in a module: calls and assignments, each with the function around it, functions, texts, classes with
    the names of their bases, and from where names are imported."""

    def __init__(self, source: str) -> None:
        self.calls: list[tuple[str, Scope, ast.Call]] = []
        self.assigned: dict[Scope, list[tuple[str, ast.expr]]] = defaultdict(list)
        self.functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        self.texts: set[str] = set()
        self.classes: dict[str, set[str]] = {}
        self.imported: dict[str, str] = {}
        self._visit(ast.parse(source), None)

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        self.assigned[scope].extend(_assignments(node))
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.functions.append(node)
                scope = node
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                self.calls.append((name, scope, node))
            case ast.ClassDef(name=name, bases=bases):
                self.classes[name] = {base.id for base in bases if isinstance(base, ast.Name)}
            case ast.ImportFrom(module=str(module), names=names):
                self.imported.update((alias.name, module) for alias in names)
            case ast.JoinedStr() | ast.Constant(value=str()):
                self.texts.add(with_bare_slots(form(node)))
            case _:
                pass
        for child in ast.iter_child_nodes(node):
            self._visit(child, scope)


def form(node: ast.AST) -> str:
    """A text as it is written, with {} for what is not."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(map(form, parts))
        case _:
            return "{}"


def with_bare_slots(text: str) -> str:
    """A text that `str.format` fills, its slots written {}."""
    return _NAMED_SLOT.sub("{}", text)


def _assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """(name or attribute, value) of an assignment; of one to several names the values, or the one value for each."""
    match node:
        case ast.Assign(targets=[target], value=value):
            yield from _pairs(target, value)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield from _pairs(target, value)
        case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
            yield from _pairs(target, value)
        case ast.Call(func=ast.Attribute(attr="append" | "extend", value=target), args=[value]):
            yield from _pairs(target, value)
        case _:
            pass


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ((ast.Name(id=name) | ast.Attribute(attr=name)), _):
            yield name, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values):
            yield from chain.from_iterable(map(_pairs, targets, values))
        case ast.Tuple(elts=targets), _:
            yield from chain.from_iterable(_pairs(one, value) for one in targets)
        case _:
            pass
