"""Data for views of Django REST framework, by what they say of themselves in answer to OPTIONS."""


def writes(described):
    """The writes a description invites, as (method, data)."""
    actions = described.get("actions", {}) if isinstance(described, dict) else {}
    return [(method, made(fields)) for method, fields in sorted(actions.items()) if method in ("POST", "PUT")]


def made(fields):
    """Data for the fields a description lists; those that are read only are left out."""
    return dict((name, value_for(name, one)) for name, one in sorted(fields.items()) if not one.get("read_only"))


def value_for(name, described):
    """A value of the type a field says it has."""
    kind = described.get("type", "string")
    if described.get("choices"):
        return described["choices"][0]["value"]
    if kind == "nested object":
        return made(described.get("children", {}))
    if kind == "list":
        return [value_for(name, described["child"])] if described.get("child") else []
    known = {
        "boolean": True,
        "integer": 1,
        "float": 1.5,
        "decimal": "1.50",
        "date": "2024-01-05",
        "datetime": "2024-01-05T10:00:00Z",
        "time": "10:00:00",
        "email": "a@example.org",
        "url": "http://example.org/",
        "slug": "a-1",
        "regex": "a1",
        "field": 1,
    }
    text = name.replace("_", " ") + " 9"
    limit = described.get("max_length") or len(text)
    return known.get(kind, text[-limit:])
