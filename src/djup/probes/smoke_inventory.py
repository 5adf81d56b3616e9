"""Where the parts of a site are defined: views, models, forms, commands, template tags, with the lines of their bodies."""

import ast
import inspect
import os
import sys

import smoke_parts
import smoke_routes

_trees = {}


def parts_of(modules, models, is_own, is_own_file):
    """Every part as (what, name, object)."""
    for route in smoke_routes.all_routes():
        found = smoke_routes.view_class(route.callback) or smoke_routes.unwrapped(route.callback)
        if is_own(getattr(found, "__module__", "") or ""):
            yield "view", route.view, found
    for model in models:
        yield "model", "%s.%s" % (model.__module__, model.__name__), model
    for name, form in smoke_parts.own_forms(modules, is_own).items():
        yield "form", name, form
    for name, app in smoke_parts.own_commands(is_own_file).items():
        module = sys.modules.get("%s.management.commands.%s" % (app, name))
        if module is not None and hasattr(module, "Command"):
            yield "command", name, module.Command
    for module in modules:
        register = getattr(module, "register", None)
        for kind in ("tags", "filters"):
            for name, function in sorted(getattr(register, kind, {}).items()):
                inner = smoke_routes.unwrapped(getattr(function, "_decorated_function", function))
                if is_own(getattr(inner, "__module__", "") or ""):
                    yield "template tag", name, inner


def place_of(found):
    """The file of a class or a function and the lines of the statements that run when it is used, or None."""
    try:
        path = inspect.getsourcefile(found)
        lines, first = inspect.getsourcelines(found)
    except (IOError, OSError, TypeError):
        return None
    body = [line for line in bodies(path) if first <= line < first + len(lines)]
    return {"file": os.path.realpath(path), "first": first, "body": body}


def bodies(path):
    """The lines of a file where statements inside functions begin; docstrings are none."""
    if path not in _trees:
        with open(path, "rb") as handle:
            tree = ast.parse(handle.read())
        found = set()
        for function in ast.walk(tree):
            if not isinstance(function, tuple(getattr(ast, name) for name in ("FunctionDef", "AsyncFunctionDef") if hasattr(ast, name))):
                continue
            for at, statement in enumerate(function.body):
                if at == 0 and isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Call):
                    continue
                found.add(statement.lineno)
        _trees[path] = sorted(found)
    return _trees[path]
