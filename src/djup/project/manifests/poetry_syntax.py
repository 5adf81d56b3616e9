"""Poetry's own version syntax: what ``^2.2``, ``~2.2`` and ``2.2.*`` mean, and a new version written the same way."""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from djup.project.manifests.style import restyle

CLAUSE = re.compile(r"(?P<operator>\^|~=|~|===?|!=|<=|>=|<|>|=|)\s*(?P<version>v?[0-9][^\s,|]*|\*)")


def to_pep440(written: str) -> str:
    """Return the meaning of a constraint as a specifier; of alternatives, the range that spans them all.

    ``^2.2`` is ``>=2.2,<3``, ``~2.2`` is ``>=2.2,<2.3``, ``2.2`` is ``==2.2``, ``*`` is the empty specifier. Raises
    ValueError for what is no constraint.
    """
    alternatives = [_conjunction(part) for part in re.split(r"\|\|?", written)]
    if len(alternatives) == 1:
        return ",".join(alternatives[0])
    lower = [clause for clause in alternatives[0] if clause.startswith((">", "=="))]
    upper = [clause for clause in alternatives[-1] if clause.startswith("<")]
    return ",".join([*(clause.replace("==", ">=").removesuffix(".*") for clause in lower), *upper])


def restyle_constraint(written: str, version: str) -> str:
    """Return the constraint that leads to ``version``, written as the old one was; one that admits it already stays.

    ``^2.2`` gives ``^3.0`` for 3.0.14, ``~2.2.5`` gives ``~3.0.14``, ``2.2.5`` gives ``3.0.14``; of alternatives the
    last one is written anew.
    """
    pinned = re.fullmatch(r"\s*={0,3}\s*v?[0-9][^\s,|*]*", written)
    if not pinned and _admits(written, version):
        return written
    last = re.split(r"\|\|?", written)[-1].strip()
    if re.fullmatch(r"={2,3}.*|[<>!].*|~=.*", last):
        return restyle(last, version)
    found = CLAUSE.fullmatch(last)
    if found is None:
        return f"=={version}"
    operator, old = found.group("operator"), found.group("version")
    numbers = [*Version(version).release, 0, 0]
    if operator in ("", "=") and not old.endswith("*"):
        new = operator + str(Version(version))
    else:
        parts = old.removesuffix(".*").count(".") + 1
        new = operator + ".".join(map(str, numbers[:parts])) + (".*" if old.endswith(".*") else "")
    return new if _admits(new, version) else f"=={version}"


def _admits(written: str, version: str) -> bool:
    try:
        return SpecifierSet(to_pep440(written).replace("===", "==")).contains(version, prereleases=True)
    except (InvalidSpecifier, ValueError):
        return False


def _conjunction(text: str) -> list[str]:
    """The clauses that hold together; a comma or a space stands between them."""
    stripped = text.strip().replace(" - ", " ")
    if stripped in ("*", ""):
        return []
    if CLAUSE.sub("", stripped).strip(" ,"):
        raise ValueError(f"{text!r} is no version constraint")
    return [part for found in CLAUSE.finditer(stripped) for part in _clause(found["operator"], found["version"])]


def _clause(operator: str, text: str) -> list[str]:
    if text == "*":
        return []
    version = text.removeprefix("v")
    if operator in ("", "="):
        return [f"=={version}"]
    if operator not in ("^", "~"):
        return [operator + version]
    try:
        numbers = Version(version).release
    except InvalidVersion as error:
        raise ValueError(f"{text!r} is no version") from error
    return [f">={version}", f"<{'.'.join(map(str, _above(operator, numbers)))}"]


def _above(operator: str, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The first release a caret or a tilde leaves out: a caret keeps the leftmost number that is not zero."""
    if operator == "~":
        kept = numbers[:2]
    else:
        first = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
        kept = numbers[: first + 1]
    return (*kept[:-1], kept[-1] + 1)
