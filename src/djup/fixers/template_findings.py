"""Places in templates that only a person can mend."""

from __future__ import annotations

import itertools
import re

from djup.fixers.templates import TemplatePatch
from djup.source.templates import filters

_LOGOUT = re.compile(
    rb"""<a\b[^>]*?\bhref\s*=\s*["']?\s*(\{%\s*url\s+(["'])(?:[\w-]+:)?logout\2[^%]*%\})""", re.IGNORECASE
)
_QUOTED = re.compile(rb"""["'].*["']|.*\|(?:safe|escape|force_escape)\b|\d+$""")
_CONTENT_TYPE = re.compile(rb"\boriginal_content_type_id\b")
_WRAP_LABEL = re.compile(rb"(?<![\w.])wrap_label\b")
_ADMIN = re.compile(rb"""['"]admin/|adminform|inline_admin|\bfieldset\.""")
_AJAX = re.compile(rb"\brequest\.is_ajax\b")


def logout_link(patch: TemplatePatch) -> None:
    """Point at each link to a URL named logout: since 5.0 Django's view takes POST only.

    Whether the view behind the name is Django's, the template cannot tell.
    """
    for match in _LOGOUT.finditer(patch.body):
        patch.report(match.start(1))


def is_ajax(patch: TemplatePatch) -> None:
    """Point at each ``request.is_ajax``: a template cannot read a header with a dash in its name."""
    for token in patch.tokens:
        for match in _AJAX.finditer(patch.body, token.start, token.end):
            patch.report(match.start())


def escape_in_between(patch: TemplatePatch) -> None:
    """Point at ``|escape`` where other filters come after it."""
    for token in patch.tokens:
        chain = filters(patch.body, token)
        for one, after in itertools.pairwise(chain):
            if one.name == "escape" and one.end == after.start:
                patch.report(one.start)


def unescaped_cycles(patch: TemplatePatch) -> None:
    """Point at variables that ``cycle`` and ``firstof`` print, unless the template asked for the new tags already."""
    asked = {
        one.text
        for token in patch.tokens
        if token.name == "load" and [bit.text for bit in token.bits[-2:]] == [b"from", b"future"]
        for one in token.bits[1:-2]
    }
    named: set[bytes] = set()
    for token in patch.tokens:
        if token.name not in {"cycle", "firstof"} or token.name.encode() in asked:
            continue
        words = [one.text for one in token.bits[1:]]
        if b"as" in words:
            place = words.index(b"as")
            named.update(words[place + 1 : place + 2])
            words = words[:place]
        if any(not _QUOTED.match(word) and word not in named for word in words):
            patch.report(token.start)


_ROW = re.compile(rb"""\brow[12]\b(?=[^{}]*\{)|\bcycle\b[^%]*?(['"])row1\1|class\s*=\s*["'][^"'{]*?\brow[12]\b""")
_FORMSET = re.compile(rb"""\.on\(\s*['"]formset:(?:added|removed)""")
_COLLAPSE = re.compile(rb"admin/js/collapse(?:\.min)?\.js")


def admin_row_classes(patch: TemplatePatch) -> None:
    """Point at the classes ``row1`` and ``row2`` where they are given or styled."""
    for match in _ROW.finditer(patch.body):
        patch.report(match.start())


def formset_events(patch: TemplatePatch) -> None:
    """Point at scripts that wait by jQuery for a form being added to or taken out of a formset."""
    for match in _FORMSET.finditer(patch.body):
        patch.report(match.start())


def collapse_in_templates(patch: TemplatePatch) -> None:
    """Point at templates that load the admin's script to collapse fieldsets."""
    for match in _COLLAPSE.finditer(patch.body):
        patch.report(match.start())


def content_type_link(patch: TemplatePatch) -> None:
    """Point at each ``original_content_type_id`` of an inline form."""
    for token in patch.tokens:
        for match in _CONTENT_TYPE.finditer(patch.body, token.start, token.end):
            patch.report(match.start())


def wrap_label(patch: TemplatePatch) -> None:
    """``wrap_label`` of a widget's template is ``widget.wrap_label``.

    https://docs.djangoproject.com/en/2.1/releases/2.1/#moved-wrap-label-widget-template-context-variable
    """
    for token in patch.tokens:
        if token.kind != "comment":
            for match in _WRAP_LABEL.finditer(patch.body, token.inner_start, token.inner_end):
                patch.replace(match.start(), match.start(), b"widget.")


def field_box(patch: TemplatePatch) -> None:
    """The class ``field-box`` is ``fieldBox``, in templates that build on the admin's.

    https://docs.djangoproject.com/en/2.1/releases/2.1/#miscellaneous
    """
    for match in re.finditer(rb"(?<![\w-])field-box(?![\w-])", patch.body):
        if _ADMIN.search(patch.body):
            patch.replace(match.start(), match.end(), b"fieldBox")
        else:
            patch.report(match.start())
