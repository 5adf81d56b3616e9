"""What a page says, as lines that can be compared, and the forms and links on it."""

import re

try:
    from html.parser import HTMLParser
except ImportError:
    from HTMLParser import HTMLParser

import smoke_values

LONGEST = 1500
VOID = ("br", "hr", "img", "input", "link", "meta")
HIDDEN_NAMES = ("csrfmiddlewaretoken", "csrftoken")
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{24,}(?![\w-])|\b[0-9a-f]{16,}\b")
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.I)
HASHED = re.compile(r"(pbkdf2_\w+|argon2\w*|bcrypt\w*|md5|sha1|scrypt)\$\S+")
QUOTES = ((u"\u201c", u'"'), (u"\u201d", u'"'), (u"\u2018", u"'"), (u"\u2019", u"'"))
SIGNED = re.compile(r"[\w=-]{2,}:[\w-]{6}:[\w-]{27,43}")

text_type = type(u"")


def masked(text):
    """The text without what is new each time (tokens, hashes, signatures, ids drawn at random), in plain quotes."""
    for curly, plain in QUOTES:
        text = text.replace(curly, plain)
    text = UUID.sub("<uuid>", text)
    text = HASHED.sub("<hash>", text)
    text = SIGNED.sub("<signed>", text)
    return TOKEN.sub("<token>", text)


class _Reader(HTMLParser):
    """Reads a page into lines, forms and links."""

    def __init__(self):
        HTMLParser.__init__(self)
        self.lines = []
        self.forms = []
        self.links = []
        self._form = None
        self._select = None
        self._area = None
        self._raw = 0
        self._text = []

    def handle_starttag(self, tag, attrs):
        self._flush()
        known = dict((name, value if value is not None else "") for name, value in attrs)
        self.lines.append(tag_line(tag, known))
        self._raw += tag in ("script", "style")
        self._note(tag, known)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self._flush()
        if tag in ("script", "style"):
            self._raw = max(self._raw - 1, 0)
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._end_select()
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area is not None and self._form is not None:
            self._form["data"][self._area] = self._form["data"].get(self._area, "") + data.lstrip("\r\n")
        self._text.append(data)

    def handle_entityref(self, name):
        self._text.append(unescaped("&%s;" % name))

    def handle_charref(self, name):
        self._text.append(unescaped("&#%s;" % name))

    def close(self):
        HTMLParser.close(self)
        self._flush()

    def _flush(self):
        text = " ".join("".join(self._text).split())
        self._text = []
        if text:
            self.lines.append(masked(text)[:2000])

    def _note(self, tag, known):
        if tag == "a" and known.get("href"):
            self.links.append(known["href"])
        elif tag == "form":
            method = known.get("method", "get").lower()
            self._form = {"method": method, "action": known.get("action", ""), "data": {}, "files": [], "buttons": [], "limits": {}}
            self.forms.append(self._form)
        elif self._form is not None:
            self._note_control(tag, known)

    def _note_control(self, tag, known):
        name, kind = known.get("name"), known.get("type", "text").lower()
        if tag == "option" and self._select:
            self._select["options"].append((known.get("value", ""), "selected" in known))
        elif not name or "disabled" in known:
            return
        elif tag == "select":
            self._select = {"name": name, "options": [], "many": "multiple" in known}
        elif tag == "textarea":
            self._area = name
            self._form["data"].setdefault(name, "")
        elif tag in ("input", "button"):
            self._note_input(name, kind if tag == "input" else known.get("type", "submit"), known)

    def _note_input(self, name, kind, known):
        data = self._form["data"]
        if kind in ("submit", "image", "button", "reset"):
            if kind == "submit":
                self._form["buttons"].append((name, known.get("value", "")))
        elif kind == "file":
            self._form["files"].append(name)
        elif kind in ("checkbox", "radio"):
            if "checked" in known:
                data.setdefault(name, [])
                data[name] = (data[name] if isinstance(data[name], list) else [data[name]]) + [known.get("value", "on")]
        else:
            data[name] = known.get("value", "")

    def _end_select(self):
        select, self._select = self._select, None
        if not select or self._form is None:
            return
        chosen = [value for value, is_selected in select["options"] if is_selected]
        if select["many"]:
            self._form["data"][select["name"]] = chosen
        else:
            first = [value for value, _ in select["options"]][:1]
            self._form["data"][select["name"]] = (chosen or first or [""])[0]


def unescaped(text):
    """The character an entity stands for."""
    try:
        from html import unescape
    except ImportError:
        return HTMLParser().unescape(text)
    return unescape(text)


def tag_line(tag, known):
    """One line for a start tag, whatever the order and the quotes of its attributes."""
    shown = []
    for name in sorted(known):
        value = " ".join(known[name].split())
        if name in ("nonce", "integrity"):
            value = "<masked>"
        elif name == "value" and known.get("name") in HIDDEN_NAMES:
            value = "<csrf>"
        elif value in ("", name):
            shown.append(name)
            continue
        shown.append('%s="%s"' % (name, masked(value)))
    return "<%s>" % " ".join([tag] + shown)


def read_page(text):
    """Read a page; what cannot be parsed gives what was read until then."""
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except Exception:
        reader._flush()
    del reader.lines[LONGEST:]
    return reader


def form_data(field, name, number=1, stored=None):
    """What a person would type for a form field, as texts; None where nothing is found.

    ``stored`` is the model's field behind it, whose validators count as well.
    """
    for value in smoke_values.values_for(field, name.split("-")[-1], number):
        typed = as_typed(field, value)
        try:
            cleaned = field.clean(typed)
            if stored is not None and not getattr(stored, "is_relation", True):
                stored.run_validators(cleaned)
        except Exception:
            continue
        return typed
    return None


def stored_field(form, name):
    """The model's field behind a form's, None where there is none."""
    model = getattr(getattr(form, "_meta", None), "model", None)
    return next((field for field in model._meta.fields if field.name == name), None) if model is not None else None


def as_typed(field, value):
    """A value as the browser sends it."""
    many = any(word in cls.__name__ for cls in type(field).__mro__ for word in ("Multiple",))
    value = getattr(value, "value", value)
    if isinstance(value, bool):
        value = "on" if value else ""
    if hasattr(value, "read"):
        return value
    if hasattr(value, "isoformat"):
        value = value.strftime("%Y-%m-%d %H:%M:%S") if hasattr(value, "hour") and hasattr(value, "year") else value.isoformat()
    return [text_type(value)] if many else text_type(value)


def filled(form, django_forms, number=1):
    """The data of a form on a page as a browser would send it, what is empty filled in as its fields want it."""
    data, files = dict(form["data"]), {}
    for known in django_forms:
        for name, field in known.fields.items():
            full = known.add_prefix(name)
            typed = None
            if not data.get(full):
                try:
                    typed = form_data(field, name, number, stored_field(known, name))
                except Exception:
                    typed = None
            if typed is None:
                continue
            if hasattr(typed, "read"):
                files[full] = name
            elif full in data or full in form["files"] or field.required:
                data[full] = typed
    for name in data:
        if data[name] == "" and not name.startswith("csrf") and not django_forms:
            data[name] = guess(name)
    data.update(dict(form["buttons"][:1]))
    data.pop("csrfmiddlewaretoken", None)
    return data, sorted(files)


def guess(name):
    """A text for a control nobody knows more of than its name."""
    name = name.lower()
    for word, text in (("email", u"a@example.org"), ("date", u"2024-01-05"), ("url", u"http://example.org/")):
        if word in name:
            return text
    return u"1" if name.endswith(("id", "count", "number", "page", "quantity")) else u"a"
