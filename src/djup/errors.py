"""Errors a person can act on: what is wrong, where, and what to do next; each kind has its exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path


class DjupError(Exception):
    """Something djup can name. ``str(error)`` is one paragraph: place, problem, and the way on."""

    exit_code: ClassVar[int] = 1
    verdict: ClassVar[str] = "failed"

    def __init__(self, problem: str, *, hint: str = "", path: Path | str | None = None, line: int = 0) -> None:
        self.problem = problem
        self.hint = hint
        self.path = path
        self.line = line
        super().__init__(self._paragraph())

    def _paragraph(self) -> str:
        where = "" if self.path is None else f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return f"{where}{self.problem}{' ' + self.hint if self.hint else ''}"


class FoundSomething(DjupError):  # noqa: N818  # it is a result for the shell, not a failure
    """A check ended with findings (exit 1)."""

    exit_code = 1


class UsageError(DjupError):
    """The call, the configuration or the project is not something djup can work with (exit 2)."""

    exit_code = 2
    verdict = "usage"


class NeedsPerson(DjupError):  # noqa: N818  # named for what it asks for
    """The run stopped where only a person can decide (exit 3)."""

    exit_code = 3
    verdict = "blocked"


class BaselineError(DjupError):
    """The project is not green before djup touched anything (exit 4)."""

    exit_code = 4
    verdict = "baseline-red"


class EnvironmentFailedError(DjupError):
    """No interpreter, no resolution or a failed build (exit 5)."""

    exit_code = 5
    verdict = "environment-failed"


class Interrupted(DjupError):  # noqa: N818  # the user did it
    """Stopped by Ctrl-C or SIGTERM; the run can be resumed (exit 130)."""

    exit_code = 130
    verdict = "interrupted"
