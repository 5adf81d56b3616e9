"""The rewritings of python."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Condition, Fixer
from djup.fixers.python import (
    available_attrs,
    cached_property,
    classifiers,
    comparisons,
    conditional_code,
    is_iterable,
    layout,
    lazy_text,
    lib2to3,
    memoize,
    os_paths,
    pil,
    python_2_unicode_compatible,
    pytz,
    ranges,
    relative_imports,
    six,
    sorted_dict,
    standard_library,
    str_and_unicode,
    texts,
    time_zones,
    xreadlines,
)

FIXERS: Mapping[str, Fixer] = {
    "allow_lazy": lazy_text.allow_lazy,
    "available_attrs": available_attrs.available_attrs,
    "cgi_escape": standard_library.cgi_escape,
    "conditional_code": conditional_code.conditional_code,
    "drop_classifiers": classifiers.drop_classifiers,
    "fixed_offset": time_zones.fixed_offset,
    "getargspec": standard_library.getargspec,
    "html_parser_unescape": standard_library.html_parser_unescape,
    "identity": os_paths.identity,
    "imp": standard_library.imp,
    "is_iterable": is_iterable.is_iterable,
    "make_suite": standard_library.make_suite,
    "memoize": memoize.memoize,
    "pil": pil.pil,
    "property_aliases": cached_property.property_aliases,
    "python_2_unicode_compatible": python_2_unicode_compatible.python_2_unicode_compatible,
    "python_3_builtins": lib2to3.rule("builtins"),
    "python_3_comparisons": comparisons.comparisons,
    "python_3_dictionaries": lib2to3.rule("dictionaries"),
    "python_3_iterators": lib2to3.rule("iterators"),
    "python_3_next": texts.next_methods,
    "python_3_ranges": ranges.ranges,
    "python_3_raw_unicode": layout.raw_unicode,
    "python_3_relative_imports": relative_imports.relative_imports,
    "python_3_special_methods": lib2to3.rule("special_methods"),
    "python_3_standard_library": lib2to3.rule("standard_library"),
    "python_3_syntax": lib2to3.rule("syntax"),
    "python_3_tabs": layout.tabs,
    "python_3_unicode": texts.unicode_names,
    "python_3_unicode_methods": texts.unicode_methods,
    "pytz": pytz.pytz,
    "six": six.six,
    "sorted_dict": sorted_dict.sorted_dict,
    "str_and_unicode": str_and_unicode.str_and_unicode,
    "string_concat": lazy_text.string_concat,
    "xreadlines": xreadlines.xreadlines,
    "zone_methods": time_zones.zone_methods,
}

CONDITIONS: Mapping[str, Condition] = {
    "property_aliases": cached_property.has_alias,
}
