"""The rewritings of admin."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.admin import (
    action_tuples,
    admin_actions,
    admin_checkbox,
    admin_media_prefix,
    allow_tags,
    catch_all_urls,
    collapse_script,
    field_box,
    formset_events,
    get_formsets,
    hold_down_control,
    id_columns,
    inline_formset_errors,
    list_options,
    log_action,
    original_content_type_id,
    post_url_continue,
    row_classes,
    view_permission,
)
from djup.fixers.kinds import Fixer, TemplateFixer

FIXERS: Mapping[str, Fixer] = {
    "action_tuples": action_tuples.action_tuples,
    "admin_actions": admin_actions.admin_actions,
    "admin_checkbox": admin_checkbox.admin_checkbox,
    "admin_lists": list_options.admin_lists,
    "after_admin_urls": catch_all_urls.after_admin_urls,
    "allow_tags": allow_tags.allow_tags,
    "collapse_script": collapse_script.collapse_script,
    "contrib_options": list_options.contrib_options,
    "get_formsets": get_formsets.get_formsets,
    "hold_down_control": hold_down_control.hold_down_control,
    "id_columns": id_columns.id_columns,
    "inline_formset_errors": inline_formset_errors.inline_formset_errors,
    "log_actions": log_action.log_actions,
    "post_url_continue": post_url_continue.post_url_continue,
    "view_permissions": view_permission.view_permissions,
}

TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = {
    "admin_media_prefix": admin_media_prefix.admin_media_prefix,
    "admin_row_classes": row_classes.admin_row_classes,
    "collapse_in_templates": collapse_script.collapse_in_templates,
    "content_type_link": original_content_type_id.content_type_link,
    "field_box": field_box.field_box,
    "formset_events": formset_events.formset_events,
}
