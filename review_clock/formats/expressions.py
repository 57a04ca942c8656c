"""Functions of the law → expression trees: the same law for a reader that has no Python (the page's explorer).

A tree is a list whose first element names the node, or a mere text: a name, and fields or properties after dots. The
vocabulary is closed: a construct that has no node here is an error at export, never something left out. Expressions:

    "p"  "p.term_end.day"             an argument or a local name; a field or a property of what it names
    ["value", x]                      null, a truth value, a whole number or a text
    ["given", "term_years"]           a constant, by its key in machine.json
    ["days", 1]                       so many days, to be added to a date
    ["attribute", x, "name"]          a field or a property of any other value
    ["item", x, key]                  an element of a row, or the value of a reading
    ["call", "name", [x …], {key: x}] a function of machine.json, or a primitive; the last element only where needed
    ["make", "review", {field: x}]    a value of that type, its other fields at their defaults
    ["replace", x, {field: x}]        a copy with those fields changed
    ["compare", [x, "<", y, "<", z]]  < <= > >= == != is, is not, in, not in; <= between sets is "is a subset of"
    ["and", [x …]] ["or", [x …]]      the first operand that decides, as in Python
    ["not", x] ["if", test, x, y]
    ["plus", x, y] ["minus", x, y] ["union", x, y]
    ["row", [x …]] ["set", [x …]]     an element ["each", x] stands for each element of x
    ["every", x, [name …], y, [test …]]  x for each element of y that passes the tests
    ["function", [name …], x]         a function without a name
    ["text", [x …]]                   texts joined
    ["is a", x, ["review_held" …]]    of one of these types

and statements: ["return", x], ["let", [name …], x], ["add", name, x], ["append", name, x],
["when", test, [then …], [else …]], ["while", test, [body …]]. In a mapping of arguments or fields the key "**" stands
for all keys of its value. Nothing, false, 0 and what is empty count as false. Assertions are left out: they tell a
type checker what the table's rows guarantee.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import timedelta
from enum import EnumType
from types import FunctionType
from typing import Any, Final

from review_clock.law.acts_and_lapses import name_of

Tree = list[Any] | str

PRIMITIVES: Final = (
    "starting",
    "years_after",
    "months_after",
    "the_day_before",
    "through_the_day",
    "in_order",
    "bool",
    "enumerate",
    "frozenset",
    "getattr",
    "index",
    "len",
    "list",
    "lower",
    "min",
    "sorted",
    "tuple",
)
"""What a reader of the trees must bring: date arithmetic, the order of events, and what Python has built in."""

_METHODS: Final = ("index", "lower")
_COMPARISONS: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_OPERATORS: Final[dict[type[ast.operator], str]] = {ast.Add: "plus", ast.Sub: "minus", ast.BitOr: "union"}


class NotExportable(Exception):
    """A construct of Python that has no node in the vocabulary: where it stands, and what it is."""


def _refused(function: str, node: ast.AST) -> NotExportable:
    line = getattr(node, "lineno", 0)
    return NotExportable(f"{function}, line {line} of it: {ast.unparse(node)!r} ({type(node).__name__}) has no node")


class _Function:
    """One function on its way to a tree: its local names, and the functions and types that it uses."""

    def __init__(self, function: FunctionType) -> None:
        self.name, self._globals = function.__qualname__, function.__globals__
        self.uses: dict[str, FunctionType] = {}
        self.makes: dict[str, type] = {}
        source = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        assert isinstance(source, ast.FunctionDef)
        self._source = source
        args = source.args
        if args.vararg or args.posonlyargs or args.kwonlyargs or args.defaults:
            raise _refused(self.name, args)
        self._takes = [each.arg for each in args.args]
        self._rest = args.kwarg.arg if args.kwarg else None
        self._local = {*self._takes, *([self._rest] if self._rest else [])}

    def tree(self) -> dict[str, Any]:
        """The function as data: its label, what it takes, what it does."""
        body = self._source.body
        label = ast.get_docstring(self._source)
        does = [each for node in body[1 if label else 0 :] for each in self._statement(node)]
        tree: dict[str, Any] = {"takes": self._takes, "does": does}
        if self._rest:
            tree["rest"] = self._rest
        return {"label": label, **tree} if label else tree

    # -------------------------------------------------------------------------------------------- statements

    def _statement(self, node: ast.stmt) -> Iterator[Tree]:
        match node:
            case ast.Assert():
                return
            case ast.Return(value=ast.expr() as value):
                yield ["return", self._of(value)]
            case ast.Assign(targets=[target]):
                yield from self._assignment(target, node.value, node)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from self._assignment(target, value, node)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add()):
                yield ["add", name, self._of(node.value)]
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[item])):
                yield ["append", name, self._of(item)]
            case ast.If():
                yield ["when", self._of(node.test), self._block(node.body), self._block(node.orelse)]
            case ast.While(orelse=[]):
                yield ["while", self._of(node.test), self._block(node.body)]
            case _:
                raise _refused(self.name, node)

    def _block(self, nodes: list[ast.stmt]) -> list[Tree]:
        return [each for node in nodes for each in self._statement(node)]

    def _assignment(self, target: ast.expr, value: ast.expr, node: ast.stmt) -> Iterator[Tree]:
        given = self._of(value)
        yield ["let", self._bound(target, node), given]

    def _bound(self, target: ast.expr, node: ast.AST) -> list[str]:
        """The names that a target binds, from now on local."""
        targets = target.elts if isinstance(target, ast.Tuple) else [target]
        names = [each.id for each in targets if isinstance(each, ast.Name)]
        if len(names) != len(targets) or set(names) & set(PRIMITIVES):
            raise _refused(self.name, node)
        self._local.update(names)
        return names

    # ------------------------------------------------------------------------------------------- expressions

    def _of(self, node: ast.expr) -> Tree:
        match node:
            case ast.Constant(value=None | bool() | int() | str()):
                return ["value", node.value]
            case ast.Name(id=name):
                return name if name in self._local else self._known(name, node)
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if self._is_enum(name):
                return ["value", str(self._globals[name][attr])]
            case ast.Attribute():
                value = self._of(node.value)
                return f"{value}.{node.attr}" if isinstance(value, str) else ["attribute", value, node.attr]
            case ast.Subscript():
                return ["item", self._of(node.value), self._of(node.slice)]
            case ast.Compare():
                return self._comparison(node)
            case ast.BoolOp():
                return ["and" if isinstance(node.op, ast.And) else "or", [self._of(each) for each in node.values]]
            case ast.UnaryOp(op=ast.Not()):
                return ["not", self._of(node.operand)]
            case ast.BinOp() if type(node.op) in _OPERATORS:
                return [_OPERATORS[type(node.op)], self._of(node.left), self._of(node.right)]
            case ast.IfExp():
                return ["if", self._of(node.test), self._of(node.body), self._of(node.orelse)]
            case ast.Tuple() | ast.List():
                return ["row", self._elements(node.elts)]
            case ast.Set():
                return ["set", self._elements(node.elts)]
            case ast.GeneratorExp(generators=[source]) | ast.ListComp(generators=[source]):
                return self._comprehension(node.elt, source)
            case ast.Lambda(args=ast.arguments(args=args, defaults=[])):
                names = [each.arg for each in args]
                self._local.update(names)
                return ["function", names, self._of(node.body)]
            case ast.JoinedStr():
                return ["text", [self._part(each) for each in node.values]]
            case ast.Call():
                return self._call(node)
        raise _refused(self.name, node)

    def _part(self, node: ast.expr) -> Tree:
        if isinstance(node, ast.FormattedValue):
            if node.conversion != -1 or node.format_spec is not None:
                raise _refused(self.name, node)
            return self._of(node.value)
        return self._of(node)

    def _elements(self, nodes: list[ast.expr]) -> list[Tree]:
        return [["each", self._of(node.value)] if isinstance(node, ast.Starred) else self._of(node) for node in nodes]

    def _comparison(self, node: ast.Compare) -> Tree:
        chain: list[Any] = [self._of(node.left)]
        for operator, right in zip(node.ops, node.comparators, strict=True):
            chain += [_COMPARISONS[type(operator)], self._of(right)]
        return ["compare", chain]

    def _comprehension(self, element: ast.expr, source: ast.comprehension) -> Tree:
        given = self._of(source.iter)
        names = self._bound(source.target, source)
        return ["every", self._of(element), names, given, [self._of(test) for test in source.ifs]]

    def _is_enum(self, name: str) -> bool:
        return name not in self._local and isinstance(self._globals.get(name), EnumType)

    def _known(self, name: str, node: ast.AST) -> Tree:
        """A name of the module: an enumeration's members, a number of days, a constant, a function handed on."""
        found = self._globals.get(name)
        if isinstance(found, EnumType):
            members: list[Any] = list(found)
            return ["row", [["value", str(member.value)] for member in members]]
        if isinstance(found, timedelta):
            return ["days", found.days]
        if isinstance(found, int | tuple) and name.isupper():
            return ["given", name.lower()]
        if name in PRIMITIVES:
            return name
        raise _refused(self.name, node)

    def _call(self, node: ast.Call) -> Tree:
        keywords = {each.arg or "**": self._of(each.value) for each in node.keywords}
        match node.func:
            case ast.Name(id="replace"):
                return ["replace", self._of(node.args[0]), keywords]
            case ast.Name(id="isinstance"):
                return ["is a", self._of(node.args[0]), self._types(node.args[1])]
            case ast.Name(id=name):
                found = self._globals.get(name)
                if isinstance(found, type) and not node.args:
                    return ["make", self._type(found), keywords]
                if name not in PRIMITIVES:
                    if not isinstance(found, FunctionType):
                        raise _refused(self.name, node)
                    self.uses[name] = found
                return ["call", name, self._elements(node.args), *([keywords] if keywords else [])]
            case ast.Attribute(attr=method) if method in _METHODS:
                return ["call", method, [self._of(node.func.value), *self._elements(node.args)]]
        raise _refused(self.name, node)

    def _types(self, node: ast.expr) -> list[str]:
        names = node.elts if isinstance(node, ast.Tuple) else [node]
        found = [self._globals.get(each.id) if isinstance(each, ast.Name) else None for each in names]
        if not all(isinstance(each, type) for each in found):
            raise _refused(self.name, node)
        return [self._type(each) for each in found if isinstance(each, type)]

    def _type(self, found: type) -> str:
        self.makes[name_of(found)] = found
        return name_of(found)


def _default(value: Any) -> Tree:
    if value is None or isinstance(value, bool | int):
        return ["value", value]
    if isinstance(value, str):
        return ["value", str(value)]
    if isinstance(value, frozenset):
        return ["set", [_default(each) for each in sorted(value)]]
    if isinstance(value, tuple):
        return ["row", [_default(each) for each in value]]
    raise NotExportable(f"the default {value!r} has no node")


def _value_type(kind: type, found: Exported) -> dict[str, Any]:
    """A type as data: its fields, each with its default where it has one, and its properties as functions."""
    return {
        "fields": {each.name: None if each.default is MISSING else _default(each.default) for each in fields(kind)},
        "properties": {
            name: found.converted(part.fget)
            for name, part in vars(kind).items()
            if isinstance(part, property) and isinstance(part.fget, FunctionType)
        },
    }


class Exported:
    """Functions as trees, with every function and type that they use. Raises `NotExportable`."""

    def __init__(self, functions: tuple[Callable[..., Any], ...], types: tuple[type, ...]) -> None:
        self._made: dict[str, FunctionType] = {}
        self._types: dict[str, type] = {}
        self.functions: dict[str, Any] = {}
        self.values: dict[str, Any] = {}
        for function in functions:
            assert isinstance(function, FunctionType)
            self._function(function)
        for kind in types:
            self._type(kind)
        self.functions = dict(sorted(self.functions.items()))
        self.values = dict(sorted(self.values.items()))

    def _function(self, function: FunctionType) -> None:
        name = function.__name__
        if name in self._made:
            if self._made[name] is not function:
                raise NotExportable(f"two functions are called {name}")
            return
        self._made[name] = function
        self.functions[name] = self.converted(function)

    def _type(self, kind: type) -> None:
        name = name_of(kind)
        if name in self._types:
            return
        self._types[name] = kind
        self.values[name] = _value_type(kind, self)

    def converted(self, function: FunctionType) -> dict[str, Any]:
        """One function as a tree; what it uses is exported with it."""
        source = _Function(function)
        tree = source.tree()
        for used in source.uses.values():
            self._function(used)
        for kind in source.makes.values():
            self._type(kind)
        return tree
