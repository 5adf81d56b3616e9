"""``FixedOffset(60, "x")`` is ``timezone(timedelta(minutes=60), "x")`` of datetime."""

from __future__ import annotations

from djup.fixers.engine.patch import Patch, receiver_of
from djup.source.calls import call_of
from djup.source.made import is_made_by
from djup.source.tree import field, text_of


def fixed_offset(patch: Patch) -> None:
    """``FixedOffset(60, "x")`` is ``timezone(timedelta(minutes=60), "x")`` of datetime.

    https://docs.djangoproject.com/en/2.2/releases/2.2/#features-deprecated-in-2-2
    """
    for node in patch.module.uses("django.utils.timezone.FixedOffset"):
        call = call_of(node)
        if patch.skips(node):
            continue
        if (
            call is None
            or call.unpacks
            or len(call.positional) not in {1, 2}
            or len(call.arguments) > len(call.positional)
        ):
            patch.report(node)
            continue
        zone, delta = (patch.need("datetime", name, node) for name in ("timezone", "timedelta"))
        minutes, *name = (text_of(one.value).decode() for one in call.positional)
        patch.replace(call.node, f"{zone}({', '.join([f'{delta}(minutes={minutes})', *name])})")


_ZONES = ("django.utils.timezone.get_current_timezone", "django.utils.timezone.get_default_timezone")


def zone_methods(patch: Patch) -> None:
    """``get_current_timezone().localize(day)`` is ``make_aware(day, get_current_timezone())``.

    https://docs.djangoproject.com/en/4.0/releases/4.0/#zoneinfo-default-timezone-implementation
    """
    for name in ("localize", "normalize"):
        for node in patch.module.attributes(name):
            if not is_made_by(patch.module, field(node, "object"), _ZONES) or patch.skips(node):
                continue
            call = call_of(node)
            if name == "normalize" or call is None or len(call.arguments) != 1 or not call.positional:
                patch.report(node)
                continue
            day = text_of(call.positional[0].value).decode()
            aware = patch.need("django.utils.timezone", "make_aware", node)
            patch.replace(call.node, f"{aware}({day}, {receiver_of(node)})")
