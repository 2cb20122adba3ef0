"""The small changes that are tried, each at every place where it is possible."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

_COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_BINARY = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}
_DROPPED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)


@dataclass(frozen=True)
class Mutant:
    """`start` and `end` are offsets in bytes; `new` is what stands there instead."""

    line: int
    start: int
    end: int
    new: str
    change: str

    def applied(self, source: str) -> str:
        text = source.encode()
        return (text[: self.start] + self.new.encode() + text[self.end :]).decode()


def mutants_of(source: str) -> list[Mutant]:
    """All mutants of the source of a module, in the order of its lines."""
    starts, text = [0], source.encode()
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = {}
    for node, other in _changes(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        # What was one expression stays one, wherever it stands; what follows stays in its line.
        lines = "\n" * (node.end_lineno - node.lineno)
        new = f"({other}{lines})" if isinstance(node, ast.expr) else other + lines
        change = f"{_in_one_line(ast.unparse(node))} → {_in_one_line(other)}"
        found[start, end, new] = Mutant(node.lineno, start, end, new, change)
    return sorted(found.values(), key=lambda one: (one.start, one.end, one.new))


def _in_one_line(text: str, longest: int = 120) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _changes(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Each node that could be another one, with the text of that."""
    for node in _code(tree):
        for other in _others(node):
            text = ast.unparse(ast.fix_missing_locations(other))
            if text != ast.unparse(node):
                yield node, text


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """All that runs: no docstrings, types or decorators. Of texts with values in them nothing,
    since their parts have no places of their own."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield child
                yield from _code(child)


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.JoinedStr)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.BinOp() if type(node.op) in _BINARY:
            yield _with(node, op=_BINARY[type(node.op)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert() | ast.USub()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
        case ast.Return(value=ast.expr()):
            yield _with(node, value=ast.Constant(None))
        case ast.Call():
            yield from _calls(node)
    if isinstance(node, _DROPPED) or _sets_part(node):
        yield ast.Pass()


def _sets_part(node: ast.AST) -> bool:
    """Of something that is there before; a name that was never given is an error at once."""
    return isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name)


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        ops = [*node.ops[:place], _COMPARISONS[type(op)](), *node.ops[place + 1 :]]
        yield _with(node, ops=ops)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    """Without each of its keyword arguments."""
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            yield _with(node, keywords=[*node.keywords[:place], *node.keywords[place + 1 :]])


Node = TypeVar("Node", bound=ast.AST)


def _with(node: Node, **fields: Any) -> Node:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other
