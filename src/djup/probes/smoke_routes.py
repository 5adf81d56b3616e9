"""Every route of the project's URLconf, with addresses made from what is in the database."""

import re

import smoke_objects
import smoke_values

COMBINATIONS = 8
DULL = ("django.views.static.serve", "django.contrib.staticfiles.views.serve")
DEFAULTS = {
    "year": ("2024",),
    "month": ("2", "02", "feb"),
    "day": ("4", "04"),
    "week": ("5",),
    "page": ("1",),
    "format": ("json",),
    "lang": ("en",),
    "language": ("en",),
    "url": ("admin",),
    "path": ("a",),
}

text_type = type(u"")


class Route(object):
    """A pattern that leads to a view. ``forms`` are (text with %(name)s, {name: regex}), the fullest first."""

    def __init__(self, forms, callback, name, shown, admin):
        self.forms = forms
        self.callback = callback
        self.name = name
        self.shown = shown
        self.admin = admin

    @property
    def view(self):
        return view_name(self.callback)


def view_class(callback):
    """The class of a class-based view, None for a function."""
    return getattr(callback, "view_class", None) or getattr(callback, "cls", None)


def view_name(callback):
    """The dotted name of a view, through the decorators that tell what they wrap."""
    found = view_class(callback) or unwrapped(callback)
    inner = getattr(found, "func", None)
    while inner is not None:
        found, inner = inner, getattr(inner, "func", None)
    name = getattr(found, "__qualname__", None) or getattr(found, "__name__", None) or type(found).__name__
    return "%s.%s" % (getattr(found, "__module__", "") or type(found).__module__, name)


def unwrapped(callback):
    """The function below decorators."""
    seen = 0
    while hasattr(callback, "__wrapped__") and seen < 20:
        callback, seen = callback.__wrapped__, seen + 1
    return callback


def groups_of(regex):
    """The groups of a regular expression as (name or None, regex), outermost ones, in order."""
    found, starts, at, in_class = [], [], 0, False
    while at < len(regex):
        char = regex[at]
        if char == "\\":
            at += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            at += 1 if regex[at + 1:at + 2] in ("]", "^") else 0
        elif char == "(":
            named = re.match(r"\(\?P<(\w+)>", regex[at:])
            plain = regex[at + 1:at + 2] != "?"
            starts.append((named.group(1) if named else None, at + (named.end() if named else 1), bool(named) or plain))
        elif char == ")" and starts:
            name, start, counts = starts.pop()
            if counts and not any(one[2] for one in starts):
                found.append((start, name, regex[start:at]))
        at += 1
    return [(name, inner) for _, name, inner in sorted(found, key=lambda one: one[0])]


def forms_of_regex(regex):
    """What a regular expression of a URL may look like, by Django's own reading of it."""
    from django.utils.regex_helper import normalize

    groups = groups_of(regex)
    named = dict((name, inner) for name, inner in groups if name)
    plain = [inner for name, inner in groups if not name]
    regexes = named if named else dict(("_%d" % at, inner) for at, inner in enumerate(plain))
    try:
        found = normalize(regex)
    except Exception:
        return []
    forms = [(form, dict((name, regexes.get(name, ".*")) for name in names)) for form, names in found]
    return sorted(forms, key=lambda form: -len(form[1]))


def forms_of_route(pattern):
    """What a path() may look like."""
    form = re.sub(r"<(?:[^>:]+:)?(\w+)>", r"%(\1)s", text_type(pattern._route).replace("%", "%%"))
    return [(form, dict((name, one.regex) for name, one in pattern.converters.items()))]


def pieces(entry):
    """What one entry of a URLconf adds to a path."""
    pattern = getattr(entry, "pattern", None)
    if pattern is not None and hasattr(pattern, "_route"):
        return forms_of_route(pattern)
    if pattern is not None and hasattr(pattern, "language_prefix"):
        return [(text_type(pattern.language_prefix).replace("%", "%%"), {})]
    source = pattern if pattern is not None else entry
    return forms_of_regex(text_type(source.regex.pattern))


def joined(before, after):
    """Every way to go on from every form so far, kept few; an unnamed group gets the number it has in the whole."""
    forms = []
    for form, names in before:
        for more, others in after[:2]:
            shift = len([name for name in names if name.startswith("_")])
            renamed = {}
            for name, regex in others.items():
                new = "_%d" % (int(name[1:]) + shift) if re.match(r"_\d+$", name) else name
                if new != name:
                    more = more.replace("%%(%s)s" % name, "%%(%s)s" % new)
                renamed[new] = regex
            forms.append((form + more, dict(names, **renamed)))
    return sorted(forms, key=lambda form: -len(form[1]))[:4]


def walk(entries, before=((u"/", {}),), spaces=(), admin=False):
    """All routes below entries of a URLconf, those of nested URLconfs included."""
    for entry in entries:
        forms = joined(before, pieces(entry))
        if hasattr(entry, "url_patterns"):
            space = getattr(entry, "namespace", None)
            inside = admin or getattr(entry, "app_name", None) == "admin"
            for route in walk(entry.url_patterns, forms, spaces + ((space,) if space else ()), inside):
                yield route
            continue
        callback = getattr(entry, "callback", None)
        if callback is None or not forms:
            continue
        name = ":".join(spaces + (text_type(entry.name),)) if entry.name else ""
        shown = re.sub(r"%\((\w+)\)s", r"<\1>", forms[0][0]).replace("%%", "%")
        yield Route(forms, callback, name, shown, admin)


def all_routes():
    """Every route of the URLconf; those that serve files are left out."""
    try:
        from django.urls import get_resolver
    except ImportError:
        from django.core.urlresolvers import get_resolver
    return [route for route in walk(get_resolver(None).url_patterns) if route.view not in DULL]


class Addresses(object):
    """Makes addresses for routes from objects."""

    def __init__(self, objects):
        self.objects = objects

    def of(self, route):
        """A few addresses of a route, the likeliest first, that lead to it and to no other."""
        found = []
        for form, names in route.forms[:2]:
            for values in self._combinations(route, names):
                address = form % values
                if address not in found and leads_to(address, route.callback):
                    found.append(address)
        return found

    def _combinations(self, route, names):
        if not names:
            return [{}]
        rows = [row for model in self._models(route) for row in self.objects.made.get(model, [])[:2]]
        found = []
        for row in rows + [None]:
            values = dict((name, self._value(name, names[name], row, rows)) for name in names)
            if None not in values.values() and values not in found:
                found.append(values)
        return found[:COMBINATIONS]

    def _models(self, route):
        """The models a view may be about, the likeliest first."""
        cls = view_class(route.callback)
        said = getattr(cls, "model", None) or getattr(getattr(cls, "queryset", None), "model", None)
        words = (route.shown + " " + route.view).lower()
        module = route.view.rpartition(".")[0]

        def score(model):
            return (
                model is not said,
                model._meta.object_name.lower() not in words,
                module.split(".")[0] != model.__module__.split(".")[0] or model._meta.app_label not in module,
                smoke_objects.label_of(model),
            )

        return sorted(self.objects.made, key=score)

    def _value(self, name, regex, row, rows):
        """A text for an argument: of this row, else of any other, else made."""
        tries = list(said_by(row, name)) if row is not None else []
        generic = name in ("pk", "id", "slug", "object_id", "uuid")
        if not (row is not None and generic):
            tries += [value for other in rows for value in said_by(other, name)]
        if name == "app_label":
            tries += sorted(set(model._meta.app_label for model in self.objects.made))
        tries += list(DEFAULTS.get(name, ())) + ["1", "a", "2024", "a-1", "en"] + list(smoke_values.TEXTS)
        tries += ["00000000-0000-4000-8000-000000000001", "abcdefghij", "1" * 12, "1-" + "a" * 20]
        fits = re.compile("(?:%s)\\Z" % regex)
        return next((text_type(value) for value in tries if fits.match(text_type(value))), None)


def said_by(row, name):
    """What a row may give for an argument of this name."""
    meta = row._meta
    own = meta.object_name.lower()
    if name in ("pk", "id", "object_id", own) or (name.endswith(("_id", "_pk")) and name.rpartition("_")[0] == own):
        yield row.pk
    if name in ("year", "month", "day"):
        for field in meta.fields:
            moment = getattr(row, field.attname, None)
            if hasattr(moment, "year"):
                yield {"year": "%Y", "month": "%m", "day": "%d"}[name] and getattr(moment, name)
                yield "%02d" % getattr(moment, name)
                yield moment.strftime("%b").lower()
                return
    for field in meta.fields:
        if field.name == name or field.attname == name or (name.endswith("_" + field.name) and name.startswith(own)):
            value = getattr(row, field.attname, None)
            if value not in (None, ""):
                yield value


def leads_to(address, callback):
    """Whether an address resolves to this view."""
    try:
        from django.urls import resolve
    except ImportError:
        from django.core.urlresolvers import resolve
    try:
        return resolve(address).func == callback
    except Exception:
        return False
