"""The rewritings of models."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Condition, Fixer
from djup.fixers.models import (
    abstract_instances,
    blank_choice_dash,
    boolean_default,
    checks,
    comma_separated_integer_field,
    constraint_keywords,
    field_deconstruct,
    field_names,
    field_rel,
    files,
    from_db_value,
    has_auto_field,
    index_together,
    ip_address_fields,
    managers,
    meta_methods,
    null_boolean_field,
    null_text,
    on_delete,
    parent_link,
    range_fields,
    related_object_model,
    save,
    subfield_base,
)

FIXERS: Mapping[str, Fixer] = {
    "abstract_instances": abstract_instances.abstract_instances,
    "abstract_managers": managers.abstract_managers,
    "blank_address": ip_address_fields.blank_address,
    "blank_choice_dash": blank_choice_dash.blank_choice_dash,
    "boolean_default": boolean_default.boolean_default,
    "cache_name": field_names.cache_name,
    "check_methods": checks.check_methods,
    "comma_separated": comma_separated_integer_field.comma_separated,
    "constraint_keywords": constraint_keywords.constraint_keywords,
    "default_keys": save.default_keys,
    "field_deconstruct": field_deconstruct.field_deconstruct,
    "field_rel": field_rel.field_rel,
    "file_truth": files.file_truth,
    "file_without_name": files.file_without_name,
    "has_auto_field": has_auto_field.has_auto_field,
    "index_together": index_together.index_together,
    "instance_managers": managers.instance_managers,
    "ip_address_field": ip_address_fields.ip_address_field,
    "joining_fields": field_names.joining_fields,
    "lambda_arguments": field_deconstruct.lambda_arguments,
    "meta_methods": meta_methods.meta_methods,
    "null_boolean_field": null_boolean_field.null_boolean_field,
    "null_text": null_text.null_text,
    "on_delete": on_delete.on_delete,
    "parent_link": parent_link.parent_link,
    "range_base_field": range_fields.range_base_field,
    "related_managers": managers.related_managers,
    "related_object_model": related_object_model.related_object_model,
    "remote_field_to": field_rel.remote_field_to,
    "save_keywords": save.save_keywords,
    "save_update_fields": save.save_update_fields,
    "shadowed_fields": checks.shadowed_fields,
    "storage_max_length": files.storage_max_length,
    "subfield_base": subfield_base.subfield_base,
    "use_for_related_fields": managers.use_for_related_fields,
    "value_context": from_db_value.value_context,
}

CONDITIONS: Mapping[str, Condition] = {
    "parent_link": parent_link.leads_to_base,
}
