"""The ``EMAIL_*`` settings: ``MAILERS`` holds the backend and its options.

What each becomes, and what Django's own backends take: docs/howto/mailers-migration of Django 6.1. Django
refuses both in one project, and other code can no longer read the old names; so it is rewritten only where one
module gives them all, plainly.
"""

from __future__ import annotations

from tree_sitter import Node

from djup.fixers.engine.patch import Patch
from djup.fixers.syntax.statements import drop_statement
from djup.source.strings import string_value
from djup.source.text import line_end
from djup.source.tree import field, statement_of, text_of

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_OPTIONS = {
    "EMAIL_HOST": "host", "EMAIL_PORT": "port", "EMAIL_HOST_USER": "username", "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls", "EMAIL_USE_SSL": "use_ssl", "EMAIL_TIMEOUT": "timeout",
    "EMAIL_SSL_CERTFILE": "ssl_certfile", "EMAIL_SSL_KEYFILE": "ssl_keyfile",
}  # fmt: skip
_TAKES = {
    _SMTP: set(_OPTIONS),
    "django.core.mail.backends.console.EmailBackend": set(),
    "django.core.mail.backends.locmem.EmailBackend": set(),
    "django.core.mail.backends.dummy.EmailBackend": set(),
}
NAMES = frozenset({*_OPTIONS, "EMAIL_BACKEND", "EMAIL_FILE_PATH"})


def mailers(patch: Patch) -> None:
    """Write ``MAILERS`` in place of the last of the settings; anything not plain is left to a person."""
    module = patch.module
    if module.path not in patch.facts.settings.modules:
        return
    found = {name: module.assignments(name) for name in NAMES}
    given = {name: nodes[0] for name, nodes in found.items() if nodes}
    if not given:
        return
    backend = _backend(given.get("EMAIL_BACKEND"))
    if backend is None or not _is_plain(patch, found, given) or not set(given) - {"EMAIL_BACKEND"} <= _TAKES[backend]:
        for node in given.values():
            patch.report(node)
        return
    last = max(given.values(), key=lambda one: one.start_byte)
    patch.replace(last, _text(patch, given, backend))
    for node in given.values():
        if node != last:
            drop_statement(patch, node)


def _backend(assignment: Node | None) -> str | None:
    """The backend, if it is one whose options are known."""
    if assignment is None:
        return _SMTP
    value = string_value(field(assignment, "right"))
    return value if value in _TAKES else None


def _is_plain(patch: Patch, found: dict[str, list[Node]], given: dict[str, Node]) -> bool:
    """Whether each is given once, at the top level of this module, and neither it nor any other file reads it."""
    module = patch.module
    if module.assignments("MAILERS") or patch.facts.settings.email_is_read:
        return False
    others = [names for path, names in patch.facts.settings.names.items() if path != module.path]
    if any(not names.isdisjoint(NAMES) for names in others) or any(patch.skips(node) for node in given.values()):
        return False
    top = all((block := statement_of(node).parent) is not None and block.type == "module" for node in given.values())
    return top and all(len(nodes) <= 1 and len(module.spelled(name)) == len(nodes) for name, nodes in found.items())


def _text(patch: Patch, given: dict[str, Node], backend: str) -> str:
    newline = line_end(patch.module.body).decode()
    texts = {name: text_of(field(node, "right")).decode() for name, node in given.items()}
    dotted = texts.get("EMAIL_BACKEND", f'"{backend}"')
    lines = ["MAILERS = {", '    "default": {', f'        "BACKEND": {dotted},']
    if backend == _SMTP:
        texts.setdefault("EMAIL_HOST", '"localhost"')
        if "EMAIL_USE_TLS" in texts or "EMAIL_USE_SSL" in texts:
            texts.setdefault("EMAIL_PORT", "25")
        options = [f'            "{key}": {texts[name]},' for name, key in _OPTIONS.items() if name in texts]
        lines += ['        "OPTIONS": {', *options, "        },"]
    return newline.join([*lines, "    },", "}"])
