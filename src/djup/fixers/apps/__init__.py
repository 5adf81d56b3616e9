"""The rewritings of apps."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.apps import (
    allow_migrate,
    app_labels,
    default_app_config,
    django_setup,
    get_model,
    models_loading,
    models_while_loading,
    south,
    syncdb_signals,
    unmigrated,
    wsgi_handler,
)
from djup.fixers.kinds import Fixer

FIXERS: Mapping[str, Fixer] = {
    "allow_migrate": allow_migrate.allow_migrate,
    "app_config_discovery": default_app_config.app_config_discovery,
    "app_labels": app_labels.app_labels,
    "apps_without_migrations": unmigrated.apps_without_migrations,
    "default_app_config": default_app_config.default_app_config,
    "django_setup": django_setup.django_setup,
    "early_models": models_while_loading.early_models,
    "get_model_none": get_model.get_model_none,
    "initial_data": unmigrated.initial_data,
    "models_loading": models_loading.models_loading,
    "models_outside_apps": unmigrated.models_outside_apps,
    "models_while_loading": models_while_loading.models_while_loading,
    "south": south.south,
    "sync_signals": syncdb_signals.sync_signals,
    "unmigrated_relations": unmigrated.unmigrated_relations,
    "wsgi_handler": wsgi_handler.wsgi_handler,
}
