"""How one takes part in a meeting, from what a feed says about its street, its links and its room."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meetings.feeds.reading import Row, excerpt
from rules.listing import Attendance, Online, Status
from rules.video_hosts import host_of, is_video_host, opens_a_meeting

# Readers drop a dial-in that is shorter when only digits, +, comma and # are counted.
SHORTEST_PHONE = 10


@dataclass(frozen=True, slots=True)
class Links:
    """The ways to join. `surely`: one of them is known to lead into a meeting."""

    online: Online
    surely: bool

    @property
    def maybe(self) -> bool:
        """Whether there is any way at all."""
        return bool(self.online.url or self.online.phone)


@dataclass(frozen=True, slots=True)
class Clues:
    """What decides. The `only_...` and `says_hybrid` are said outright by the feed; the rest is inferred.

    `has_place`: some address, be it only a town; `has_street`: one can find the door.
    """

    links: Links
    has_place: bool
    has_street: bool
    room_shut: bool = False
    only_online: bool = False
    only_in_person: bool = False
    says_hybrid: bool = False
    says_online: bool = False
    says_inactive: bool = False

    @property
    def joinable(self) -> bool:
        """Whether one can take part from afar. A doubtful link counts where there is no street."""
        return self.links.surely or (self.links.maybe and not self.has_street)


def read_links(row: Row, url: str, url_notes: str, phone: str, phone_notes: str) -> Links:
    """The ways to join of a row. An address that is none moves to the notes; nothing is lost."""
    address, is_sure = _address(row, url)
    if url and not address:
        url_notes = "\n".join(filter(None, (url_notes, url)))
    dialled = re.sub(r"[^0-9+,#]", "", phone)
    if phone and len(dialled) < SHORTEST_PHONE:
        row.problem("short_phone", _("“%(phone)s” is too short to dial in.") % {"phone": excerpt(phone)})
    online = Online(address, url_notes, phone, phone_notes)
    return Links(online, is_sure or len(dialled) >= SHORTEST_PHONE)


def _address(row: Row, url: str) -> tuple[str, bool]:
    """The address to open, "" if it is none, and whether it surely opens a meeting."""
    if not url:
        return "", False
    if not host_of(url) and "://" not in url and is_video_host(url.partition("/")[0].partition("?")[0]):
        row.guess("no_scheme", _("“https://” was put before “%(url)s”.") % {"url": excerpt(url)})
        url = f"https://{url}"
    if not host_of(url) or " " in url:
        row.problem("bad_link", _("“%(url)s” is no link. It was moved to the notes.") % {"url": excerpt(url)})
        return "", False
    if not is_video_host(host_of(url)):
        row.guess("unknown_host", _("We do not know %(host)s as a video service.") % {"host": host_of(url)})
        return url, False
    if not opens_a_meeting(url):
        row.problem("front_page", _("The link opens no meeting, only %(host)s.") % {"host": host_of(url)})
        return url, False
    return url, True


def decide(row: Row, clues: Clues) -> tuple[Attendance, Status]:
    """Attendance and status. A shut room with a link is an online meeting; without one it is a pause."""
    attendance = _attendance(clues)
    if (clues.room_shut or clues.says_inactive) and not clues.joinable and not clues.only_online:
        if not clues.room_shut:
            row.guess("inactive", _("The feed calls it inactive. Taken as paused."))
        return attendance, Status.PAUSED
    if attendance == Attendance.IN_PERSON and not clues.has_street:
        row.problem("no_street", _("No street and no link: nobody can find the door."))
    if attendance != Attendance.IN_PERSON and not clues.links.maybe:
        row.problem("no_link", _("No link and no phone number to join by."))
    return attendance, Status.ACTIVE


def _attendance(clues: Clues) -> Attendance:
    if clues.only_online or (clues.room_shut and clues.joinable):
        return Attendance.ONLINE
    if clues.says_hybrid:
        return Attendance.HYBRID
    if clues.only_in_person:
        return Attendance.IN_PERSON
    if clues.has_street:
        return Attendance.HYBRID if clues.joinable else Attendance.IN_PERSON
    if clues.has_place and not clues.links.maybe and not clues.says_online:
        return Attendance.IN_PERSON
    return Attendance.ONLINE
