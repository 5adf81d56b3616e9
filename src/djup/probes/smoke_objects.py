"""Objects of every model of the project, made and saved; fields, uniqueness, choices and relations are respected."""

import smoke_clock
import smoke_values

EACH = 4
DEPTH = 6
PASSWORD = "smoke-Pass-1"


def label_of(model):
    """app.Model, the same in all releases."""
    return "%s.%s" % (model._meta.app_label, model._meta.object_name)


def fields_of(model):
    """The fields that a row of the model's table, or of its parents', is made of."""
    return [field for field in model._meta.fields if getattr(field, "column", True)]


def target_of(field):
    """The model a relation leads to, None for other fields."""
    remote = getattr(field, "remote_field", None) or getattr(field, "rel", None)
    return getattr(remote, "model", None) or getattr(remote, "to", None) if remote else None


def is_generated(field):
    return type(field).__name__ == "GeneratedField"


def atomic():
    """One transaction of its own, by whatever name the release has it."""
    from django.db import transaction

    return transaction.atomic() if hasattr(transaction, "atomic") else transaction.commit_on_success()


class Objects(object):
    """What was made, by model, and why some could not be."""

    def __init__(self):
        self.made = {}
        self.failed = {}
        self.wrong = {}
        self._making = []

    def users(self, model):
        """Make the people who visit: a user, a superuser and two more."""
        names = ("user", "staff", "other", "last")
        for number, name in enumerate(names, start=1):
            known = {"username": name, "email": name + "@example.org", "is_active": True, "is_staff": name == "staff"}
            known["is_superuser"] = name == "staff"
            login = getattr(model, "USERNAME_FIELD", "username")
            known.setdefault(login, name)
            self._one(model, number, known)

    def of(self, model):
        """The objects of a model, made where there are none yet."""
        if model._meta.proxy:
            model = model._meta.concrete_model if hasattr(model._meta, "concrete_model") else model._meta.proxy_for_model
        if model not in self.made and model not in self._making and len(self._making) < DEPTH:
            self._making.append(model)
            try:
                for number in range(1, EACH + 1):
                    self._one(model, number, {})
            finally:
                self._making.remove(model)
        return self.made.get(model, [])

    def _one(self, model, number, known):
        smoke_clock.move(number * smoke_clock.DAY)
        smoke_clock.seed("%s %d" % (label_of(model), number))
        try:
            with atomic():
                row = self._build(model, number, known)
                row.save()
                self.made.setdefault(model, []).append(row)
                wrong = self._read_back(row)
        except Exception as error:
            there = self._there(model, number)
            if there is not None:
                self.made.setdefault(model, []).append(there)
            elif model not in self.failed:
                self.failed[model] = error
            return
        self.wrong.setdefault(model, set()).update(wrong)
        try:
            with atomic():
                self._relate(row)
        except Exception as error:
            self.failed.setdefault(model, error)

    def _there(self, model, number):
        """A row that a signal or a migration made already."""
        try:
            with atomic():
                rows = list(model._default_manager.order_by("pk")[number - 1:number])
        except Exception:
            return None
        known = [one.pk for one in self.made.get(model, [])]
        return rows[0] if rows and rows[0].pk not in known else None

    def _build(self, model, number, known):
        row = model()
        names = [field.name for field in fields_of(model)]
        for field in fields_of(model):
            if field.name in known:
                setattr(row, field.name, known[field.name])
            elif field.name == "password" and hasattr(row, "set_password"):
                row.set_password(PASSWORD)
            elif not self._is_left(field, row):
                self._fill(row, field, names, number)
        self._fill_generic(row)
        return row

    def _is_left(self, field, row):
        """Whether a field has its value already, or gets it from the database or from itself."""
        if is_generated(field) or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            return True
        if type(field).__name__.endswith("AutoField") or getattr(getattr(field, "remote_field", None) or getattr(field, "rel", None), "parent_link", False):
            return True
        return field.has_default() and target_of(field) is None and not field.unique

    def _fill(self, row, field, names, number):
        target = target_of(field)
        if target is not None and not isinstance(target, str):
            self._fill_relation(row, field, target, number)
            return
        place = smoke_values.rank(names, field.name, number)
        for value in smoke_values.values_for(field, field.name, place):
            try:
                field.clean(value, row)
            except Exception:
                continue
            setattr(row, field.name, value)
            return
        if field.null or field.has_default() or field.blank:
            return
        setattr(row, field.name, smoke_values.values_for(field, field.name, place)[0])

    def _fill_relation(self, row, field, target, number):
        if isinstance(row, target) and field.null:
            return
        rows = self.of(target)
        if rows:
            at = number - 1 if field.unique or number > 2 else 0
            setattr(row, field.name, rows[at % len(rows)])

    def _fill_generic(self, row):
        """Point a generic relation at something that is there."""
        virtual = getattr(row._meta, "private_fields", None) or getattr(row._meta, "virtual_fields", ())
        for field in virtual:
            if not hasattr(field, "ct_field"):
                continue
            others = sorted((model for model in self.made if not isinstance(row, model)), key=label_of)
            if others:
                setattr(row, field.name, self.made[others[-1]][0])

    def _relate(self, row):
        """Fill many-to-many relations whose rows hold nothing else."""
        for field in row._meta.many_to_many:
            target = target_of(field)
            remote = getattr(field, "remote_field", None) or getattr(field, "rel", None)
            through = getattr(remote, "through", None)
            if target is None or through is None or not getattr(through._meta, "auto_created", False):
                continue
            rows = self.of(target)[:2]
            if rows and not isinstance(row, target):
                getattr(row, field.name).add(*rows)

    def _read_back(self, row):
        """The fields that a saved row gives back otherwise than they were set."""
        again = type(row)._base_manager.get(pk=row.pk) if hasattr(type(row), "_base_manager") else row
        wrong = set()
        for field in fields_of(type(row)):
            old, new = getattr(row, field.attname), getattr(again, field.attname)
            if hasattr(old, "url") or old == new or is_generated(field):
                continue
            if field.to_python(old) != new if hasattr(field, "to_python") else True:
                wrong.add(field.name)
        return wrong
