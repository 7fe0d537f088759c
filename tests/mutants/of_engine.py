"""Faults put into Python: a comparison turned, a bound moved, a part of a condition left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "app" / "criteria"
MODULES: Final = ("answers", "classes", "conditions", "contacts", "facts", "rules")
TURNED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OTHER_SIDE: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Mod: ast.Add,
}
SWAPPED: Final = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}


@dataclass(frozen=True)
class EngineMutant:
    """A module with one fault: where it is, and the whole tree."""

    module: str
    name: str
    tree: ast.Module


def engine_mutants() -> Iterator[EngineMutant]:
    """Every module with every fault."""
    for module in MODULES:
        text = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
        lines, tree = text.splitlines(), ast.parse(text)
        idle = set(_idle(tree))
        for number, node in enumerate(ast.walk(tree)):
            for which, changed in enumerate(_faults(node) if node not in idle else ()):
                line = lines[node.lineno - 1].strip()
                name = f"{module}: {line}  ->  {ast.unparse(changed)[:70]}"
                yield EngineMutant(module, name, _mutated(tree, number, which))


def _mutated(tree: ast.Module, number: int, which: int) -> ast.Module:
    """A copy of a tree with a fault in the place of one of its nodes."""
    wrong = deepcopy(tree)
    place = next(node for at, node in enumerate(ast.walk(wrong)) if at == number)
    _replace(wrong, place, [*_faults(place)][which])
    return ast.fix_missing_locations(wrong)


def _faults(node: ast.AST) -> Iterator[ast.expr]:
    """What may stand in the place of an expression."""
    match node:
        case ast.Compare():
            yield from (_turned(node, n) for n, op in enumerate(node.ops) if type(op) in TURNED)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from values
        case ast.IfExp(_, body, orelse):
            yield from (body, orelse)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Constant():
            yield from _other_constants(node)
        case _:
            yield from _other_operation(node)


def _other_operation(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.BinOp(left, op, right) if type(op) in OTHER_SIDE:
            yield ast.BinOp(left, OTHER_SIDE[type(op)](), right)
        case ast.Subscript(value, ast.Slice()):
            yield value
        case ast.Call(ast.Name(name), args, []) if name in SWAPPED:
            yield ast.Call(ast.Name(SWAPPED[name], ast.Load()), args, [])


def _turned(node: ast.Compare, n: int) -> ast.Compare:
    operators = [*node.ops]
    operators[n] = TURNED[type(operators[n])]()
    return ast.Compare(node.left, operators, node.comparators)


def _other_constants(node: ast.Constant) -> Iterator[ast.expr]:
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int():
            yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
        case str() if node.value:
            yield ast.Constant(f"{node.value}x")


def _replace(tree: ast.AST, old: ast.AST, new: ast.expr) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if item is old else item for item in value]


def _idle(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes whose change nobody could tell, but for a type checker or a reader."""
    aliases = [node for node in tree.body if isinstance(node, ast.Assign)]
    for node in ast.walk(tree):
        for part in _idle_parts(node, aliases):
            if part is not None:
                yield from ast.walk(part)


def _idle_parts(node: ast.AST, aliases: list[ast.Assign]) -> list[ast.AST | None]:
    match node:
        case ast.Expr(ast.Constant()) | ast.JoinedStr() | ast.Raise():
            return [node]
        case ast.FunctionDef():
            return [node.returns, *node.decorator_list]
        case ast.arg() | ast.AnnAssign():
            return [node.annotation]
        case ast.ClassDef():
            return [*node.decorator_list]
        case ast.Assign(value=ast.BinOp()) if node in aliases:
            return [node]
    return []
