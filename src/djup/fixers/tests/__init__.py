"""The rewritings of tests."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.kinds import Condition, Fixer
from djup.fixers.tests import (
    allowed_hosts,
    assert_form_error,
    assert_queryset_equal,
    assert_raises_message,
    assert_redirects,
    assertion_errors,
    client,
    database_queries,
    doctests,
    escaped_quotes,
    extra_tests,
    keepdb,
    live_servers,
    misplaced_tests,
    reset_sequences,
    response_template,
    set_up_class,
    set_up_test_data,
    str_prefix,
    urls_attribute,
    warnings_state,
)

FIXERS: Mapping[str, Fixer] = {
    "absolute_redirects": assert_redirects.absolute_redirects,
    "assertion_errors": assertion_errors.assertion_errors,
    "changed_post": client.changed_post,
    "client_put": client.client_put,
    "escaped_quotes": escaped_quotes.escaped_quotes,
    "extra_tests": extra_tests.extra_tests,
    "form_errors": assert_form_error.form_errors,
    "keepdb_option": keepdb.keepdb_option,
    "live_server_address": live_servers.live_server_address,
    "load_doctests": doctests.load_doctests,
    "misplaced_tests": misplaced_tests.misplaced_tests,
    "queryset_repr": assert_queryset_equal.queryset_repr,
    "raises_callable": assert_raises_message.raises_callable,
    "relative_redirects": assert_redirects.relative_redirects,
    "reset_sequences": reset_sequences.reset_sequences,
    "response_template": response_template.response_template,
    "sent_none": client.sent_none,
    "set_up_class": set_up_class.set_up_class,
    "simple_test_case_queries": database_queries.simple_test_case_queries,
    "static_live_server": live_servers.static_live_server,
    "str_prefix": str_prefix.str_prefix,
    "test_data_copies": set_up_test_data.test_data_copies,
    "test_databases": database_queries.test_databases,
    "test_urls": urls_attribute.test_urls,
    "warnings_state": warnings_state.warnings_state,
    "wsgi_hosts": allowed_hosts.wsgi_hosts,
}

CONDITIONS: Mapping[str, Condition] = {
    "load_doctests": doctests.of_tests,
}
