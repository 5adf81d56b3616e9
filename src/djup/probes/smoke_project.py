"""Exercises a site by a plan, or makes the plan first, and reports as JSON lines what each step did.

Usage: smoke_project.py ASK-FILE with ``DJUP_PROBE_OUT`` set. The file holds {"root", "modules", "plan" (a file, or ""),
"coverage" (a folder with coverage.py, or ""), "rc" (its configuration), "seconds", "again" (true for a second run that tells what is unstable)}.
"""

import io
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]
sys.path.append(HERE)

import djup_recorder as recorder  # noqa: E402

MOST_STEPS = 3000
LINKS = 60


class Smoke(object):
    """One run: the site, its objects, its visitor, and the plan."""

    def __init__(self, asked, root):
        self.asked = asked
        self.root = root
        self.began = None
        self.own = {}

    def is_own_file(self, path):
        """Whether a path lies in the project and in none of its environments."""
        if not path or path.startswith("<"):
            return False
        real = os.path.realpath(path)
        return real.startswith(self.root + os.sep) and "site-packages" not in real

    def is_own(self, module):
        """Whether a module is the project's."""
        if module not in self.own:
            found = sys.modules.get(module)
            self.own[module] = self.is_own_file(getattr(found, "__file__", "") or "")
        return self.own[module]

    def tell(self, kind, subject, facts):
        recorder.write("smoke.jsonl", {"kind": kind, "subject": subject, "facts": facts})

    def try_part(self, kind, subject, work, *arguments):
        """Do one piece of work and tell what came of it."""
        import smoke_requests
        import smoke_site

        try:
            facts = smoke_site.limited(self.isolated, lambda client: work(*arguments))
        except smoke_site.TookTooLong:
            facts = {"raised": "it took more than %d seconds" % smoke_site.EACH_SECONDS}
        except SystemExit as error:
            facts = {"raised": "SystemExit: %s" % error}
        except Exception as error:
            facts = {"raised": smoke_requests.told(error)}
        self.tell(kind, subject, facts)

    def own_modules(self):
        """The project's own modules, all of them imported where they can be."""
        import importlib

        for name in self.asked["modules"]:
            try:
                importlib.import_module(name)
            except BaseException:
                continue
        return [sys.modules[name] for name in sorted(sys.modules) if sys.modules[name] is not None and self.is_own(name)]

    def run(self):
        import smoke_clock
        import smoke_objects
        import smoke_site

        self.began = smoke_clock.real_time()
        self.isolated = smoke_site.make_isolation()
        modules = self.own_modules()
        self.objects = smoke_objects.Objects()
        people = smoke_site.People(self.objects)
        self.models = smoke_site.own_models(self.is_own)
        for model in self.models:
            self.objects.of(model)
        smoke_clock.move(8 * smoke_clock.DAY)
        tables = set(model._meta.db_table for model in self.models)
        import smoke_parts
        import smoke_requests

        templates = smoke_parts.own_templates(self.is_own_file)
        self.visitor = smoke_requests.Visitor(people, self.isolated, self.is_own_file, tables, templates)
        self.parts(modules)
        self.inventory(modules)
        if self.asked.get("fixture"):
            self.write_fixture()
        if self.asked["plan"]:
            self.replay()
        else:
            self.explore(people.names())

    def parts(self, modules):
        import smoke_parts

        self.tell("middleware", "settings", {"order": smoke_parts.middleware()})
        self.try_part("signals", "receivers", lambda: {"connected": smoke_parts.signals(modules, self.is_own)})
        for model in self.models:
            self.try_part("model", "%s.%s" % (model.__module__, model.__name__), smoke_parts.model_facts, self.objects, model)
        for name, cls in sorted(smoke_parts.own_forms(modules, self.is_own).items()):
            self.try_part("form", name, smoke_parts.form_facts, cls)
        for name, app in sorted(smoke_parts.own_commands(self.is_own_file).items()):
            self.try_part("command", name, smoke_parts.command_facts, app, name)
        for name in sorted(smoke_parts.own_templates(self.is_own_file)):
            self.try_part("template", name, smoke_parts.template_facts, name)

    def inventory(self, modules):
        """Tell where each part of the site is defined."""
        import smoke_inventory

        told = set()
        for what, name, found in smoke_inventory.parts_of(modules, self.models, self.is_own, self.is_own_file):
            place = smoke_inventory.place_of(found)
            if place is not None and (what, name) not in told:
                told.add((what, name))
                self.tell("part", "%s %s" % (what, name), dict(place, what=what, name=name, file=os.path.relpath(place["file"], self.root)))

    def write_fixture(self):
        """Write the rows of the project's own models, and its users, as a fixture."""
        from django.core import serializers

        models = [model for model in self.objects.made if model not in self.models] + self.models
        rows = [row for model in models for row in model._base_manager.order_by("pk")]
        with io.open(os.path.join(recorder.OUT, "fixture.json"), "w", encoding="utf-8") as handle:
            text = serializers.serialize("json", rows, indent=1)
            handle.write(text if isinstance(text, type(u"")) else text.decode("utf-8"))

    def replay(self):
        """Do the steps of a plan made earlier."""
        with io.open(self.asked["plan"], encoding="utf-8") as handle:
            plan = json.load(handle)
        for step in plan:
            facts, _ = self.visitor.visit(step)
            self.tell("request", step["id"], facts)
        self.routes_now()

    def routes_now(self):
        import smoke_routes

        for route in smoke_routes.all_routes():
            self.tell("route", route.name or route.shown, {"view": route.view, "shown": route.shown})

    def is_over(self):
        import smoke_clock

        return smoke_clock.real_time() - self.began > self.asked["seconds"] or len(self.plan) >= MOST_STEPS

    def explore(self, names):
        """Make the plan while doing it: every route as everybody, then the forms and links on its pages."""
        import smoke_parts
        import smoke_routes

        self.plan, self.known, self.links = [], set(), 0
        addresses = smoke_routes.Addresses(self.objects)
        reached, left_out = 0, []
        standard = dict((path, own) for path, own in smoke_parts.admin_steps(self.objects, self.is_own))
        routes = smoke_routes.all_routes()
        for route in routes:
            if route.admin and is_standard(route.name):
                continue
            path = self.address(route, addresses, names)
            self.tell("route", route.name or route.shown, {"view": route.view, "shown": route.shown, "address": path or ""})
            if path is None or self.is_over():
                left_out.append(route.shown)
                continue
            reached += 1
            self.explore_path(path, names, route)
        for path, own in sorted(standard.items()):
            if not self.is_over() and own:
                self.explore_path(path, names, None)
            elif not self.is_over():
                self.do("GET", path, names[-1])
        with io.open(os.path.join(recorder.OUT, "plan.json"), "w", encoding="utf-8") as handle:
            text = json.dumps(self.plan)
            handle.write(text if isinstance(text, type(u"")) else text.decode("utf-8"))
        counted = [route for route in routes if not (route.admin and is_standard(route.name))]
        self.tell("meta", "routes", {"all": len(counted), "reached": reached, "left_out": left_out, "admin": len(standard)})

    def address(self, route, addresses, names):
        """The address of a route to ask, None where none can be made of what is there."""
        try:
            return self.choose(route, addresses.of(route), names)
        except Exception:
            return None

    def choose(self, route, paths, names):
        """The address of a route that answers best; None where there is none."""
        if len(paths) < 2:
            return paths[0] if paths else None
        best = None
        for path in paths:
            facts, _ = self.visitor.visit({"method": "GET", "path": path, "as": names[-1]})
            status = facts.get("status", 599)
            if status < 400:
                return path
            rank = 1 if status in (403, 405) else 0
            if best is None or rank > best[0]:
                best = (rank, path)
        return best[1]

    def do(self, method, path, who, **more):
        """Do a step that is new, and put it into the plan."""
        step = dict(more, method=method, path=path)
        step["as"] = who
        key = json.dumps(step, sort_keys=True)
        if key in self.known:
            return {}, None
        self.known.add(key)
        number = len([one for one in self.plan if (one["method"], one["path"], one["as"]) == (method, path, who)])
        step["id"] = "%s %s as %s" % (method, path, who) + (" (%d)" % (number + 1) if number else "")
        facts, page = self.visitor.visit(step)
        self.plan.append(step)
        self.tell("request", step["id"], facts)
        return facts, page

    def explore_path(self, path, names, route):
        import smoke_routes

        for who in names:
            facts, page = self.do("GET", path, who)
            posts = 0
            if page is not None and facts.get("status", 500) < 400:
                posts = self.submit_forms(path, who, page)
                self.follow_links(path, who, page)
            if not posts and (facts.get("status") == 405 or route is not None and not facts.get("admin") and facts.get("status") not in (404, 301)):
                self.do("POST", path, who, data={})
        if route is not None and hasattr(route.callback, "cls"):
            self.explore_api(path, names)

    def explore_api(self, path, names):
        """What a view of Django REST framework says of itself, and what it makes of data it asks for."""
        import smoke_api

        for who in (names[0], names[-1]):
            facts, _ = self.do("OPTIONS", path, who, accept="application/json")
            self.do("GET", path, who, accept="application/json")
            for method, data in smoke_api.writes(facts.get("json")):
                self.do(method, path, who, json=data, accept="application/json")

    def submit_forms(self, path, who, page):
        """Send the forms of a page, filled in; tells how many of them were sent to the page itself by POST."""
        import smoke_pages
        import smoke_requests

        sent = 0
        for form in page.forms[:4]:
            known = smoke_requests.forms_in(page.response)
            target = absolute(path, form["action"])
            if target is None:
                continue
            try:
                data, files = smoke_pages.filled(form, known)
            except Exception:
                continue
            if form["method"] == "post":
                more = {"files": files} if files else {}
                self.do("POST", target, who, data=data, **more)
                sent += target.partition("?")[0] == path.partition("?")[0]
            elif who != "anonymous" or page.response.status_code == 200:
                self.do("GET", target.partition("?")[0] + "?" + query_of(data), who)
        return sent

    def follow_links(self, path, who, page):
        """Follow links of a page that differ from it by their query alone."""
        for link in page.links:
            target = absolute(path, link)
            if target is None or "?" not in target or self.links >= LINKS:
                continue
            if target.partition("?")[0] == path.partition("?")[0] and target != path and not target.startswith("/admin"):
                self.links += 1
                self.do("GET", target, who)


def is_standard(name):
    """Whether a route is one of the pages the admin makes for each model."""
    return name.rpartition("_")[2] in ("changelist", "add", "change", "delete", "history", "autocomplete") and name.count("_") >= 2 or name == ""


def absolute(path, target):
    """A link's or a form's target on this site, None for what leads elsewhere."""
    target = target.split("#")[0].strip()
    if not target:
        return path
    if target.startswith("?"):
        return path.partition("?")[0] + target
    if "://" in target or target.startswith(("//", "mailto:", "javascript:", "tel:", "data:")):
        return None
    return target if target.startswith("/") else path.partition("?")[0].rpartition("/")[0] + "/" + target


def query_of(data):
    """Data as the query of an address."""
    try:
        from urllib.parse import urlencode
    except ImportError:
        from urllib import urlencode
    pairs = []
    for name in sorted(data):
        values = data[name] if isinstance(data[name], list) else [data[name]]
        pairs += [(name.encode("utf-8"), value.encode("utf-8")) for value in values]
    return urlencode(pairs)


def set_up(smoke):
    """Bring the site up with a test database; tells what could not be, and returns what takes it down again."""
    import smoke_requests
    import smoke_site

    try:
        import django
        from django.conf import settings

        settings.INSTALLED_APPS
        smoke_site.soften()
        if hasattr(django, "setup"):
            django.setup()
    except BaseException as error:
        smoke.tell("meta", "setup", {"raised": smoke_requests.told(error)})
        return None
    runner = smoke_site.runner_of()
    runner.setup_test_environment()
    try:
        old = runner.setup_databases()
    except (Exception, SystemExit) as error:
        if os.environ.get(smoke_site.SQLITE):
            smoke.tell("meta", "setup", {"raised": smoke_requests.told(error)})
            return None
        recorder.write("smoke.jsonl", {"kind": "meta", "subject": "fallback", "facts": {"reason": smoke_requests.told(error)}})
        os.environ[smoke_site.SQLITE] = "1"
        os.execv(sys.executable, [sys.executable] + sys.argv)
    smoke.tell("meta", "setup", {"django": django.get_version(), "python": "%d.%d" % sys.version_info[:2], "database": smoke_site.database()})
    return lambda: runner.teardown_databases(old)


def main():
    with io.open(sys.argv[1], encoding="utf-8") as handle:
        asked = json.load(handle)
    root = os.path.realpath(asked["root"])
    if asked["again"] and os.environ.get("PYTHONHASHSEED") != "1":
        os.environ["PYTHONHASHSEED"] = "1"
        os.execv(sys.executable, [sys.executable] + sys.argv)
    import smoke_clock
    import smoke_cover

    cover = smoke_cover.start(asked["rc"], asked["coverage"]) if asked["coverage"] else None
    smoke_clock.install()
    sys.path.insert(0, os.getcwd())
    smoke = Smoke(asked, root)
    tear_down = set_up(smoke)
    if tear_down is None:
        return
    try:
        smoke.run()
        smoke.tell("meta", "end", {"seconds": smoke_clock.real_time() - smoke.began})
    finally:
        if cover is not None:
            smoke_cover.finish(cover, root, os.path.join(recorder.OUT, "coverage.json"))
        tear_down()


if __name__ == "__main__":
    main()
