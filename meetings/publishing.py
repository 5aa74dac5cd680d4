"""What the addresses of the feeds and the export command share: the site's word on itself, its calendars."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import exporting, notice
from meetings.feeds import json_ld
from meetings.feeds.ical import Words
from meetings.feeds.marking import SENTENCE
from meetings.feeds.site import Site
from meetings.models import Meeting

LOCAL = "http://127.0.0.1:8000"
"""Where `make run` listens: the site's address where neither a setting nor a request tells it."""


def site(root: str = LOCAL, *, in_words: bool = False) -> Site:
    """This site, at `SITE_URL` or else at `root`. `in_words`: the notice in the reader's language."""
    said = str(notice.SENTENCE) if in_words else SENTENCE
    return Site(settings.SITE_URL or root, settings.SITE_NAME, said if notice.needed() else "")


def structured(meeting: Meeting, root: str) -> str:
    """A meeting for search engines, as JSON that is safe within a page; its next date as the row has it."""
    here = site(root, in_words=True)
    [one] = exporting.of([meeting.pk])
    return json_ld.script(replace(one, next_start=meeting.next_start, next_end=meeting.next_end), here)


def calendar_words(name: str = "") -> Words:
    """What a calendar says, in the language of its reader."""
    return Words(
        name=name or _("Meetings"),
        neutral=_("Appointment"),
        online=_("Online"),
        page=_("Details and how to join: %(url)s"),
        language=(get_language() or "en").partition("-")[0],
    )
