"""The rewritings of http."""

from __future__ import annotations

from collections.abc import Mapping

from djup.fixers.http import (
    base64_text,
    cache_keys,
    cache_page,
    cache_timeout,
    django_language,
    feeds,
    get_cache,
    get_random_string,
    is_ajax,
    is_safe_url,
    log_response,
    mimetype,
    pagination,
    parse_qsl,
    redirect_view,
    request_request,
    response_headers,
    signing,
    sitemaps,
    streamed_responses,
    truncated_text,
    urlencode,
)
from djup.fixers.kinds import Fixer, TemplateFixer

FIXERS: Mapping[str, Fixer] = {
    "cache_keys": cache_keys.cache_keys,
    "cache_page": cache_page.cache_page,
    "django_language": django_language.django_language,
    "encoded_text": base64_text.encoded_text,
    "ended_texts": truncated_text.ended_texts,
    "feed_enclosure": feeds.feed_enclosure,
    "get_cache": get_cache.get_cache,
    "hmac_algorithm": signing.hmac_algorithm,
    "is_ajax": is_ajax.is_ajax,
    "limited_parse_qsl": parse_qsl.limited_parse_qsl,
    "log_response_exception": log_response.log_response_exception,
    "merged_request": request_request.merged_request,
    "page_range": pagination.page_range,
    "paginator_orphans": pagination.paginator_orphans,
    "ping_over_http": sitemaps.ping_over_http,
    "random_string_length": get_random_string.random_string_length,
    "redirect_permanent": redirect_view.redirect_permanent,
    "redirect_url_arguments": redirect_view.redirect_url_arguments,
    "response_headers": response_headers.response_headers,
    "safe_url_host": is_safe_url.safe_url_host,
    "safe_url_hosts": is_safe_url.safe_url_hosts,
    "signer_separator": signing.signer_separator,
    "sitemap_protocol": sitemaps.sitemap_protocol,
    "streamed_responses": streamed_responses.streamed_responses,
    "super_mimetype": mimetype.super_mimetype,
    "timeout_none": cache_timeout.timeout_none,
    "truncate_words": truncated_text.truncate_words,
    "urlencode_lists": urlencode.urlencode_lists,
}

TEMPLATE_FIXERS: Mapping[str, TemplateFixer] = {
    "is_ajax": is_ajax.is_ajax_in_templates,
    "sitemap_locations": sitemaps.sitemap_locations,
}
