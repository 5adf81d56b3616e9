"""The rewritings of settings."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Fixer
from djup.fixers.settings import (
    cache_backend,
    cache_locations,
    csrf_trusted_origins,
    database_options,
    global_settings,
    ignorable_404,
    language_codes,
    listed_items,
    locale_paths,
    logging,
    oracledb,
    pylibmc_behaviors,
    redirects_sites,
    secret_key,
    storage_class,
    storages,
    test_databases,
    time_zone,
    trailing_slash,
    tuple_settings,
)

FIXERS: Mapping[str, Fixer] = {
    "cache_addresses": cache_locations.cache_addresses,
    "cache_backend": cache_backend.cache_backend,
    "cache_timeout_zero": cache_locations.cache_timeout_zero,
    "chinese_codes": language_codes.chinese_codes,
    "configured_key": secret_key.configured_key,
    "database_test_settings": test_databases.database_test_settings,
    "drop_items": listed_items.drop_items,
    "empty_secret_key": secret_key.empty_secret_key,
    "global_settings_lists": global_settings.global_settings_lists,
    "ignorable_404": ignorable_404.ignorable_404,
    "locale_paths": locale_paths.locale_paths,
    "mail_admins_filter": logging.mail_admins_filter,
    "mysql_charset": database_options.mysql_charset,
    "mysql_isolation": database_options.mysql_isolation,
    "no_time_zone": time_zone.no_time_zone,
    "oracledb": oracledb.oracledb,
    "postgresql_autocommit": database_options.postgresql_autocommit,
    "pylibmc_behaviors": pylibmc_behaviors.pylibmc_behaviors,
    "sites_for_redirects": redirects_sites.sites_for_redirects,
    "storage_class": storage_class.storage_class,
    "storages": storages.storages,
    "test_serialize": test_databases.test_serialize,
    "trailing_slash": trailing_slash.trailing_slash,
    "trusted_origins": csrf_trusted_origins.trusted_origins,
    "tuple_settings": tuple_settings.tuple_settings,
}
