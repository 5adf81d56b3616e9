"""``CACHE_BACKEND``, an address, became ``CACHES``, a table."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from djup.fixers.engine.patch import Patch
from djup.source.strings import string_value
from djup.source.tree import field

_BACKENDS = {
    "db": "db.DatabaseCache",
    "dummy": "dummy.DummyCache",
    "file": "filebased.FileBasedCache",
    "locmem": "locmem.LocMemCache",
    "memcached": "memcached.MemcachedCache",
}
_PARAMETERS = {"timeout": "TIMEOUT", "key_prefix": "KEY_PREFIX", "version": "VERSION"}
_OPTIONS = {"max_entries": "MAX_ENTRIES", "cull_frequency": "CULL_FREQUENCY"}


def cache_backend(patch: Patch) -> None:
    """An address whose scheme is one of Django's own backends becomes the entry of that backend.

    https://docs.djangoproject.com/en/1.8/releases/1.3/#caching-updates
    """
    if patch.module.path not in patch.facts.settings.modules:
        return
    for assignment in patch.module.assignments("CACHE_BACKEND"):
        name, value = field(assignment, "left"), field(assignment, "right")
        address = string_value(value)
        entry = entry_of(address) if address is not None else None
        if patch.skips(assignment) or name is None or value is None:
            continue
        if entry is None or patch.module.assignments("CACHES"):
            patch.report(assignment)
            continue
        lines = "".join(f'        "{key}": {text},\n' for key, text in entry)
        patch.replace(name, "CACHES")
        patch.replace(value, f'{{\n    "default": {{\n{lines}    }},\n}}')


def entry_of(address: str) -> list[tuple[str, str]] | None:
    """The keys of the entry an address stands for; None where it asks for what is not known."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    if parts.scheme not in _BACKENDS or not {*query} <= {*_PARAMETERS, *_OPTIONS}:
        return None
    found = [("BACKEND", f'"django.core.cache.backends.{_BACKENDS[parts.scheme]}"')]
    place = parts.path if parts.scheme == "file" else parts.netloc or parts.path.strip("/")
    hosts = place.split(";")
    if place:
        found.append(("LOCATION", f'"{place}"' if len(hosts) == 1 else str(hosts).replace("'", '"')))
    for key, name in _PARAMETERS.items():
        if key in query:
            found.append((name, query[key] if query[key].isdigit() else f'"{query[key]}"'))
    options = [f'"{name}": {query[key]}' for key, name in _OPTIONS.items() if query.get(key, "").isdigit()]
    return [*found, ("OPTIONS", f"{{{', '.join(options)}}}")] if options else found
