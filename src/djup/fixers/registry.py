"""The fixer functions, by the name that a change's ``fix`` gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from djup.fixers import (
    ajax,
    app_config,
    class_options,
    comparison_tags,
    defaults_given,
    form_errors,
    html,
    index_together,
    mailers,
    middleware,
    model_save,
    null_boolean_field,
    python_2,
    pytz,
    queries,
    queryset_asserts,
    replaced_calls,
    setting_values,
    signatures,
    six,
    storages,
    template_findings,
    url_to_path,
)
from djup.fixers.patch import Patch
from djup.fixers.templates import TemplatePatch

Fixer = Callable[[Patch], None]
TemplateFixer = Callable[[TemplatePatch], None]

FIXERS: Mapping[str, Fixer] = {
    "account_middleware": middleware.account_middleware,
    "action_location": signatures.action_location,
    "admin_addresses": setting_values.admin_addresses,
    "available_attrs": python_2.available_attrs,
    "default_app_config": app_config.default_app_config,
    "filterset_attributes": class_options.filterset_attributes,
    "form_errors": form_errors.form_errors,
    "format_html": html.format_html,
    "hmac_algorithm": defaults_given.hmac_algorithm,
    "identity": replaced_calls.identity,
    "index_together": index_together.index_together,
    "inline_add_permission": signatures.inline_add_permission,
    "is_ajax": ajax.is_ajax,
    "isnull_boolean": queries.isnull_boolean,
    "latest_fields": queries.latest_fields,
    "lookup_request": signatures.lookup_request,
    "mailers": mailers.mailers,
    "null_boolean_field": null_boolean_field.null_boolean_field,
    "python_2_unicode_compatible": python_2.python_2_unicode_compatible,
    "pytz": pytz.pytz,
    "queryset_repr": queryset_asserts.queryset_repr,
    "random_password": replaced_calls.random_password,
    "random_string_length": defaults_given.random_string_length,
    "render_to_response": replaced_calls.render_to_response,
    "reset_timeout": setting_values.reset_timeout,
    "save_keywords": model_save.save_keywords,
    "select_related_all": queries.select_related_all,
    "six": six.six,
    "storage_class": replaced_calls.storage_class,
    "storages": storages.storages,
    "system_checks": class_options.system_checks,
    "test_databases": class_options.test_databases,
    "trusted_origins": setting_values.trusted_origins,
    "url_scheme": defaults_given.url_scheme,
    "url_to_path": url_to_path.url_to_path,
    "value_context": signatures.value_context,
    "values_list_flat": queries.values_list_flat,
}

TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = {
    "ifequal": comparison_tags.ifequal,
    "is_ajax": template_findings.is_ajax,
    "length_is": comparison_tags.length_is,
    "logout_link": template_findings.logout_link,
}
