"""How the tests of taste read the house: its rooms, modules and functions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "terril"
SITE = PACKAGE / "site"
TEMPLATES = SITE / "templates"
ROOMS = sorted(path.parent.name for path in SITE.glob("*/apps.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(folder: Path = PACKAGE) -> list[Path]:
    """Return the Python sources of a folder; migrations are written by a machine."""
    return [
        path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts
    ]


def pieces(piece: str) -> list[Path]:
    """Return the sources of one piece of furniture, in every room."""
    modules = SITE.glob(f"*/{piece}.py")
    packages = SITE.glob(f"*/{piece}/*.py")
    return sorted([*modules, *packages])


@cache
def tree(path: Path) -> ast.Module:
    """Read a source once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Return every function of a source, methods too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def public_functions(path: Path) -> list[Function]:
    """Return the functions that a source offers to others."""
    return [
        node
        for node in tree(path).body
        if isinstance(node, Function) and not node.name.startswith("_")
    ]


def height(node: Function) -> int:
    """Count the lines of a function, without what decorates it."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def name_of(path: Path) -> str:
    """Return the path of a file, for people."""
    return path.relative_to(ROOT).as_posix()
