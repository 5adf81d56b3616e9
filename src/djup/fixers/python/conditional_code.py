"""Code for several versions at once: only the branch that lives at the release it is rewritten for stays.

Asked for by ``djup fix --collapse``, since a package that still supports old releases needs the others.
"""

from __future__ import annotations

import functools
import operator
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.branches import drop_branch
from djup.knowledge.changes import Change, Seen, all_changes
from djup.knowledge.support import load_support
from djup.model import Release, parse_release, release_text
from djup.source.edits import Edit
from djup.source.names import Imported
from djup.source.statements import is_standard
from djup.source.tree import field, text_of, walk

_WORDS = ("ImportError", "ModuleNotFoundError", "VERSION", "version_info", "PY2", "PY3")
_CATCHES = re.compile(rb"except\s*\(?\s*(?:ImportError|ModuleNotFoundError)\b")
_SUBSCRIPT = re.compile(r"\[(?::(?P<stop>[1-5])|(?P<index>[01]))\]")
_NUMBERS = re.compile(r"\(\s*\d+\s*(?:,\s*\d+\s*)*,?\s*\)|\d+")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
LAST_PATCH = 99
"""Above any patch of a release."""
_PYTHON2 = {"six.PY2": False, "six.PY3": True, "django.utils.six.PY2": False, "django.utils.six.PY3": True}


def collapsing(target: Release) -> Change:
    """The change that takes out the branches which do not live at a release."""
    return Change(
        id=f"{release_text(target)}/conditional-code",
        summary="Code for other versions of Django and Python is not needed",
        subject="Drop code for other versions",
        kind="other",
        severity="may",
        removed=release_text(target),
        notes="https://docs.djangoproject.com/en/dev/internals/release-process/",
        fix="conditional_code",
        safety="review",
        seen=Seen(words=_WORDS),
    )


def conditional_code(patch: Patch) -> None:
    """Keep the living branch of imports that may fail and of tests of a version, where it is plain which that is."""
    for node in walk(patch.module.tree.root_node):
        if node.type == "try_statement" and not patch.skips(node):
            kept = _living_imports(patch, node)
            if kept is not None:
                _keep(patch, node, kept)
        elif node.type == "if_statement" and not patch.skips(node):
            _settle_test(patch, node)


def _living_imports(patch: Patch, statement: Node) -> Node | None:
    """The block of imports that works at the release, of a ``try`` with one ``except ImportError``; None if unclear."""
    body = field(statement, "body")
    others = [one for one in statement.named_children if one.type not in {"block", "comment"}]
    handler = others[0] if len(others) == 1 and others[0].type == "except_clause" else None
    if body is None or handler is None or not _CATCHES.match(text_of(handler)):
        return None
    fallback = handler.named_children[-1]
    if fallback.type != "block" or not _is_simple(body) or not _is_simple(fallback, also=("expression_statement",)):
        return None
    release = patch.change.release
    tried, instead = _imports(patch, body), _imports(patch, fallback)
    dated = any(_is_gone(one, release) or _is_of_python2(one) for one in instead)
    lives = tried and all(_came(one, release) or (dated and is_standard(one.module)) for one in tried)
    if lives and not any(_is_gone(one, release) for one in tried) and _names(instead) <= _names(tried):
        only_imports = {child.type for child in fallback.named_children} <= {*_IMPORTS, "pass_statement", "comment"}
        return body if only_imports or _assigned(fallback) <= _names(tried) else None
    if any(_is_gone(one, release) for one in tried) and instead and _names(tried) <= _names(instead):
        sure = all(_came(one, release) or not one.module.startswith("django") for one in instead)
        return fallback if sure and not any(_is_gone(one, release) for one in instead) else None
    return None


_OF_PYTHON2 = frozenset({
    "ConfigParser", "Cookie", "HTMLParser", "Queue", "StringIO", "UserDict", "__builtin__", "anydbm", "cPickle",
    "cStringIO", "cookielib", "email.Utils", "email.MIMEText", "htmlentitydefs", "httplib", "urllib2", "urlparse",
})  # fmt: skip
"""Modules that Python 3 has under other names (https://docs.python.org/3/whatsnew/3.0.html#library-changes)."""
_IMPORTS = ("import_statement", "import_from_statement")


def _is_simple(block: Node, also: tuple[str, ...] = ()) -> bool:
    return all(child.type in {*_IMPORTS, *also, "pass_statement", "comment"} for child in block.named_children)


def _imports(patch: Patch, block: Node) -> list[Imported]:
    return [one for one in patch.module.imports if block.start_byte <= one.statement.start_byte < block.end_byte]


def _names(imports: list[Imported]) -> set[str]:
    return {one.local for one in imports}


def _assigned(block: Node) -> set[str]:
    """The names that the assignments of a block bind; with anything else in it, one that no import binds."""
    found: set[str] = set()
    for child in block.named_children:
        inner = child.named_children[0] if child.type == "expression_statement" else None
        if inner is not None:
            left = field(inner, "left") if inner.type == "assignment" else None
            found.add(text_of(left).decode() if left is not None else "")
    return found


def _came(one: Imported, release: Release) -> bool:
    """Whether an import certainly works, as what a change moved something to."""
    module = one.module if not one.name else one.origin
    return any(module == new or module.startswith(f"{new}.") for new in _known(release)[1])


def _is_of_python2(one: Imported) -> bool:
    return one.module in _OF_PYTHON2


def _is_gone(one: Imported, release: Release) -> bool:
    module = one.module if not one.name else one.origin
    return any(module == old or module.startswith(f"{old}.") for old in _known(release)[0])


@functools.cache
def _known(release: Release) -> tuple[frozenset[str], frozenset[str]]:
    """The dotted names that are gone at a release, and those that took the place of others by then."""
    moves = [(change, old, new) for change in all_changes() for old, new in change.moved.items()]
    gone = {old for change, old, _ in moves if change.release <= release}
    came = {new.replace(":", ".") for change, _, new in moves if parse_release(change.runs_from) <= release}
    return frozenset(gone), frozenset(came - gone)


def _settle_test(patch: Patch, statement: Node) -> None:
    """Take a test of a version whose answer is plain, without ``elif``, apart."""
    condition, body = field(statement, "condition"), field(statement, "consequence")
    others = [one for one in statement.named_children if one.type in {"elif_clause", "else_clause"}]
    if condition is None or body is None or len(others) > 1 or any(one.type == "elif_clause" for one in others):
        return
    answer = _answer(patch, condition)
    if answer is None or (statement.parent is not None and statement.parent.type == "elif_clause"):
        return
    other = field(others[0], "body") if others else None
    if answer or other is not None:
        _keep(patch, statement, body if answer else other or body)
    else:
        drop_branch(patch, statement)


def _answer(patch: Patch, condition: Node) -> bool | None:
    """What a test of a version answers at the release, on every Python that it supports; None if that is unclear."""
    if condition.type == "not_operator":
        inner = field(condition, "argument")
        answer = _answer(patch, inner) if inner is not None else None
        return None if answer is None else not answer
    if condition.type in {"identifier", "attribute"}:
        known = {_PYTHON2[one] for one in patch.module.origins(condition) if one in _PYTHON2}
        return known.pop() if len(known) == 1 and patch.change.release >= (2, 0) else None
    if condition.type != "comparison_operator" or len(condition.named_children) != len("ab"):
        return None
    left, right = condition.named_children
    sign = text_of(condition)[left.end_byte - condition.start_byte : right.start_byte - condition.start_byte]
    compare = _COMPARE.get(sign.decode().strip())
    if compare is None or not _NUMBERS.fullmatch(text_of(right).decode()):
        return None
    answers = {compare(value, _number(right)) for value in _values(patch, left) if _fits(value, _number(right))}
    return answers.pop() if len(answers) == 1 else None


def _number(node: Node) -> int | tuple[int, ...]:
    found = tuple(int(one) for one in re.findall(r"\d+", text_of(node).decode()))
    return found if text_of(node).startswith(b"(") else found[0]


def _fits(value: int | tuple[int, ...], other: int | tuple[int, ...]) -> bool:
    return isinstance(value, int) == isinstance(other, int)


def _values(patch: Patch, node: Node) -> Iterator[int | tuple[int, ...]]:
    """What a version, or a part of it, may be."""
    owner, part = node, None
    if node.type == "subscript":
        owner = field(node, "value") or node
        part = _SUBSCRIPT.fullmatch(text_of(node).decode()[len(text_of(owner).decode()) :])
        if part is None:
            return
    for origin in patch.module.origins(owner):
        for version in _versions(origin, patch.change.release):
            if part is None or part["stop"]:
                yield version[: int(part["stop"])] if part else version
            else:
                yield version[int(part["index"])]


def _versions(origin: str, release: Release) -> list[tuple[int, ...]]:
    """The versions that a name may stand for at a release: of Django, or of the Pythons it supports."""
    if origin == "django.VERSION":
        wide = (*release, 0)[:2]
        return [(*wide, 0), (*wide, LAST_PATCH)]
    if origin == "sys.version_info" and release in load_support().releases:
        pythons = load_support().supported_pythons(load_support().latest(release))
        return [(*pythons[0], 0), (*pythons[-1], LAST_PATCH)]
    return []


def _keep(patch: Patch, statement: Node, block: Node) -> None:
    """Put the statements of a block, with the comments around them, where a statement stands, further out."""
    body = patch.module.body
    outer = body[body.rfind(b"\n", 0, statement.start_byte) + 1 : statement.start_byte]
    start, end = _inside(body, statement, block)
    whole = body[start:end]
    if outer.strip() or start > block.start_byte or b'"""' in whole or b"'''" in whole:
        return
    text = textwrap.indent(textwrap.dedent(whole.decode()).strip("\r\n"), outer.decode())
    text = text.removeprefix(outer.decode())
    patch.edit(Edit(start=statement.start_byte, end=statement.end_byte, text=text.encode()))


def _inside(body: bytes, statement: Node, block: Node) -> tuple[int, int]:
    """The lines between the colon of a block and what follows it in a statement."""
    clause = block.parent or statement
    colons = [one.end_byte for one in clause.children if one.type == ":" and one.end_byte <= block.start_byte]
    start = body.find(b"\n", colons[-1]) + 1
    later = [one.start_byte for one in statement.children if one.start_byte >= block.end_byte and one.type != "comment"]
    if later:
        return start, body.rfind(b"\n", 0, min(later)) + 1
    return start, statement.end_byte
