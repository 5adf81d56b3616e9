"""The older spelling of pages, turned into today's; both then mean the same.

``support: true`` meant "still supported", ``eoas: true`` means "has ended": yes and no are turned round, dates stay.
Source: the change log of the format, https://github.com/endoflife-date/endoflife.date/issues/4923.
"""

from __future__ import annotations

from collections.abc import Mapping

from djup.lifecycle.front_matter import Item

PAGE = {
    "activeSupportColumn": "eoasColumn",
    "supportColumn": "eoasColumn",
    "extendedSupportColumn": "eoesColumn",
    "discontinuedSupportColumn": "discontinuedColumn",
    "releaseColumn": "latestColumn",
    "command": "versionCommand",
    "link": "releasePolicyLink",
    "purls": "identifiers",
    "customColumns": "customFields",
    "alternative_urls": "alternate_urls",
    "alternateUrls": "alternate_urls",
    "releasePolicyImage": "releaseImage",
}
RELEASE = {
    "support": "eoas",
    "extendedSupport": "eoes",
    "release": "releaseDate",
    "cycle": "releaseCycle",
}
TURNED_ROUND = frozenset({"support", "extendedSupport"})
CUSTOM_FIELD = {"property": "name", "position": "display", "column": "name"}


def modern_page(front: Mapping[str, Item]) -> dict[str, Item]:
    """Return the keys of a page in today's spelling; where both are written, today's counts."""
    found = _renamed(front, PAGE)
    if "identifiers" in found:
        found["identifiers"] = _identifiers(found["identifiers"])
    if "auto" in found and isinstance(found["auto"].value, list):
        item = found["auto"]
        found["auto"] = item._replace(value={"methods": item} if item.value else {}, kind="map")
    return found


def modern_release(row: Mapping[str, Item]) -> dict[str, Item]:
    """Return the keys of a release in today's spelling."""
    turned = {key: _turned(item) if key in TURNED_ROUND else item for key, item in row.items()}
    return _renamed(turned, RELEASE)


def modern_custom_field(row: Mapping[str, Item]) -> dict[str, Item]:
    """Return the keys of a custom field in today's spelling."""
    return _renamed(row, CUSTOM_FIELD)


def _renamed(row: Mapping[str, Item], names: Mapping[str, str]) -> dict[str, Item]:
    return {names.get(key, key): item for key, item in row.items() if names.get(key) not in row}


def _turned(item: Item) -> Item:
    return item._replace(value=not item.value) if isinstance(item.value, bool) else item


def _identifiers(item: Item) -> Item:
    """``purls`` listed bare texts, or mappings as today's identifiers do."""
    if not isinstance(item.value, list):
        return item
    entries = [
        one._replace(value={"purl": one}, kind="map") if isinstance(one.value, str) else one for one in item.value
    ]
    return item._replace(value=entries)
