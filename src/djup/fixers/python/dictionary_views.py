"""``keys()``, ``values()`` and ``items()`` of dictionaries, as lib2to3 has it, less what would be changed in vain."""

from __future__ import annotations

import re
from typing import Any

from fissix.fixes.fix_dict import FixDict

_QUERIES = re.compile(r"\bobjects\b|_set\b|\b(?:qs|query|queryset)\b|\.(?:filter|all|exclude|order_by|annotate)\(")
_TAKE_ANY = {"len", "zip", "map", "filter", "dict", "iter", "frozenset", "OrderedDict", "SortedDict", "chain", "bool"}


class FixDictionaryViews(FixDict):  # type: ignore[misc]  # fissix has no types
    """Leaves querysets alone, and loops that do not change what they go over: views serve them as lists did."""

    def transform(self, node: Any, results: dict[str, Any]) -> Any:
        """Return what takes the place of a call, or None."""
        head = "".join(map(str, results["head"])).strip()
        if results["method"][0].value == "values" and _QUERIES.search(head):
            return None
        return super().transform(node, results)

    def in_special_context(self, node: Any, isiter: bool) -> Any:  # the signature is fissix's
        """Whether what takes the result is as well served by a view."""
        found: dict[str, Any] = {}
        if self.p2.match(node.parent, found) and found["node"] is node:
            return not _changes(node)
        call = node.parent.parent if node.parent is not None else None
        if (
            call is not None
            and self.p1.match(call, found)
            and found["node"] is node
            and found["func"].value in _TAKE_ANY
        ):
            return True
        return super().in_special_context(node, isiter)


def _changes(node: Any) -> bool:
    """Whether the body of a loop gives or takes keys of the dictionary it goes over."""
    name = re.escape("".join(map(str, node.children[:-2])).strip())
    body = str(node.parent.children[-1])
    taken = rf"\bdel\s+{name}\[|{name}\.(?:pop|popitem|clear|update|setdefault)\(|{name}\[[^\]]*\]\s*=[^=]"
    return re.search(taken, body) is not None
