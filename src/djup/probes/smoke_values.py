"""Values that model fields and form fields accept, made from names and numbers alone, so that each run makes the same."""

import datetime
import decimal
import itertools
import uuid
import zlib

import smoke_clock

TEXTS = (
    "a", "1", "12", "12345", "12345678", "AB12", "+12025550123", "2025550123", "202-555-0123", "a@example.org",
    "http://example.org/", "#a1b2c3", "10.0.0.1", "12:00", "2024-01-05", "en", "US", "USD", "{}", "[]", "A", "a-b",
    "00:11:22:33:44:55", "1,2", "example.org", "/a/", "Europe/Berlin", "0 0 * * *", "a.b", "DE89370400440532013000",
)  # fmt: skip
LATER = ("end", "expir", "until", "due", "deadline", "valid_to", "finish", "close", "next")
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
ORDERS = tuple(order for order in itertools.permutations(range(1, 5)) if order != (1, 2, 3, 4))

text_type = type(u"")


def rank(names, name, number):
    """The place of the object with this number in the order by this field: another order for each field of a model."""
    at = sorted(names).index(name) * 7 + 3
    return ORDERS[at % len(ORDERS)][(number - 1) % 4] + 4 * ((number - 1) // 4)


def instant(field_name, place):
    """A moment some days before the clock's, or after it where the name says so."""
    days = place if any(word in field_name for word in LATER) else -place
    return datetime.datetime.utcfromtimestamp(smoke_clock.START + days * smoke_clock.DAY + place * 3600)


def aware(moment):
    """The moment as the project's settings want it."""
    from django.conf import settings

    if not getattr(settings, "USE_TZ", False):
        return moment
    from django.utils import timezone

    zone = getattr(timezone, "utc", None) or datetime.timezone.utc
    return moment.replace(tzinfo=zone)


def text_for(name, place, limit):
    """A text that tells its field and its place; cut from the left, so that it stays unlike its neighbours."""
    text = u"%s %d" % (name.replace("_", " "), place)
    return text if not limit or len(text) <= limit else text[-limit:].strip() or text_type(place)[-limit:]


def upload(name, picture):
    """A small file to upload."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    if picture:
        return SimpleUploadedFile(str(name + ".gif"), GIF, content_type="image/gif")
    return SimpleUploadedFile(str(name + ".txt"), b"smoke\n", content_type="text/plain")


def kinds(field):
    """The names of a field's classes, nearest first, with what it says it is stored as."""
    names = [cls.__name__ for cls in type(field).__mro__]
    stored = getattr(field, "get_internal_type", None)
    try:
        return names + [stored()] if stored else names
    except Exception:
        return names


def _decimal(field, place):
    digits = getattr(field, "max_digits", None) or 6
    places = getattr(field, "decimal_places", None) or 0
    whole = 10 ** max(digits - places, 0) - 1
    return decimal.Decimal(min(place, whole)).quantize(decimal.Decimal(1).scaleb(-places))


def _by_kind(field, name, place, kind):
    """The value of a field of one known kind, as a list of none or one."""
    moment = instant(name, place)
    limit = getattr(field, "max_length", None)
    slug = text_for(name.replace("_", "-"), place, limit).replace(" ", "-").strip("-")
    makers = {
        "BooleanField": lambda: place % 4 != 0,
        "NullBooleanField": lambda: place % 4 != 0,
        "DateTimeField": lambda: aware(moment),
        "DateField": lambda: moment.date(),
        "TimeField": lambda: moment.time().replace(microsecond=0),
        "DurationField": lambda: datetime.timedelta(hours=place),
        "DecimalField": lambda: _decimal(field, place),
        "FloatField": lambda: place + 0.5,
        "IntegerField": lambda: place,
        "EmailField": lambda: u"%s%d@example.org" % (name.replace("_", "-")[:20], place),
        "URLField": lambda: u"http://example.org/%s" % slug,
        "SlugField": lambda: slug,
        "UUIDField": lambda: uuid.UUID(int=zlib.crc32(name.encode("utf-8")) * 10 + place, version=4),
        "GenericIPAddressField": lambda: u"10.0.0.%d" % place,
        "IPAddressField": lambda: u"10.0.0.%d" % place,
        "JSONField": lambda: {"key": place},
        "ArrayField": lambda: [],
        "HStoreField": lambda: {},
        "BinaryField": lambda: b"smoke",
        "ImageField": lambda: upload(slug, True),
        "FileField": lambda: upload(slug, False),
        "FilePathField": lambda: (field.choices or [("", "")])[-1][0],
        "CommaSeparatedIntegerField": lambda: u"1,%d" % place,
        "TextField": lambda: text_for(name, place, limit),
        "CharField": lambda: text_for(name, place, limit),
    }
    return [makers[kind]()] if kind in makers else []


def choice_values(choices):
    """The values of choices, groups opened."""
    found = []
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            found += [inner for inner, _ in label]
        else:
            found.append(value)
    return [value for value in found if value not in (None, "")]


def values_for(field, name, place):
    """What a field may accept, the likeliest first."""
    found = []
    choices = getattr(field, "choices", None)
    try:
        found = choice_values(choices) if choices else []
    except Exception:
        found = []
    if found:
        found = found[(place - 1) % len(found):] + found
    for kind in kinds(field):
        found += _by_kind(field, name, place, kind)
    return found + [text_type(place), place] + [text_type(text) for text in TEXTS]
