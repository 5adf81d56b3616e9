"""Requests to the site, and what each of them does: status, redirect, page, context, queries, mails, messages."""

import json
import os
import re
import traceback

import smoke_clock
import smoke_pages
import smoke_site

OWN_TABLE = re.compile(r"(?:FROM|INTO|UPDATE)\s+[\"`]?([\w$]+)", re.I)
DULL_HEADERS = ("date", "content-length", "vary", "set-cookie", "expires", "last-modified", "etag", "content-type", "location", "server", "cache-control")
DJANGO_KEYS = (
    "csrf_token", "request", "user", "perms", "messages", "block", "forloop", "True", "False", "None", "DEFAULT_MESSAGE_LEVELS",
    "debug", "sql_queries", "LANGUAGES", "LANGUAGE_CODE", "LANGUAGE_BIDI", "MEDIA_URL", "STATIC_URL", "TIME_ZONE", "autoescape",
    "self", "widget", "field", "errors", "error_class", "fields", "hidden_fields", "view", "params", "csp_nonce", "use_tz", "use_l10n",
)  # fmt: skip
INLINE = ("<a ", "<span", "<b>", "<i>", "<em", "<strong", "<br", "<ul", "<li", "<p>")
ERRORS = ("403 Forbidden", "Not Found", "Bad Request (400)", "Server Error (500)", "Bad Request", "Forbidden")

text_type = type(u"")


class Visitor(object):
    """Makes requests and tells what they did. ``is_own`` tells whether a file is the project's."""

    def __init__(self, people, isolated, is_own_file, own_tables, own_templates):
        self.people = people
        self.isolated = isolated
        self.is_own_file = is_own_file
        self.own_tables = own_tables
        self.own_templates = own_templates

    def visit(self, step):
        """Do one step of the plan, rolled back afterwards; returns (facts, page) with the page for what follows it."""
        smoke_clock.move(8 * smoke_clock.DAY)
        smoke_clock.seed("%(method)s %(path)s" % step)
        try:
            return smoke_site.limited(self.isolated, self._visit, step)
        except smoke_site.TookTooLong:
            return {"raised": "it took more than %d seconds" % smoke_site.EACH_SECONDS}, None
        except Exception as error:
            return {"raised": told(error)}, None

    def _visit(self, client, step):
        from django.core import mail
        from django.db import connection

        try:
            self.people.log_in(client, step["as"])
        except Exception as error:
            return {"raised": "log in: " + told(error), "trace": traceback.format_exc()[-3000:]}, None
        sent = len(getattr(mail, "outbox", ()))
        with Counted(connection) as counted:
            try:
                response = self._ask(client, step)
                run_on_commit()
            except Exception as error:
                return {"raised": told(error), "trace": traceback.format_exc()[-3000:]}, None
        facts, page = self._facts(response)
        facts["queries"] = counted.by_table(self.own_tables)
        facts["mails"] = [mail_facts(one) for one in getattr(mail, "outbox", [])[sent:]]
        return facts, page

    def _ask(self, client, step):
        from django.conf import settings

        extra = {"HTTP_ACCEPT": str(step.get("accept") or "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8")}
        if getattr(settings, "SECURE_SSL_REDIRECT", False):
            extra["wsgi.url_scheme"] = "https"
        method = getattr(client, step["method"].lower())
        path = str(step["path"]) if not isinstance(step["path"], str) else step["path"]
        if step["method"] in ("GET", "HEAD", "OPTIONS"):
            return method(path, **extra)
        if step.get("json") is not None:
            return method(path, data=json.dumps(step["json"]), content_type="application/json", **extra)
        return method(path, data=sent_data(step), **extra)

    def _facts(self, response):
        kind = response.get("Content-Type", "") if hasattr(response, "get") else ""
        facts = {"status": response.status_code, "type": kind.split(";")[0]}
        if response.get("Location"):
            facts["location"] = smoke_pages.masked(re.sub(r"^https?://testserver", "", response["Location"]))
        facts["headers"] = dict(
            (name.lower(), smoke_pages.masked(text_type(value)))
            for name, value in header_items(response)
            if name.lower() not in DULL_HEADERS and not name.lower().startswith("content-security")
        )
        names, origin = self._templates(response)
        facts["templates"], facts["admin"] = names, origin == "admin"
        facts["owner"] = "django" if origin != "admin" and not names and is_of_django(response) else origin
        facts["context"] = context_keys(response)
        if hasattr(response, "wsgi_request"):
            facts["messages"] = messages_of(response)
        page = self._body(response, facts)
        if response.status_code >= 400 and not names and any(line in ERRORS for line in facts.get("lines", ())):
            facts["owner"] = "django"
        return facts, page

    def _templates(self, response):
        """The names of the project's own templates, and whose the first of all is."""
        names, first = [], "own"
        for at, template in enumerate(listed(getattr(response, "templates", None) or getattr(response, "template", None))):
            name = text_type(template.name or "")
            path = text_type(getattr(getattr(template, "origin", None), "name", "") or "")
            # Before Django 1.9 a template tells its file only while templates are debugged.
            own = self.is_own_file(path) if os.path.isabs(path) else name in self.own_templates
            if at == 0 and name:
                first = "own" if own else "admin" if "/contrib/admin" in path or name.startswith("admin/") else "other"
            if own and name and name not in names:
                names.append(name)
        return sorted(names), first

    def _body(self, response, facts):
        if getattr(response, "streaming", False):
            facts["bytes"] = -1
            return None
        raw = response.content
        text = raw.decode("utf-8", "replace")
        if "json" in facts["type"]:
            try:
                facts["json"] = masked_json(json.loads(text))
                return None
            except ValueError:
                pass
        if facts["type"].startswith("text/html") or "xml" in facts["type"]:
            page = smoke_pages.read_page(text)
            page.response = response
            facts["errors"] = form_errors(response)
            if facts["admin"]:
                facts.update(admin_digest(page, response))
            else:
                facts["lines"] = page.lines
            return page
        if "javascript" in facts["type"] and not facts["templates"]:
            facts["bytes"] = bool(raw)
        elif facts["type"].startswith("text/"):
            facts["lines"] = [smoke_pages.masked(line.strip()) for line in text.splitlines() if line.strip()][:500]
        else:
            facts["bytes"] = bool(raw)
        return None


class Counted(object):
    """Counts queries by what they do and to which table."""

    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        from django.core.signals import request_started
        from django.db import reset_queries

        self._started, self._reset = request_started, reset_queries
        request_started.disconnect(reset_queries)
        self._old = self.connection.__dict__.get("force_debug_cursor"), self.connection.__dict__.get("use_debug_cursor")
        self.connection.force_debug_cursor = self.connection.use_debug_cursor = True
        self._at = len(self.connection.queries)
        return self

    def __exit__(self, *error):
        self._found = list(self.connection.queries)[self._at:]
        self.connection.force_debug_cursor, self.connection.use_debug_cursor = self._old[0] or False, self._old[1]
        self._started.connect(self._reset)
        self._reset()

    def by_table(self, tables):
        """How many queries read or wrote each of these tables first."""
        found = {}
        for query in getattr(self, "_found", ()):
            sql = re.sub(r"^QUERY = u?['\"]", "", query["sql"])
            match = OWN_TABLE.search(sql)
            if match and match.group(1) in tables:
                key = "%s %s" % (sql.split(None, 1)[0].upper(), match.group(1))
                found[key] = found.get(key, 0) + 1
        return found


def is_of_django(response):
    """Whether the view that answered is Django's own; False where none did, and before Django 1.5, which tells none."""
    try:
        view = response.resolver_match.func  # resolved only now: an address without a view fails here
    except Exception:
        return False
    return str(getattr(view, "__module__", "") or "").startswith("django.")



def told(error):
    """An exception in one line, without what is new each time."""
    text = smoke_pages.masked(text_type(" ".join(safe_text(error).split())))
    text = re.sub(r"0x[0-9a-f]+", "0x0", text)
    return "%s: %s" % (type(error).__name__, text[:300])


def safe_text(error):
    try:
        return text_type(error)
    except Exception:
        return repr(error)


def run_on_commit():
    """Do what waits for the end of the transaction, as it would after a real request."""
    from django.db import connections

    for connection in connections.all():
        waiting = getattr(connection, "run_on_commit", None) or []
        connection.run_on_commit = []
        for entry in waiting:
            entry[1]()


def sent_data(step):
    """The data of a step, with the files it uploads."""
    import smoke_values

    data = dict(step.get("data") or {})
    for name in step.get("files") or ():
        data[name] = smoke_values.upload("smoke", True)
    return data


def header_items(response):
    return list(response.items())


def listed(value):
    return value if isinstance(value, list) else [value] if value is not None else []


def context_keys(response):
    """The names that views and context processors of the project give to templates."""
    context = getattr(response, "context", None)
    if context is None:
        return []
    found = set()
    for part in flat(context):
        found.update(text_type(key) for key in part if isinstance(key, (str, text_type)))
    return sorted(key for key in found if key not in DJANGO_KEYS and not key.startswith("_"))


def flat(context):
    """The dictionaries that a response's contexts are made of."""
    for part in context if isinstance(context, list) else [context]:
        for layer in getattr(part, "dicts", None) or ([part] if isinstance(part, dict) else []):
            if isinstance(layer, dict):
                yield layer
            elif hasattr(layer, "dicts"):
                for inner in flat(layer):
                    yield inner


def messages_of(response):
    """The messages a view left for the user."""
    request = getattr(response, "wsgi_request", None)
    storage = getattr(request, "_messages", None)
    queued = getattr(storage, "_queued_messages", None) or []
    return [smoke_pages.masked(text_type(one.message)) for one in queued]


def forms_in(response):
    """The Django forms in a response's context, those of formsets not included."""
    from django.forms import BaseForm

    found = []
    for layer in flat(getattr(response, "context", None) or []):
        for value in list(layer.values()):
            inner = getattr(value, "form", None)
            for one in (value, inner):
                if isinstance(one, BaseForm) and not any(one is known for known in found):
                    found.append(one)
    return found


def form_errors(response):
    """Which fields of which forms have errors."""
    found = {}
    for form in forms_in(response):
        if form.is_bound and form.errors:
            own = not type(form).__module__.startswith("django.")
            found[type(form).__name__ if own else "form"] = sorted(text_type(name) for name in form.errors)
    return found


def admin_digest(page, response):
    """What matters of a page of the admin, whose markup is Django's: its list, its fields, its title."""
    changes = next((layer["cl"] for layer in flat(response.context or []) if "cl" in layer), None)
    digest = {"title": next((page.lines[at + 1] for at, line in enumerate(page.lines[:-1]) if line == "<h1>"), "")}
    if changes is not None:
        digest["columns"] = [text_type(name) for name in changes.list_display]
        digest["rows"] = [text_type(row) for row in list(changes.result_list)[:20]]
        digest["cells"] = cells_of(page)
    names = set(re.sub(r"-\d+-", "-N-", name) for form in page.forms if form["method"] == "post" for name in form["data"])
    names.update(name for form in page.forms for name in form["files"])
    digest["inputs"] = sorted(name for name in names if not name.startswith(("_", "csrf", "initial-", "select_across", "index")))
    return digest


def cells_of(page):
    """The texts of the cells of a changelist that display the project's own values."""
    found, field = [], None
    for line in page.lines:
        match = re.match(r'<t[dh] .*class="(?:[\w-]+ )*field-([\w]+)', line)
        if match:
            field = match.group(1)
        elif line.startswith("<") and not line.startswith(INLINE):
            field = None
        elif field and not line.startswith("<"):
            found.append("%s: %s" % (field, line))
    return found[:200]


def mail_facts(message):
    body = [smoke_pages.masked(line.strip()) for line in message.body.splitlines() if line.strip()][:100]
    recipients = sorted(text_type(one) for one in list(message.to) + list(message.cc) + list(message.bcc))
    return {"subject": smoke_pages.masked(text_type(message.subject)), "to": recipients, "lines": body}


def masked_json(value):
    if isinstance(value, dict):
        return dict((key, masked_json(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return [masked_json(inner) for inner in value[:50]]
    return smoke_pages.masked(value) if isinstance(value, text_type) else value
