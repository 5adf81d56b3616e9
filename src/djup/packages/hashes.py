"""The hashes of the files of pinned versions, for requirements that pip is to check by them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from packaging.utils import canonicalize_name

from djup.environments.interpreters import Interpreter
from djup.environments.sources import Sources
from djup.environments.uv import explain_failure, run_uv
from djup.errors import EnvironmentFailedError

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==")
HASH = re.compile(r"--hash=(\S+)")


def hashes_of(
    pins: Mapping[str, str], interpreter: Interpreter, sources: Sources | None, *, root: Path
) -> dict[str, tuple[str, ...]]:
    """Return the hashes of every file the index has of each version, as ``sha256:…``, by normalised name.

    Raises EnvironmentFailedError with what uv says.
    """
    if not pins:
        return {}
    with tempfile.TemporaryDirectory(prefix="djup-hashes-") as folder:
        source = Path(folder) / "pins.in"
        source.write_text("".join(f"{line}\n" for line in (f"{name}=={pins[name]}" for name in pins)))
        words: list[str | Path] = ["pip", "compile", source, "--no-deps", "--generate-hashes", "--no-header", "--quiet"]
        ran = run_uv([*words, "--no-annotate", "--python", interpreter.path], sources=sources, cwd=root)
    if not ran.ok:
        raise explain_failure(ran, "reading hashes") or EnvironmentFailedError(
            f"the hashes of {', '.join(pins)} could not be read: {ran.tail(3)}."
        )
    found: dict[str, list[str]] = {}
    name = ""
    for line in ran.output.splitlines():
        pin = PIN.match(line)
        name = canonicalize_name(pin.group(1)) if pin else name
        found.setdefault(name, []).extend(HASH.findall(line))
    return {name: tuple(hashes) for name, hashes in found.items() if name and hashes}
