"""For tests: what the code says to users, read from its source as templates whose slots are {}."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import server
from tests.server.modules import Module, Scope, form, with_bare_slots

ROOT = Path(server.__file__).parents[1]
PACKAGES = ("ingestion", "retrieval", "agents", "server")

_FAMILY = "HuimaiError"
_DEEPEST = 4


class Source:
    """The modules of the packages, and what is said in them."""

    def __init__(self) -> None:
        paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
        self.modules = {_dotted(path): Module(path.read_text("utf-8")) for path in paths}

    def errors(self) -> set[str]:
        """The classes of the house's errors."""
        bases = {name: of for module in self.modules.values() for name, of in module.classes.items()}
        found = {_FAMILY}
        while more := {name for name, of in bases.items() if name not in found and of & found}:
            found |= more
        return found

    def given_to(self, names: Container[str], module: str) -> dict[str, int]:
        """The templates that a module gives to what is called so, with the line of each."""
        return {
            text: call.lineno
            for name, scope, call in self.modules[module].calls
            if name in names
            for given in _arguments(call)
            for text in self._texts(given, Place(module, scope))
        }

    def set_to(self, names: Container[str], module: str) -> dict[str, int]:
        """The templates that a module sets, or adds to, names or attributes that are called so."""
        return {
            text: value.lineno
            for scope, assigned in self.modules[module].assigned.items()
            for name, value in assigned
            if name in names
            for text in self._texts(value, Place(module, scope))
        }

    def everything(self) -> set[str]:
        """Each text of the modules, whatever becomes of it."""
        return {text for module in self.modules.values() for text in module.texts}

    def _texts(self, node: ast.AST, place: Place) -> Iterator[str]:
        """What an expression may say, and what its slots may; nothing where the source alone does not tell."""
        yield from self._whole(node, place)
        for joined in ast.walk(node):
            if isinstance(joined, ast.JoinedStr) and not _is_spaced_out(joined):
                for part in joined.values:
                    if isinstance(part, ast.FormattedValue) and not self._is_part(part, place):
                        yield from self._whole(part.value, place)

    def _whole(self, node: ast.AST, place: Place) -> list[str]:
        if place.depth > _DEEPEST:
            return []
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr():
                return self._joined(node, place)
            case ast.BinOp(op=ast.Add()):
                sides = (self._whole(side, place) or ["{}"] for side in (node.left, node.right))
                return [before + after for before, after in product(*sides)]
            case ast.Name(id=name):
                return self._named(name, place.deeper())
            case ast.Call(func=ast.Attribute(attr="format", value=form)):
                return [with_bare_slots(text) for text in self._whole(form, place)]
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                return self._returned(name, place.deeper())
            case _:
                return [text for one in _chosen_from(node) for text in self._texts(one, place)]

    def _joined(self, joined: ast.JoinedStr, place: Place) -> list[str]:
        """An f-string. What a constant words is a part of it; slots with nothing but spaces between are filled in."""
        spaced_out = _is_spaced_out(joined)

        def part(one: ast.expr) -> list[str]:
            if isinstance(one, ast.FormattedValue) and (spaced_out or self._is_part(one, place)):
                return self._whole(one.value, place) or [form(one)]
            return [form(one)]

        return ["".join(parts) for parts in product(*map(part, joined.values))]

    def _is_part(self, slot: ast.FormattedValue, place: Place) -> bool:
        """Whether a slot holds a constant that is worded."""
        named = isinstance(slot.value, ast.Name) and slot.value.id.strip("_").isupper()
        return named and any(" " in text for text in self._whole(slot.value, place))

    def _named(self, name: str, place: Place) -> list[str]:
        home, scope = self.modules[place.module], place.scope
        if scope and name in (parameters := _parameters(scope)):
            return self._handed(scope.name, parameters.index(name), name, place)
        for around in (scope, None):
            if values := [value for target, value in home.assigned[around] if target == name]:
                return [text for value in values for text in self._texts(value, replace(place, scope=around))]
        if home.imported.get(name) in self.modules:
            return self._named(name, replace(place, module=home.imported[name], scope=None))
        return []

    def _handed(self, function: str, position: int, name: str, place: Place) -> list[str]:
        """What callers give to a parameter."""
        return [
            text
            for module, one in self.modules.items()
            if module == place.module or place.module in one.imported.values()
            for called, scope, call in one.calls
            if called == function
            for given in _argument(call, position, name)
            for text in self._texts(given, replace(place, module=module, scope=scope))
        ]

    def _returned(self, name: str, place: Place) -> list[str]:
        home = self.modules[place.module]
        if name not in {one.name for one in home.functions} and home.imported.get(name) in self.modules:
            return self._returned(name, replace(place, module=home.imported[name]))
        return [
            text
            for one in home.functions
            if one.name == name
            for node in ast.walk(one)
            if isinstance(node, ast.Return) and node.value
            for text in self._texts(node.value, replace(place, scope=one))
        ]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, and through how many others it was come to."""

    module: str
    scope: Scope
    depth: int = 0

    def deeper(self) -> Place:
        """One further."""
        return replace(self, depth=self.depth + 1)


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(one.value for one in call.keywords)]


def _argument(call: ast.Call, position: int, name: str) -> list[ast.expr]:
    return [*call.args[position : position + 1], *(one.value for one in call.keywords if one.arg == name)]


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    arguments = function.args
    named = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    return [*(named[1:] if named[:1] == ["self"] else named), *(one.arg for one in arguments.kwonlyargs)]


def _chosen_from(node: ast.AST) -> list[ast.expr]:
    """The expressions of which an expression is one."""
    match node:
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.BoolOp(values=values) | ast.Dict(values=values):
            return values
        case ast.Tuple(elts=values) | ast.List(elts=values):
            return values
        case ast.Subscript(value=value) | ast.Starred(value=value) | ast.ListComp(elt=value):
            return [value]
        case _:
            return []


def _is_spaced_out(joined: ast.JoinedStr) -> bool:
    return not form(joined).replace("{}", "").strip()
