"""All products at hand: the bundled pages, and those of a team's own folders, by every name they answer to."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path

from djup.errors import UsageError
from djup.lifecycle.models import Product
from djup.lifecycle.pages import Page, read_page, read_paths

PURL = re.compile(r"^pkg:(?P<type>[^/@?#]+)/(?P<path>[^@?#]+)")


class Catalogue:
    """Products by name, alias and identifier; of two with the same name the later one counts."""

    def __init__(self, pages: Iterable[Page]) -> None:
        found = {page.product.name: page for page in pages if page.product is not None}
        self.pages: Mapping[str, Page] = {name: found[name] for name in sorted(found)}
        self._names: dict[str, Product] = {}
        self._purls: dict[str, Product] = {}
        for product in self.products:
            self._purls |= {purl_key(text): product for kind, text in product.known_as if kind == "purl"}
            self._names |= {alias: product for alias in product.aliases if alias not in self.pages}
        self._names |= {product.name: product for product in self.products}

    @property
    def products(self) -> tuple[Product, ...]:
        """All products, sorted by name."""
        return tuple(page.product for page in self.pages.values() if page.product is not None)

    def get(self, name: str) -> Product | None:
        """The product of a name or alias."""
        return self._names.get(name.lower())

    def by_purl(self, purl: str) -> Product | None:
        """The product a package URL names, whatever its version and qualifiers."""
        return self._purls.get(purl_key(purl))

    def by_package(self, name: str) -> Product | None:
        """The product of a package of the Python package index, by its normalised name."""
        return self._purls.get(f"pkg:pypi/{name}")


def purl_key(purl: str) -> str:
    """A package URL without version, qualifiers and subpath; names of the Python index are normalised."""
    match = PURL.match(purl.strip())
    if match is None:
        return purl.strip()
    kind, path = match["type"].lower(), match["path"].strip("/")
    if kind == "pypi":
        path = re.sub(r"[-_.]+", "-", path).lower()
    return f"pkg:{kind}/{path.lower()}"


@functools.cache
def bundled_pages() -> tuple[Page, ...]:
    """The pages that come with djup."""
    folder = resources.files("djup") / "data" / "products"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".md")), key=lambda file: file.name)
    return tuple(read_page(file.read_text(encoding="utf-8"), file.name) for file in files)


def load_catalogue(folders: Iterable[Path] = (), *, bundled: bool = True) -> Catalogue:
    """The catalogue of the bundled pages and of folders; raises UsageError where there is no page at all."""
    pages = [*(bundled_pages() if bundled else ()), *read_paths(folders)]
    catalogue = Catalogue(pages)
    if not catalogue.pages:
        raise UsageError("there is no product page.", hint="Give a folder with pages such as django.md.")
    return catalogue
