"""
What errors can say, read from the code itself: each text with its placeholders filled in.

A text is followed through the names it is put together from (``msg``, ``fix``, constants, either
side of a condition), so that nobody keeps a list of errors by hand.
"""

from __future__ import annotations

import ast
import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOMS = ("geo", "api")
ANSWER = "said"  # how the service says what is not raised by us
_HOLE, _QUOTED, _SHARE = "\0.", "\0r", "\0%"
_DEEPEST = 12
Scope = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Said:
    """A text an error can say: of a problem, a fix, or a fact with its name."""

    table: str
    name: str
    text: str | None
    at: str


@dataclass(frozen=True)
class Module:
    path: Path
    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)


def modules(root: Path) -> dict[str, Module]:
    """Every module by its dotted name, with its constants and what it imports by name."""
    found = {}
    for path in sorted(p for room in ROOMS for p in (root / room).rglob("*.py")):
        module = Module(path, ast.parse(path.read_text(encoding="utf-8")))
        for node in module.tree.body:
            for name, value in _assigned(node):
                module.constants[name] = value
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    module.imported[one.asname or one.name] = (node.module, one.name)
        dotted = ".".join(path.relative_to(root).with_suffix("").parts)
        found[dotted.removesuffix(".__init__")] = module
    return found


def said(every: dict[str, Module]) -> Iterator[Said]:
    """Everything errors can say; a text that cannot be followed to its words is None."""
    tree = every["geo.errors"].tree
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)} | {ANSWER}
    for dotted, module in every.items():
        for call, scope in _calls(module.tree, classes):
            at = f"{dotted}:{call.lineno}"
            texts = _Texts(every, module, scope, before=call.lineno)
            given = {k.arg: k.value for k in call.keywords if k.arg}
            of_ours = getattr(call.func, "id", "") != ANSWER
            problem = call.args[0] if of_ours else given.pop("title", None)
            if problem is None:
                continue  # another function of that name
            for table, value in (("problems", problem), ("fixes", given.pop("fix"))):
                for text in texts.of(value) or ({None} if of_ours else ()):
                    yield Said(table, "", text and _filled(text), at)
            for name, value in given.items() if of_ours else ():
                for text in texts.of(value) or {None}:
                    yield Said("values", name, text and _filled(text), at)


def every_text(every: dict[str, Module]) -> set[str]:
    """Every text in the code, whatever it is for."""
    found = set()
    for module in every.values():
        texts = _Texts(every, module, None, before=0)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                found |= {_filled(text) for text in texts.of(node) or ()}
    return found


def _calls(tree: ast.Module, names: set[str]) -> Iterator[tuple[ast.Call, Scope]]:
    """Every call of one of some names, with the innermost function it stands in."""
    held: dict[ast.Call, Scope] = {}
    for scope in ast.walk(tree):
        if isinstance(scope, Scope):
            for node in ast.walk(scope):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
                    held[node] = scope
    yield from held.items()


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names that a statement or expression gives a value."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from ((t.id, v) for t, v in pairs if isinstance(t, ast.Name))
            elif isinstance(target, ast.Name):
                yield target.id, node.value
    elif (
        isinstance(node, ast.AnnAssign | ast.NamedExpr)
        and isinstance(node.target, ast.Name)
        and node.value is not None
    ):
        yield node.target.id, node.value


@dataclass(frozen=True)
class _Texts:
    """Follows an expression to the texts it may stand for."""

    every: dict[str, Module]
    module: Module
    scope: Scope | None
    before: int
    depth: int = 0

    def of(self, node: ast.expr) -> set[str] | None:
        """Texts with marks for placeholders; None for what is no text that can be told."""
        if self.depth > _DEEPEST:
            return None
        deeper = _Texts(self.every, self.module, self.scope, self.before, self.depth + 1)
        found: set[str] | None = None
        match node:
            case ast.Constant(value=str(text)):
                found = {text}
            case ast.JoinedStr(values=parts):
                found = _joined([deeper._part(part) for part in parts])
            case ast.IfExp(body=one, orelse=other):
                found = _either([deeper.of(one), deeper.of(other)])
            case ast.BoolOp(op=ast.Or(), values=parts):
                found = _either([deeper.of(part) for part in parts])
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                sides = [deeper.of(left), deeper.of(right)]
                found = None if sides == [None, None] else _joined([s or {_HOLE} for s in sides])
            case ast.Name(id=name):
                found = deeper._named(name)
        return found

    def _part(self, part: ast.expr) -> set[str]:
        """A piece of an f-string."""
        if not isinstance(part, ast.FormattedValue):
            return self.of(part) or {""}
        if part.conversion == ord("r"):
            return {_QUOTED}
        if part.format_spec is not None:
            return {_SHARE if ast.unparse(part.format_spec).endswith("%'") else _HOLE}
        return self.of(part.value) or {_HOLE}

    def _named(self, name: str) -> set[str] | None:
        """What a name may stand for: in its function, else in its module, else where it is from."""
        local = self._local(name)
        if local is not None:
            return local if local - {_HOLE} else None
        if name in self.module.constants:
            return self._elsewhere(self.module).of(self.module.constants[name])
        where, original = self.module.imported.get(name, ("", ""))
        other = self.every.get(where)
        if other is not None and original in other.constants:
            return self._elsewhere(other).of(other.constants[original])
        return None

    def _elsewhere(self, module: Module) -> _Texts:
        return _Texts(self.every, module, None, 0, self.depth + 1)

    def _local(self, name: str) -> set[str] | None:
        """Follow a name through its function, line by line up to where it is used."""
        if self.scope is None:
            return None
        held: set[str] | None = None
        nodes = [n for n in ast.walk(self.scope) if getattr(n, "lineno", self.before) < self.before]
        for node in sorted(nodes, key=lambda n: getattr(n, "lineno", 0)):
            for target, value in _assigned(node):
                if target == name:
                    texts = self.of(value) or {_HOLE}
                    held = texts if held is None or node in self.scope.body else held | texts
            match node:
                case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                    more = _joined([held or {_HOLE}, self.of(value) or {_HOLE}])
                    held = (held or set()) | more
                case ast.For(
                    target=ast.Tuple(elts=[_, ast.Tuple(elts=names)]),
                    iter=ast.Call(func=ast.Attribute(value=ast.Name(id=table))),
                ):
                    place = [getattr(n, "id", "") for n in names]
                    if name in place:
                        held = self._column(table, place.index(name))
        return held

    def _column(self, table: str, at: int) -> set[str]:
        """One place of the tuples in a table that is written out."""
        rows = [v for n in ast.walk(self.scope or self.module.tree) for t, v in _assigned(n)
                if t == table and isinstance(v, ast.Dict)]  # fmt: skip
        cells = [
            cell.elts[at] for row in rows for cell in row.values if isinstance(cell, ast.Tuple)
        ]
        return set().union(*(self.of(cell) or {_HOLE} for cell in cells))


def _either(sides: list[set[str] | None]) -> set[str] | None:
    if all(side is None for side in sides):
        return None
    return set().union(*(side or {_HOLE} for side in sides))


def _joined(parts: list[set[str]]) -> set[str]:
    return {"".join(pieces) for pieces in itertools.product(*parts)}


def _filled(text: str) -> str:
    """Put something of its form, and of its own, in every placeholder."""
    number = itertools.count(701)
    forms = {_HOLE: "{}", _QUOTED: "'{}'", _SHARE: "{}%"}
    return re.sub("\0[.r%]", lambda mark: forms[mark[0]].format(next(number)), text)
