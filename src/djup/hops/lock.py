"""One djup at a time per repository."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from djup.errors import UsageError


@contextlib.contextmanager
def only_run(common_dir: Path) -> Iterator[None]:
    """Hold the repository's lock; the kernel lets go of it when the process ends, however it ends.

    Raises UsageError if it is held.
    """
    path = common_dir / "djup" / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise UsageError(
                f"another djup (process {holder}) is working on this repository.",
                hint="Wait for it, or stop it; nothing was changed.",
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_held(common_dir: Path) -> bool:
    """Whether a djup is working on the repository now."""
    try:
        with only_run(common_dir):
            return False
    except UsageError:
        return True
