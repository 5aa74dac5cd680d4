"""`GetChanges`: the history of the meetings as BMLT tells it. Who changed something is nobody's business."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.bmlt.asked import Params, Signed, whole
from meetings.bmlt.book import Book
from meetings.bmlt.php_json import dumps
from meetings.bmlt.refusing import Refused
from meetings.bmlt.selecting import bodies_of, meetings_by_number
from meetings.bmlt.writing import VENUE_TYPES, clock, decimal
from meetings.models import Meeting, Revision
from rules.batches import batched

BATCH = 500
DEEDS = {"created": "new", "changed": "change", "restored": "new", "removed": "delete"}
Flat = dict[str, str]

_PLACE = {
    "name": "location_text",
    "street": "location_street",
    "neighborhood": "location_neighborhood",
    "city": "location_municipality",
    "region": "location_province",
    "postal_code": "location_postal_code_1",
    "country": "location_nation",
    "latitude": "latitude",
    "longitude": "longitude",
}
# Free text and ways to join are often changed to take something back, a name or a passcode: what they were
# stays with us. That they changed is told.
_ONLINE = {
    "url": "virtual_meeting_link",
    "url_notes": "virtual_meeting_additional_info",
    "phone": "phone_meeting_number",
}


def changes(params: Params, book: Book) -> Iterator[bytes]:
    """The changes that are asked for, the newest first, in pieces of a JSON array."""
    wanted = _wanted(params, book)

    def pieces() -> Iterator[bytes]:
        yield b"["
        comma = b""
        for ids in batched(wanted.values_list("pk", flat=True).iterator(), BATCH):
            yield comma + dumps(_told(ids, book))[1:-1]
            comma = b","
        yield b"]"

    return pieces()


def _wanted(params: Params, book: Book) -> QuerySet[Revision]:
    meetings = Meeting.objects.filter(fellowship_id__in=book.fellowships)
    if number := whole(params.one("meeting_id")):
        meetings = meetings.filter(pk__in=meetings_by_number([number], book))
    if number := whole(params.one("service_body_id")):
        bodies, _unwanted = bodies_of(Signed(frozenset({number})), book, recursive=True)
        meetings = meetings.filter(body_id__in=bodies)
    found = Revision.objects.filter(subject="meeting", subject_id__in=meetings.values("pk"))
    since, until = _day(params, "start_date"), _day(params, "end_date")
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until, timedelta(days=1)))
    return found.order_by("-at", "-pk")


def _day(params: Params, name: str) -> date | None:
    written = params.one(name)
    if not written:
        return None
    try:
        return datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007  a date has no zone
    except ValueError:
        text = _("%(name)s is to be a date as 2026-01-31.") % {"name": name}
        raise Refused(422, text, {name: [text]}) from None


def _midnight(day: date, later: timedelta = timedelta()) -> datetime:
    try:
        return timezone.make_aware(datetime.combine(day + later, time()))
    except OverflowError:
        raise Refused(422, _("There is no such date.")) from None


def _told(ids: list[int], book: Book) -> list[dict[str, Any]]:
    revisions = Revision.objects.filter(pk__in=ids).order_by("-at", "-pk")
    subjects = Meeting.objects.select_related("origin").in_bulk([one.subject_id for one in revisions])
    return [_change(one, subjects[one.subject_id], book) for one in revisions if one.subject_id in subjects]


def _change(revision: Revision, meeting: Meeting, book: Book) -> dict[str, Any]:
    origin = getattr(meeting, "origin", None)
    number = book.number_of(meeting.pk, origin and origin.source_id, origin and origin.key)
    body = book.bodies.get(meeting.body_id or 0)
    before, after = flat(revision.before), flat(revision.after)
    sides = {"before": before, "after": after}
    at = timezone.localtime(revision.at)
    return {
        "date_int": str(int(revision.at.timestamp())),
        "date_string": f"{at:%I:%M %p}, {at.month}/{at.day}/{at.year}".removeprefix("0"),
        "change_type": f"comdef_change_type_{DEEDS.get(revision.deed, 'change')}",
        "change_id": str(revision.pk),
        "meeting_id": str(number),
        "meeting_name": after.get("meeting_name") or meeting.name,
        "user_id": "0",
        "user_name": "",
        "service_body_id": body.facts["id"] if body else "0",
        "service_body_name": body.facts["name"] if body else "",
        "meeting_exists": "0" if meeting.removed_at else "1",
        "details": " ".join([*_details(revision.deed, before, after), *_untold(revision)]),
        "json_data": {name: side for name, side in sides.items() if side},
    }


def _details(deed: str, before: Flat, after: Flat) -> Iterator[str]:
    if deed == "created":
        yield _("The meeting was created.")
    elif deed == "removed":
        yield _("The meeting was deleted.")
    elif deed == "restored":
        yield _("The meeting was brought back.")
    else:
        for key in {**before, **after}:
            sides = {"key": key, "before": before.get(key, ""), "after": after.get(key, "")}
            if sides["before"] != sides["after"]:
                yield _('%(key)s was changed from "%(before)s" to "%(after)s".') % sides


def _untold(revision: Revision) -> Iterator[str]:
    """The fields that changed, but whose past is not for a public history."""
    if revision.deed == Revision.Deed.CREATED:
        return
    before, after = revision.before, revision.after
    keys = ["comments"] if "notes" in after else []
    if "online" in after:
        was, now = before.get("online") or {}, after["online"] or {}
        keys += [key for name, key in _ONLINE.items() if was.get(name) != now.get(name)]
    for key in keys:
        yield _("%(key)s was changed.") % {"key": key}


def flat(facts: Mapping[str, Any]) -> Flat:
    """The facts of a revision as BMLT fields; what has none, or is not for everybody, is left out."""
    told: Flat = {}
    for name, key in (("name", "meeting_name"), ("timezone", "time_zone")):
        if name in facts:
            told[key] = _line(facts[name])
    if "attendance" in facts:
        told["venue_type"] = VENUE_TYPES.get(facts["attendance"], "")
    if "types" in facts:
        told["formats"] = ",".join(facts["types"] or ())
    if "slot" in facts:
        told |= _slot(facts["slot"])
    if "place" in facts:
        told |= _fields(_PLACE, facts["place"])
    return told


def _slot(slot: Mapping[str, Any] | None) -> Flat:
    if not slot:
        return {"weekday_tinyint": "", "start_time": ""}
    return {
        "weekday_tinyint": str(slot["weekday"] + 1),
        "start_time": slot["start"],
        "duration_time": clock(slot["minutes"]),
    }


def _fields(keys: Mapping[str, str], facts: Mapping[str, Any] | None) -> Flat:
    return {key: _line((facts or {}).get(name)) for name, key in keys.items()}


def _line(value: Any) -> str:
    if isinstance(value, float):
        return decimal(value)
    return " ".join(str(value or "").split())
