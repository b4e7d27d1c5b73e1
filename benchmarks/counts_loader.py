"""Loads our modules as plain Python with a counter at each function, loop, CSS query and regular expression.

The counters stand in the syntax tree, before it is compiled. So they count the same in every version of Python, which
comprehensions and generators do to none of its own hooks, and the same whether or not compiled modules lie beside the
sources: those are passed over.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from importlib.machinery import FileFinder, SourceFileLoader
from operator import length_hint
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.corpora import ROOT
from benchmarks.counts_regexes import Regexes

_MOST = 2**62
_QUERIES = frozenset({"css", "css_first", "css_matches", "any_css_matches"})

Place = tuple[str, str]


class Tally:
    """What was counted since the interpreter started.

    Attributes:
        told: Counts by name, which anyone may add to.
        calls: A counter for each function, by module and qualified name.
        turns: A counter for each function with loops: how often their bodies ran.
    """

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()
        self.calls: dict[Place, Iterator[int]] = {}
        self.turns: dict[Place, Iterator[int]] = {}

    def read(self) -> tuple[Counter[str], Counter[Place], Counter[Place]]:
        """The counts by name, the calls and the turns of loops, up to now."""
        calls, turns = ({at: _taken(it) for at, it in each.items()} for each in (self.calls, self.turns))
        return Counter(self.told), Counter(calls), Counter(turns)

    def query(self, method: object) -> object:
        """Counts a CSS query; gives back the method that answers it."""
        self.told["CSS queries"] += 1
        return method

    def text(self, text: str) -> str:
        """Counts the characters of a node's text; gives the text back."""
        self.told["characters of nodes' texts"] += len(text)
        return text


def _counter() -> Iterator[int]:
    """A counter that is true each time it is asked, as cheap as Python has one."""
    return iter(range(1, _MOST))


def _taken(it: Iterator[int]) -> int:
    return _MOST - 1 - length_hint(it)


def install(tally: Tally) -> None:
    """From now on every module of ours is loaded with counters; none may have been loaded before."""
    package = ROOT / "extractor"

    def hook(folder: str) -> FileFinder:
        if not Path(folder).is_relative_to(package):
            raise ImportError("only for our modules")
        loader: Any = partial(_Loader, tally=tally)
        return FileFinder(folder, (loader, [".py"]))

    sys.path_hooks.insert(0, hook)


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, tally: Tally) -> None:
        super().__init__(fullname, path)
        self.tally = tally

    def exec_module(self, module: ModuleType) -> None:
        """Runs the module's source with counters."""
        run_counted(Path(self.path).read_bytes(), module.__dict__, self.tally)


def run_counted(source: str | bytes, names: dict[str, Any], tally: Tally) -> None:
    """Runs the source of a module with counters, which count into `tally`.

    Args:
        source: The module's source.
        names: Its namespace, in which at least `__name__` stands.
        tally: Where the counters are kept.
    """
    counted = _Counted(names["__name__"])
    tree = counted.visit(ast.parse(source))
    code = compile(ast.fix_missing_locations(tree), names.get("__file__", "<counted>"), "exec", dont_inherit=True)
    for counters, kept in ((counted.calls, tally.calls), (counted.turns, tally.turns)):
        names.update((name, kept.setdefault(place, _counter()).__next__) for name, place in counters.items())
    names.update(__query__=tally.query, __text__=tally.text, __regexes__=Regexes(tally.told))
    exec(code, names)


class _Counted(ast.NodeTransformer):
    """Writes the counters into a module; afterwards `calls` and `turns` hold their names and what they count."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.is_page = module.startswith("extractor.page.")
        self.scope: list[str] = []
        self.calls: dict[str, Place] = {}
        self.turns: dict[str, Place] = {}

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._inside(node, node.name)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._inside(node, node.name)
        node.body.insert(ast.get_docstring(node) is not None, ast.Expr(self._called(node.name)))
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._inside(node, "<lambda>")
        node.body = ast.BoolOp(ast.And(), [self._called("<lambda>"), node.body])
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        return self._loop(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._loop(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.ifs.insert(0, self._turned())
        return node

    def visit_Import(self, node: ast.Import) -> ast.AST | list[ast.stmt]:
        if any(alias.name == "re" and not alias.asname for alias in node.names):
            return [node, ast.Assign([ast.Name("re", ast.Store())], ast.Name("__regexes__", ast.Load()))]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if self.is_page and isinstance(node.func, ast.Attribute):
            if node.func.attr in _QUERIES:
                node.func = _call("__query__", node.func)
            elif node.func.attr == "text":
                return _call("__text__", node)
        return node

    def _inside(self, node: ast.AST, name: str) -> ast.AST:
        self.scope.append(name)
        self.generic_visit(node)
        self.scope.pop()
        return node

    def _loop(self, node: ast.For | ast.While) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, ast.Expr(self._turned()))
        return node

    def _called(self, name: str) -> ast.expr:
        return _counted(self.calls, "calls", (self.module, ".".join((*self.scope, name))))

    def _turned(self) -> ast.expr:
        return _counted(self.turns, "turns", (self.module, ".".join(self.scope)))


def _counted(names: dict[str, Place], kind: str, place: Place) -> ast.expr:
    name = f"__{kind}_{len(names)}__"
    names[name] = place
    return _call(name)


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
