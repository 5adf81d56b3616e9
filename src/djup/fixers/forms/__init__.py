"""The rewritings of forms."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.forms import (
    build_attrs,
    char_field_strips,
    clean,
    cleaned_data,
    delete_view,
    error_list_text,
    error_placeholders,
    filterset_view,
    get_form,
    invalid_list,
    is_hidden,
    label_tag,
    model_form_fields,
    regex_field,
    render_choices,
    security_hash,
    split_date_time,
    success_url,
    update_error_dict,
    url_field,
    wrap_label,
)
from djup.fixers.kinds import Fixer, TemplateFixer

FIXERS: Mapping[str, Fixer] = {
    "build_attrs": build_attrs.build_attrs,
    "char_field_strips": char_field_strips.char_field_strips,
    "clean_super": clean.clean_super,
    "cleaned_data": cleaned_data.cleaned_data,
    "delete_view": delete_view.delete_view,
    "error_list_text": error_list_text.error_list_text,
    "error_placeholders": error_placeholders.error_placeholders,
    "fields_and_form_class": model_form_fields.fields_and_form_class,
    "filterset_attributes": filterset_view.filterset_attributes,
    "form_class_default": get_form.form_class_default,
    "invalid_list_key": invalid_list.invalid_list_key,
    "model_form_fields": model_form_fields.model_form_fields,
    "regex_error_message": regex_field.regex_error_message,
    "render_choices": render_choices.render_choices,
    "security_hash": security_hash.security_hash,
    "split_date_time": split_date_time.split_date_time,
    "success_url_places": success_url.success_url_places,
    "update_error_dict": update_error_dict.update_error_dict,
    "url_scheme": url_field.url_scheme,
    "widget_is_hidden": is_hidden.widget_is_hidden,
}

TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = {
    "label_tag_colon": label_tag.label_tag_colon,
    "wrap_label": wrap_label.wrap_label,
}
