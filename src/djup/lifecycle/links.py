"""Links and labels of releases, from the templates of their page; the templates are Liquid's."""

from __future__ import annotations

import contextlib
import functools
import re
from typing import TYPE_CHECKING

from msgspec import UNSET

from djup.lifecycle.models import Product, ProductRelease

if TYPE_CHECKING:
    import liquid

LOOSE = (
    (re.compile(r"(?<=')\s*:\s*(?=')"), ", "),  # {{ x | replace: '.':'_' }}
    (re.compile(r"'''"), "''"),  # {{ x | replace: '.',''' }}
)
"""What Ruby's Liquid lets pass among the arguments of a filter, and its strict form."""

TAG = re.compile(r"<script.*?</script>|<style.*?</style>|<!--.*?-->|<[^>]*>", re.DOTALL)


def link_of(product: Product, release: ProductRelease) -> str | None:
    """The link to what is new in the newest version of a release, None where there is none."""
    template = product.changelog_template if release.link is UNSET else release.link
    link = fill(template, release) if template else ""
    return link if link and "{{" not in link and "{%" not in link else None


def label_of(product: Product, release: ProductRelease) -> str:
    """The name a release is shown by, without the mark of long-term support."""
    template = release.release_label or product.release_label
    return fill(template, release) if template else release.release_cycle


def lts_label(product: Product) -> str:
    """What the product calls long-term support, as plain text."""
    return plain_text(product.lts_label)


def plain_text(text: str) -> str:
    """A text without HTML tags; what they enclose stays, but for scripts and styles."""
    return TAG.sub("", text)


def fill(template: str, release: ProductRelease) -> str:
    """Fill in a template; one that Liquid cannot read stays as it is."""
    text = template.strip()
    for name, value in (
        ("__RELEASE_CYCLE__", release.release_cycle),
        ("__CODENAME__", release.codename),
        ("__RELEASE_DATE__", release.release_date or ""),
        ("__LATEST_RELEASE_DATE__", release.latest_release_date or ""),
        ("__LATEST__", release.latest or ""),
    ):
        text = text.replace(name, value)
    return _rendered(text) if "{{" in text or "{%" in text else text


def render(template: str, **values: str | None) -> str:
    """Render a Liquid template with the values given; one that cannot be read stays as it is."""
    from liquid.exceptions import LiquidError  # noqa: PLC0415  # as in _environment()

    for text in dict.fromkeys((template, _strict(template))):
        with contextlib.suppress(LiquidError):
            return _environment().from_string(text).render(**values).strip()
    return template


@functools.lru_cache(maxsize=8192)
def _rendered(text: str) -> str:
    """A template in which only Liquid is left; a release's is asked for by each page and answer that names it."""
    return render(text)


def template_fault(template: str) -> str:
    """Why Liquid cannot read a template, ``""`` where it can."""
    if "{{" not in template and "{%" not in template:
        return ""
    from liquid.exceptions import LiquidError  # noqa: PLC0415  # as in _environment()

    try:
        _environment().from_string(template)
    except LiquidError as error:
        return str(error.message).strip()
    return ""


def _strict(template: str) -> str:
    for loose, strict in LOOSE:
        template = loose.sub(strict, template)
    return template


@functools.cache
def _environment() -> liquid.Environment:
    import liquid  # noqa: PLC0415  # a fifth of a second, which only pages with such templates should cost

    environment = liquid.Environment()
    environment.add_filter("pop", lambda words, count=1: list(words)[: -int(count)])
    environment.add_filter("drop_zero_patch", lambda version: str(version).removesuffix(".0"))
    return environment
