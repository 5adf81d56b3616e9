"""What must hold for a change to rewrite a file, told from its bytes before it is parsed.

The needles of a change are about finding it, and much of what is found is left to a person. Where it is only asked
whether a file would be rewritten, these conditions spare the parsing of many.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from djup.facts.index import Facts
from djup.fixers.template_settings import OLD
from djup.knowledge.changes import Change
from djup.model import Record


class File(Record):
    """A file of a project, in UTF-8, and what is known of the project."""

    body: bytes
    path: PurePosixPath
    facts: Facts


Condition = Callable[[File], bool]
"""Whether a file may be rewritten: True rather than False."""

_ARGS = re.compile(rb"\bargs\b")
_TAKES_ARGS = re.compile(rb"\bdef[ \t]+\w+[ \t]*\([^)]*\*args\b")
_BASES = re.compile(rb"^[ \t]*class[ \t]+\w+[ \t]*\(([^)]*)\)", re.MULTILINE)
_ONE_TO_ONE = re.compile(rb"(?:OneToOneField\s*\(|\bto\s*=)\s*(?:[uUrR]{0,2}[\"'])?([\w.]+)")
_WORD = re.compile(rb"\w+")
_CACHED = re.compile(
    rb"cached_property\b[^\n]*\n(?:[ \t]*(?:[@#][^\n]*)?\r?\n)*[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE
)
_ALIAS = re.compile(rb"^[ \t]+\w+[ \t]*=[ \t]*(\w+)[ \t]*(?:[#;][^\n]*)?\r?$", re.MULTILINE)
_SET = re.compile(rb"(?<![\w.])(?!self\b)\w+\.(\w+)[ \t]*=(?!=)")
_FIELD = re.compile(rb"\bforms\s*\.\s*\w+\s*\(\s*(?![)*]|\w+\s*=(?!=))")
_ANY_FIELD = re.compile(rb"\b\w*Field(?:\s*\(\s*(?![)*]|\w+\s*=(?!=))|[ \t]+as\b)")
_FORMS = re.compile(rb"\bforms(?:\.\w+)*[ \t]+(?:as|import)\b|import[ \t]+\*")
_OLD_TEMPLATES = re.compile("|".join(OLD).encode())
_GIVEN = rb"\b(?:%s)\s*\(\s*(?![)*]|\w+\s*=(?!=))|\b(?:%s)\s+as\s"
"""A call that gives its first argument by position, or a name under another one."""


def may_edit(change: Change, body: bytes, path: PurePosixPath, facts: Facts) -> bool:
    """Whether a change that a file may hold can rewrite it, as far as its bytes tell."""
    condition = CONDITIONS.get(change.id)
    if condition is not None:
        return condition(File(body=body, path=path, facts=facts))
    return not _is_by_position(change) or bool(_given(tuple(one.call for one in change.positional)).search(body))


def _is_by_position(change: Change) -> bool:
    """Whether a change is about arguments by position alone, from the first on."""
    named = (change.fix, change.moved, change.keywords, change.methods, change.settings, change.strings)
    others = any(named) or change.overrides or any(one.keep or one.first for one in change.positional)
    return bool(change.positional) and not others


@functools.cache
def _given(calls: tuple[str, ...]) -> re.Pattern[bytes]:
    names = b"|".join(sorted({re.escape(one.rpartition(".")[2]).encode() for one in calls}))
    return re.compile(_GIVEN % (names, names))


def _of_tests(file: File) -> bool:
    """Doctests are loaded by test modules; those of other modules are told."""
    return file.path.name.startswith("test")


def _uses_args(file: File) -> bool:
    """``args`` stands elsewhere than among parameters."""
    return len(_ARGS.findall(file.body)) > len(_TAKES_ARGS.findall(file.body))


def _leads_to_base(file: File) -> bool:
    """A ``OneToOneField`` leads to a class that another one derives from."""
    bases = {word for match in _BASES.finditer(file.body) for word in _WORD.findall(match[1])}
    return any(target.rpartition(b".")[2] in bases for target in _ONE_TO_ONE.findall(file.body))


def _sets_relation(file: File) -> bool:
    """A relation of a model is assigned to, on something else than ``self``, and the model is made or asked for."""
    assigned = {name.decode() for name in _SET.findall(file.body)}
    models = (model for model, names in file.facts.many_to_many.items() if not assigned.isdisjoint(names))
    return any(f"{model}(".encode() in file.body or f"{model}.objects".encode() in file.body for model in models)


def _names_fields(file: File) -> bool:
    """A field of a form is given its first argument by position."""
    taken = _FORMS.search(file.body)
    return _FIELD.search(file.body) is not None or (taken is not None and _ANY_FIELD.search(file.body) is not None)


def _has_alias(file: File) -> bool:
    """A class gives a cached property a second name."""
    cached = set(_CACHED.findall(file.body))
    return any(name in cached for name in _ALIAS.findall(file.body)) if cached else False


def _gives_templates(file: File) -> bool:
    """Settings, or a call that gives some."""
    return file.path in file.facts.settings or b"configure" in file.body or bool(_OLD_TEMPLATES.search(file.body))


def _holds(pattern: str) -> Condition:
    compiled = re.compile(pattern.encode(), re.MULTILINE | re.DOTALL)
    return lambda file: compiled.search(file.body) is not None


CONDITIONS: Mapping[str, Condition] = {
    "1.5/sequences": _holds(r"\b(?:pk|id)\s*=\s*\d|/\d+/"),
    "1.6/doctests": _of_tests,
    "1.8/admin-site-app-name": _holds(r"app_name|AdminSite\s*\(\s*[^)\s][^\n]*,|AdminSite\s+as\s"),
    "1.8/command-arguments": _uses_args,
    "1.8/content-type-name": _holds(r"ContentType\s*\(|ContentType\s*\.\s*objects\s*\.\s*create\b|ContentType\s+as\s"),
    "1.9/add-to-builtins": _holds(r"add_to_builtins|[\"']OPTIONS[\"']"),
    "1.10/content-type-name": _holds(
        r"ContentType\s*\(|ContentType\s*\.\s*objects\s*\.\s*(?:get_or_)?create\b|ContentType\s+as\s"
    ),
    "1.10/instance-managers": _holds(r"self\s*\.\s*_(?:default|base)_manager"),
    "1.10/templates-setting": _gives_templates,
    "2.0/direct-assignment": _sets_relation,
    "2.0/form-field-keywords": _names_fields,
    "2.0/parent-link": _leads_to_base,
    "2.2/property-aliases": _has_alias,
    "4.0/node-render-text": _holds(r"return\s*\(?\s*(?:-?\s*[\d.]|len\b)"),
}
"""By the id of a change; most have none."""
