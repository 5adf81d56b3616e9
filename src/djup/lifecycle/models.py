"""A product and its releases, as today's spelling of the endoflife.date format writes them.

The records are the format: their keys in a file are the field names in camel case, and the JSON Schema is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType, field

from djup.lifecycle.days import DayText, End, is_exact
from djup.model import Record

Column = bool | str
"""Whether a column is shown, or its label."""

CATEGORIES = ("app", "database", "device", "framework", "lang", "library", "os", "server-app", "service", "standard")
DISPLAYS = ("none", "api-only", "after-release-column", "before-latest-column", "after-latest-column")

Slug = Annotated[str, Meta(pattern=r"^/(?!\.+$)[a-z0-9._-]+$", examples=["/django"])]
"""An address on the site, one level deep. It names a folder there, so it never consists of dots only."""
Url = Annotated[
    str, Meta(pattern=r"^https?://\S", description="A link, which may hold __RELEASE_CYCLE__ and the like.")
]
CycleName = Annotated[str, Meta(pattern=r"^[a-z0-9.+_-]+$", examples=["4.10", "2028"])]
Display = Literal["none", "api-only", "after-release-column", "before-latest-column", "after-latest-column"]
Category = Literal[
    "app", "database", "device", "framework", "lang", "library", "os", "server-app", "service", "standard"
]


class CustomField(Record, rename="camel", kw_only=True):
    """A field that the releases of one product have beside the standard ones."""

    name: str
    display: Display
    label: str
    description: str = ""
    link: str = ""


class Auto(Record, rename="camel", kw_only=True):
    """How a page is kept current. Each method is a mapping whose first key names it: ``{pypi: django}``."""

    methods: tuple[Mapping[str, Any], ...] = ()
    cumulative: bool = False
    disabled: bool = False


class ProductRelease(Record, rename="camel", kw_only=True):
    """A release of a product and its lifecycle; ``custom`` has the product's own fields, which a file writes inline."""

    release_cycle: CycleName
    release_date: DayText | None = None
    release_label: str = ""
    codename: str = ""
    lts: DayText | bool = False
    eoas: End = None
    eol: End = None
    eoes: End = None
    discontinued: End = None
    latest: str | None = None
    latest_release_date: DayText | None = None
    link: str | UnsetType | None = UNSET
    out_of_order: bool = False
    stale_release_threshold_days: int | None = None
    custom: Mapping[str, str] = {}

    @property
    def slug(self) -> str:
        """The name as part of a path."""
        return self.release_cycle.replace("/", "-")

    @property
    def announced_only(self) -> bool:
        """Whether its date is known to the month only, as that of a release still to come."""
        return self.release_date is not None and not is_exact(self.release_date)


class Product(Record, rename="camel", kw_only=True):
    """A product page without its Markdown body. ``releases`` are newest first."""

    title: str
    category: Category
    permalink: Slug
    added_at: DayText | None = None
    tags: str = ""
    icon_slug: str = ""
    alternate_urls: tuple[Slug, ...] = field(default=(), name="alternate_urls")
    version_command: str = ""
    release_policy_link: str = ""
    release_image: str = ""
    changelog_template: str = ""
    release_label: str = ""
    lts_label: str = field(default="LTS", name="LTSLabel")
    eol_column: Column = True
    eoas_column: Column = False
    eoes_column: Column = False
    discontinued_column: Column = False
    latest_column: Column = True
    release_date_column: Column = True
    stale_release_threshold_days: int = 365
    description: str = ""
    auto: Auto = Auto()
    identifiers: tuple[Mapping[str, str], ...] = ()
    custom_fields: tuple[CustomField, ...] = ()
    releases: tuple[ProductRelease, ...]

    @property
    def name(self) -> str:
        """The product's id, as in its address."""
        return self.permalink.removeprefix("/")

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other ids it answers to."""
        return tuple(url.removeprefix("/") for url in self.alternate_urls)

    @property
    def all_tags(self) -> tuple[str, ...]:
        """The tags and the category, sorted."""
        return tuple(sorted({*self.tags.split(), self.category}))

    @property
    def known_as(self) -> tuple[tuple[str, str], ...]:
        """The identifiers as pairs of kind and id: ``("purl", "pkg:pypi/django")``."""
        return tuple((kind, text) for one in self.identifiers for kind, text in one.items())

    def find(self, name: str) -> ProductRelease | None:
        """The release of a name, None if there is none."""
        return next((one for one in self.releases if name in (one.release_cycle, one.slug)), None)
