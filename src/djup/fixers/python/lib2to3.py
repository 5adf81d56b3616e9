"""The fixers of lib2to3, which fissix keeps since Python 3.13 lacks it: their result, as edits of the lines it changes.

https://docs.python.org/3.12/library/2to3.html
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable

from fissix.pgen2.parse import ParseError
from fissix.pgen2.tokenize import TokenError

from djup.fixers.engine.patch import Patch
from djup.source.edits import Edit
from djup.source.python_2 import StrictTool
from djup.source.tree import parses_in_python3

_OWN = "djup.fixers.python.dictionary_views"
_RULES = {
    "syntax": ("print", "except", "raise", "exec", "ne", "repr", "numliterals", "tuple_params", "throw", "paren"),
    "builtins": (
        "raw_input", "input", "reduce", "reload", "intern", "standarderror", "execfile", "apply", "long",
        "basestring", "getcwdu", "sys_exc", "renames", "isinstance", "types", "buffer",
    ),
    "dictionaries": ("has_key", _OWN),
    "iterators": ("map", "filter", "zip", "itertools", "itertools_imports"),
    "standard_library": ("imports", "imports2", "urllib"),
    "special_methods": ("metaclass", "nonzero", "funcattrs", "methodattrs"),
}  # fmt: skip
"""By rule, the fixers of lib2to3 that make it up."""


def rule(name: str) -> Callable[[Patch], None]:
    """Return the fixer that makes the changes of one rule."""
    return functools.partial(_refactor, name)


def _refactor(name: str, patch: Patch) -> None:
    """Take over what the fixers make of the file, line by line; a file they cannot read is left alone."""
    body = patch.module.body
    modern = parses_in_python3(body)
    if name == "syntax" and modern:
        return
    try:
        made = str(_tool(name, modern=modern).refactor_string(f"{body.decode()}\n", str(patch.module.path)))
    except (ParseError, TokenError, ValueError, AttributeError):
        return
    patch.keeps_imports = True
    old, new = body.splitlines(keepends=True), made[:-1].encode().splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal" and not any(patch.module.skips(starts[at], patch.change.id) for at in range(first, last)):
            patch.edit(Edit(start=starts[first], end=starts[last], text=b"".join(new[start:end])))


@functools.cache
def _tool(name: str, *, modern: bool) -> StrictTool:
    """The fixers of a rule, compiled; ``modern`` tells that print is a function in the files."""
    fixers = [one if "." in one else f"fissix.fixes.fix_{one}" for one in _RULES[name]]
    return StrictTool(fixers, {"print_function": modern})
