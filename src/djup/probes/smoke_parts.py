"""The parts of a site that no request is needed for: models, forms, commands, templates, signals, middleware."""

import inspect
import os
import sys

import smoke_objects
import smoke_pages
import smoke_requests
import smoke_values

text_type = type(u"")


def model_facts(objects, model):
    """Whether a model can be saved and read back, and how its rows show themselves."""
    if model in objects.failed and model not in objects.made:
        return {"raised": smoke_requests.told(objects.failed[model])}
    rows = objects.made.get(model, [])
    shown, addresses = [], []
    for row in rows:
        try:
            shown.append(smoke_pages.masked(text_type(row)))
        except Exception as error:
            shown.append(smoke_requests.told(error))
        if hasattr(row, "get_absolute_url"):
            try:
                addresses.append(smoke_pages.masked(text_type(row.get_absolute_url())))
            except Exception as error:
                addresses.append(smoke_requests.told(error))
    try:
        order = [row.pk for row in model._default_manager.all()[:50]]
    except Exception as error:
        order = [smoke_requests.told(error)]
    return {
        "saved": len(rows),
        "changed": sorted(objects.wrong.get(model, ())),
        "shown": shown,
        "addresses": addresses,
        "order": [smoke_pages.masked(text_type(key)) for key in order],
        "fields": sorted(field.name for field in model._meta.fields),
    }


def own_forms(modules, is_own):
    """The form classes that the project's own modules define."""
    from django.forms import BaseForm

    found = {}
    for module in modules:
        for name, value in sorted(vars(module).items()):
            if inspect.isclass(value) and issubclass(value, BaseForm) and value.__module__ == module.__name__:
                if is_own(value.__module__) and getattr(value, "base_fields", None):
                    found["%s.%s" % (module.__name__, name)] = value
    return found


def form_facts(cls):
    """What a form is made of and says, and whether it takes what its fields take."""
    empty = cls()
    fields = dict((text_type(name), field_facts(field)) for name, field in empty.fields.items())
    data, files = {}, {}
    for name, field in empty.fields.items():
        typed = smoke_pages.form_data(field, name, 1, smoke_pages.stored_field(empty, name))
        if hasattr(typed, "read"):
            files[empty.add_prefix(name)] = typed
        elif typed is not None:
            data[empty.add_prefix(name)] = typed
    bound = cls(data, files)
    valid = bool(bound.is_valid())
    page = smoke_pages.read_page(text_type(cls().as_p()))
    inputs = sorted(line for line in page.lines if line.startswith(("<input", "<select", "<textarea")))
    return {"fields": fields, "valid": valid, "errors": sorted(text_type(name) for name in bound.errors), "inputs": inputs}


def field_facts(field):
    return {"required": bool(field.required), "label": smoke_pages.masked(text_type(field.label or "")), "widget": type(field.widget).__name__}


def own_commands(is_own_file):
    """The management commands of the project's own apps: name -> app."""
    from django.core.management import get_commands

    found = {}
    for name, app in get_commands().items():
        module = sys.modules.get(app if isinstance(app, (str, text_type)) else "")
        if module is not None and is_own_file(getattr(module, "__file__", "") or ""):
            found[name] = app
    return found


def command_facts(app, name):
    """The options a command takes, as its help tells them."""
    from django.core.management import load_command_class

    command = load_command_class(app, name)
    parser = command.create_parser("manage.py", name)
    text = parser.format_help()
    options = []
    for action in getattr(parser, "_actions", None) or getattr(parser, "option_list", ()):
        options += list(getattr(action, "option_strings", ())) or [getattr(action, "dest", "")]
        options += list(getattr(action, "_long_opts", ()))
    return {"helps": bool(text), "options": sorted(text_type(one) for one in set(options) if one)}


def template_folders(is_own_file):
    """The project's own folders of templates, by what the engines search."""
    try:
        from django.template import engines
    except ImportError:
        from django.conf import settings
        from django.template.loaders import app_directories

        folders = list(settings.TEMPLATE_DIRS) + list(app_directories.app_template_dirs)
    else:
        folders = [folder for engine in engines.all() for folder in folders_of(engine)]
    return sorted(set(str(folder) for folder in folders if os.path.isdir(str(folder)) and is_own_file(str(folder))))


def folders_of(engine):
    """The folders of an engine, those that its loaders find included."""
    found = list(getattr(engine, "template_dirs", ()))
    waiting = list(getattr(getattr(engine, "engine", None), "template_loaders", ()))
    while waiting:
        loader = waiting.pop()
        waiting += list(getattr(loader, "loaders", ()))
        if type(loader).__module__.endswith("app_directories"):
            from django.template.utils import get_app_template_dirs

            found += list(get_app_template_dirs("templates"))
        elif hasattr(loader, "get_dirs"):
            found += list(loader.get_dirs())
    return found


def own_templates(is_own_file):
    """The names of the project's own templates with their files."""
    found = {}
    for folder in template_folders(is_own_file):
        for where, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if name.endswith((".html", ".txt", ".xml", ".htm", ".json", ".js", ".eml", ".svg", ".csv", ".tex")):
                    path = os.path.join(where, name)
                    found.setdefault(os.path.relpath(path, folder).replace(os.sep, "/"), path)
    return found


def template_facts(name):
    from django.template.loader import get_template

    get_template(name)
    return {"compiles": True}


def middleware():
    """The middleware in its order."""
    from django.conf import settings

    new = getattr(settings, "MIDDLEWARE", None)
    return list(new if new else getattr(settings, "MIDDLEWARE_CLASSES", ()))


def signals(modules, is_own):
    """The project's own receivers, by signal and sender."""
    import django.core.signals
    import django.db.backends.signals
    import django.db.models.signals
    from django.dispatch import Signal

    known = [django.core.signals, django.db.models.signals, django.db.backends.signals] + list(modules)
    for name in ("django.contrib.auth.signals", "django.test.signals"):
        if name in sys.modules:
            known.append(sys.modules[name])
    found, seen = set(), set()
    senders = sender_names()
    for module in known:
        for name, value in sorted(vars(module).items()):
            if isinstance(value, Signal) and id(value) not in seen:
                seen.add(id(value))
                found.update(receivers_of(name, value, senders, is_own))
    return sorted(found)


def sender_names():
    """What a sender is called, by the number receivers are kept under."""
    try:
        from django.apps import apps
    except ImportError:
        from django.db.models.loading import get_models
    else:
        get_models = apps.get_models
    return dict((id(model), smoke_objects.label_of(model)) for model in get_models())


def receivers_of(signal, value, senders, is_own):
    """One line for each receiver of the project's."""
    for entry in value.receivers:
        receiver = entry[1]
        while type(receiver).__name__ in ("weakref", "ReferenceType", "WeakMethod", "BoundMethodWeakref", "BoundNonDescriptorMethodWeakref"):
            receiver = receiver()
        name = getattr(receiver, "__qualname__", None) or getattr(receiver, "__name__", None) or type(receiver).__name__
        module = getattr(receiver, "__module__", "") or ""
        if receiver is not None and is_own(module):
            sender = senders.get(entry[0][1], "") if isinstance(entry[0], tuple) else ""
            yield u"%s -> %s.%s%s" % (signal, module, name.replace(".<locals>", ""), " of " + sender if sender else "")


def admin_sites():
    """Every site of the admin that is there."""
    if "django.contrib.admin" not in sys.modules:
        return []
    from django.contrib import admin

    try:
        from django.contrib.admin.sites import all_sites
    except ImportError:
        return [admin.site]
    return sorted(all_sites, key=lambda site: site.name)


def admin_steps(objects, is_own):
    """The pages of the admin, for each registered model its list, a new one, and its first object: (path, own?)."""
    try:
        from django.urls import reverse
    except ImportError:
        from django.core.urlresolvers import reverse
    for site in admin_sites():
        for model in sorted(site._registry, key=smoke_objects.label_of):
            rows = objects.made.get(model, [])
            names = [("changelist", ()), ("add", ())]
            if rows:
                names += [("change", (rows[0].pk,)), ("delete", (rows[0].pk,)), ("history", (rows[0].pk,))]
            for page, arguments in names:
                name = "%s:%s_%s_%s" % (site.name, model._meta.app_label, model._meta.object_name.lower(), page)
                try:
                    path = reverse(name, args=arguments)
                except Exception:
                    continue
                yield path, is_own(model.__module__) or is_own(type(site._registry[model]).__module__)
