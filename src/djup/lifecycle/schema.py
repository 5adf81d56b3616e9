"""The JSON Schema of a page's front matter, made of the models."""

from __future__ import annotations

from typing import Any

import msgspec

from djup.lifecycle.models import Product, ProductRelease

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def page_schema() -> dict[str, Any]:
    """Return the schema that the front matter of a page in today's spelling meets, with dates as texts."""
    (_, components) = msgspec.json.schema_components([Product], ref_template="#/$defs/{name}")
    definitions = dict(components)
    release = dict(definitions[ProductRelease.__name__])
    release["properties"] = {key: value for key, value in release["properties"].items() if key != "custom"}
    # The product's own fields stand beside the standard ones; which they are, only its customFields tell.
    release["additionalProperties"] = {"type": "string"}
    definitions[ProductRelease.__name__] = release
    product = definitions.pop(Product.__name__)
    return {"$schema": DIALECT, **product, "$defs": definitions}
