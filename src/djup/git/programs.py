"""The settings of a repository that make git start a program or ask a person, and what djup says instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

OWN_WAY = (
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false",
    "-c", "safe.bareRepository=explicit", "-c", "protocol.ext.allow=never", "-c", "submodule.recurse=false",
    "-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false", "-c", "log.showSignature=false",
    "-c", "merge.verifySignatures=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
    "-c", "advice.detachedHead=false",
)  # fmt: skip
"""The user's hooks and signing keys are for the user's commits; hooks see the branch when it is merged."""

QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": ":",
    "GIT_SEQUENCE_EDITOR": ":",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "git:http:https:ssh",
}
"""Nothing asks a person, opens a pager or an editor, takes a lock it can do without, or speaks to a program.

Protocols are there for a partial clone, whose missing files come from the user's own remote."""

KEPT = re.compile(
    r"GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL)|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|(KEY|VALUE)_\d+)"
    r"|GIT_CEILING_DIRECTORIES|GIT_DISCOVERY_ACROSS_FILESYSTEM|GIT_EXEC_PATH|GIT_SSL_\w+"
)
"""The variables of git that stay: who the user is, and where the user's (not the repository's) settings lie."""

STARTS_PROGRAM = re.compile(
    r"filter\..*\.(clean|smudge|process|required)"
    r"|diff\.(external|.*\.(command|textconv))"
    r"|merge\..*\.driver"
    r"|core\.(fsmonitor|hookspath|pager|editor|sshcommand|askpass|gitproxy|alternaterefscommand)"
    r"|(sequence|pager|interactive)\..*"
    r"|credential\.(.*\.)?helper"
    r"|gpg\.(.*\.)?(program|defaultkeycommand)"
    r"|trailer\..*\.(command|cmd)"
    r"|remote\..*\.(uploadpack|receivepack|vcs|proxy)"
    r"|submodule\..*\.update"
    r"|uploadpack\.packobjectshook",
    re.IGNORECASE | re.DOTALL,
)
"""The settings whose value git runs, or that send it to another program (`git help config`)."""

ANSWERS = {
    "required": "false",
    "uploadpack": "git-upload-pack",
    "receivepack": "git-receive-pack",
    "update": "checkout",
    "sshcommand": "ssh",
}
"""What git reads as "nothing special" where an empty value is an error; everywhere else an empty value is none."""

NO_EXTERNAL_DIFF = frozenset({"diff", "log", "show", "format-patch"})
"""The commands that would run a driver of the repository to show a difference."""


def overrides(scoped: str) -> dict[str, str]:
    """Return the settings that take back every program the repository's own settings name.

    ``scoped`` is the output of ``git config --list --show-scope -z``. Where the user has set the same thing for all
    repositories (as git-lfs does for its filter), the user's value holds.
    """
    users: dict[str, str] = {}
    named: list[str] = []
    for scope, key, value in _entries(scoped):
        if not STARTS_PROGRAM.fullmatch(key):
            continue
        if scope in ("system", "global", "command"):
            users[key] = value
        else:
            named.append(key)
    return {key: users.get(key, ANSWERS.get(key.rpartition(".")[2].lower(), "")) for key in named}


def as_variables(settings: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Settings as git's variables, after those that are there; ``-c`` would split a name that holds a ``=``.

    See `git help config`, GIT_CONFIG_COUNT.
    """
    count = own.get("GIT_CONFIG_COUNT", "")
    first = int(count) if count.isdecimal() else 0
    added = {"GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (key, value) in enumerate(settings.items(), first):
        added |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return added


def _entries(scoped: str) -> list[tuple[str, str, str]]:
    """Scope, key and value of each setting; a key without a value stands for true."""
    fields = scoped.split("\0")
    entries = []
    for scope, entry in zip(fields[::2], fields[1::2], strict=False):
        key, _, value = entry.partition("\n")
        entries.append((scope, key, value))
    return entries


def plain(words: Sequence[str]) -> tuple[str, ...]:
    """A git command with the options that keep it from running drivers and from entering submodules."""
    name = words[0]
    if name in NO_EXTERNAL_DIFF:
        return (name, "--no-ext-diff", "--no-textconv", *words[1:])
    if name == "status":
        return (name, "--ignore-submodules=dirty", *words[1:])
    return tuple(words)


def variables(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a git call: the caller's without what steers git, and djup's own."""
    kept = {name: value for name, value in own.items() if not name.startswith("GIT_") or KEPT.fullmatch(name)}
    return {**kept, **QUIET}
