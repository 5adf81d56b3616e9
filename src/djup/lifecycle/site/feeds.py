"""Atom feeds of what happened: releases that came out and support that ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from djup.lifecycle.events import Event
from djup.lifecycle.site.settings import Settings

NAMESPACE = "http://www.w3.org/2005/Atom"
ENTRIES = 50


def feed(settings: Settings, title: str, path: str, events: Iterable[Event]) -> bytes:
    """The feed at a path: its newest entries up to the day of the site."""
    happened = sorted((event for event in events if event.day <= settings.day), key=lambda one: (one.day, one.key))
    newest = list(reversed(happened))[:ENTRIES]
    root = ET.Element("feed", xmlns=NAMESPACE)
    _text(root, "title", title)
    _text(root, "id", _id(path.strip("/")))
    _text(root, "updated", _moment(newest[0].day if newest else settings.day))
    ET.SubElement(root, "link", rel="self", href=settings.address(path))
    _text(ET.SubElement(root, "author"), "name", settings.title)
    for event in newest:
        entry = ET.SubElement(root, "entry")
        _text(entry, "title", event.sentence)
        _text(entry, "id", _id(event.key))
        _text(entry, "updated", _moment(event.day))
        ET.SubElement(entry, "link", href=settings.address(f"/{event.product}/"))
        ET.SubElement(entry, "category", term=event.kind)
        _text(entry, "summary", f"{event.sentence} ({event.day.isoformat()}).")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _id(name: str) -> str:
    return f"tag:lifecycle.djup,2026:{name}"


def _moment(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
