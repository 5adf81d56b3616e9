"""The rewritings of templates."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Condition, Fixer, TemplateFixer
from djup.fixers.templates import (
    add_to_builtins,
    archive_year,
    comparison_tags,
    cycle,
    double_dot,
    escape,
    filter_attributes,
    filters_escape,
    has_key,
    html,
    load_from_future,
    loaders,
    node_render,
    parse_bits,
    quoted_url_names,
    render_to_response,
    rendering,
    resolve_variable,
    simple_tags,
    single_equals,
    template_settings,
)

FIXERS: Mapping[str, Fixer] = {
    "add_to_builtins": add_to_builtins.add_to_builtins,
    "context_has_key": has_key.context_has_key,
    "current_app": rendering.current_app,
    "filter_attributes": filter_attributes.filter_attributes,
    "filters_escape": filters_escape.filters_escape,
    "format_html": html.format_html,
    "node_render_text": node_render.node_render_text,
    "parse_bits_context": parse_bits.parse_bits_context,
    "render_request": rendering.render_request,
    "render_response": rendering.render_response,
    "render_string": rendering.render_string,
    "render_to_response": render_to_response.render_to_response,
    "resolve_variable": resolve_variable.resolve_variable,
    "simple_tag_escapes": simple_tags.simple_tag_escapes,
    "strip_entities": html.strip_entities,
    "template_dirs": loaders.template_dirs,
    "template_render": rendering.template_render,
    "template_response": rendering.template_response,
    "template_settings": template_settings.template_settings,
}

TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = {
    "archive_year": archive_year.archive_year,
    "cycle_commas": cycle.cycle_commas,
    "double_dot": double_dot.double_dot,
    "escape_in_between": escape.escape_in_between,
    "ifequal": comparison_tags.ifequal,
    "length_is": comparison_tags.length_is,
    "load_from_future": load_from_future.load_from_future,
    "load_future": load_from_future.load_future,
    "quoted_url_names": quoted_url_names.quoted_url_names,
    "single_equals": single_equals.single_equals,
    "unescaped_cycles": cycle.unescaped_cycles,
}

CONDITIONS: Mapping[str, Condition] = {
    "template_settings": template_settings.gives_templates,
}
