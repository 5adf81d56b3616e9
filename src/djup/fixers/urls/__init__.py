"""The rewritings of urls."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Fixer
from djup.fixers.urls import (
    conf_urls_defaults,
    converters,
    generic_views,
    handler_arguments,
    handler_status,
    include,
    javascript_catalog,
    optional_groups,
    permalink,
    regex_url_resolver,
    reverse,
    string_views,
    url_flags,
    url_to_path,
    view_classes,
)

FIXERS: Mapping[str, Fixer] = {
    "bytes_in_reverse": reverse.bytes_in_reverse,
    "catalog_views": javascript_catalog.catalog_views,
    "converter_names": converters.converter_names,
    "error_views": handler_arguments.error_views,
    "generic_views": generic_views.generic_views,
    "get_converter": converters.get_converter,
    "handler_status": handler_status.handler_status,
    "i18n_prefix": string_views.i18n_prefix,
    "include_app_name": include.include_app_name,
    "include_site": include.include_site,
    "include_triple": include.include_triple,
    "instance_namespace": include.instance_namespace,
    "named_by_path": string_views.named_by_path,
    "optional_groups": optional_groups.optional_groups,
    "patterns_list": string_views.patterns_list,
    "permalink": permalink.permalink,
    "quoted_reverse": reverse.quoted_reverse,
    "regex_patterns": regex_url_resolver.regex_patterns,
    "string_views": string_views.string_views,
    "url_flags": url_flags.url_flags,
    "url_to_path": url_to_path.url_to_path,
    "urls_defaults_star": conf_urls_defaults.urls_defaults_star,
    "view_classes": view_classes.view_classes,
}
