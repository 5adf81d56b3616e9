"""Source that only Python 2 reads, as Python 3 would have it: to be read, not to be kept."""

from __future__ import annotations

import functools

from fissix.pgen2.parse import ParseError
from fissix.pgen2.tokenize import TokenError
from fissix.refactor import RefactoringTool

_FIXERS = ("print", "except", "raise", "exec", "ne", "repr", "numliterals")


def in_python_3(text: str) -> str:
    """Return the text with the statements of Python 2 written as in Python 3, its lines where they were.

    Raises SyntaxError for what Python 2 does not read either.
    """
    try:
        return str(_tool().refactor_string(f"{text}\n", "source"))
    except (ParseError, TokenError, ValueError) as error:
        raise SyntaxError(str(error)) from error


@functools.cache
def _tool() -> StrictTool:
    return StrictTool([f"fissix.fixes.fix_{one}" for one in _FIXERS])


class StrictTool(RefactoringTool):  # type: ignore[misc]  # fissix has no types
    """The fixers of lib2to3, by the names of their modules; raises ValueError where they would only log."""

    def log_error(self, msg: str, *args: object, **kwargs: object) -> None:
        """Raise for what cannot be read."""
        del args, kwargs
        raise ValueError(msg)

    def log_message(self, msg: str, *args: object) -> None:
        """Keep silent about what is left as it is."""
        del msg, args
