"""One meeting, with how to join it and what its next dates are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import APIException

from meetings import timekeeping
from meetings.api.base import KeptView, minute
from meetings.api.finding import notice_json
from meetings.api.parameters import documented
from meetings.api.shapes import DetailSerializer
from meetings.find import listing_dict
from meetings.limits import JOIN_DETAILS, READS
from meetings.models import ListingsVersion, Meeting
from rules import listing
from rules.recurrence import HORIZON, occurrences
from rules.zones import zone

NEXT_DATES = 8
SLUG = OpenApiParameter(
    "slug", {"type": "string", "pattern": "^[a-zA-Z0-9_-]+$"}, OpenApiParameter.PATH, description="For ever."
)


class Removed(APIException):
    """It was listed once. Its slug is never given to another."""

    status_code = 410
    default_detail = _("This meeting has been removed from the list.")
    default_code = "removed"


@extend_schema_view(
    get=extend_schema(
        operation_id="meeting", parameters=[SLUG], responses=documented(DetailSerializer, 404, 410)
    )
)
class OneMeeting(KeptView):
    """One meeting by its slug. Paused and closed ones answer too, with their `status`."""

    # Links and passcodes are in it: for who joins, not for who collects.
    allowances = (READS, JOIN_DETAILS)
    shared = False

    def answer(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        meeting = Meeting.objects.with_context().filter(slug=kwargs["slug"]).first()
        if meeting is None:
            raise Http404
        if meeting.removed_at:
            raise Removed
        version = ListingsVersion.current()
        return detail(meeting, minute(self.now)) | {"version": version} | notice_json(version)


def detail(meeting: Meeting, now: datetime) -> dict[str, Any]:
    """What a list tells of the meeting, and what only its own page does."""
    changes = [timekeeping.change_of(row) for row in meeting.dated_changes.all()]
    yesterday = (now - timedelta(days=1)).date()
    return {
        **listing_dict(meeting, now, (get_language() or "en")[:2]),
        "body": meeting.body.slug if meeting.body else None,
        "paused_from": meeting.paused_from,
        "paused_until": meeting.paused_until,
        "join": _join(meeting),
        "next_dates": _next_dates(meeting, changes, now),
        "dated_changes": [_change(one) for one in changes if (one.to_date or one.on) >= yesterday],
    }


def _join(meeting: Meeting) -> dict[str, str] | None:
    join = {
        "url": meeting.online_url,
        "url_notes": meeting.online_url_notes,
        "phone": meeting.online_phone,
        "phone_notes": meeting.online_phone_notes,
    }
    return join if any(join.values()) else None


def _next_dates(
    meeting: Meeting, changes: Sequence[listing.DatedChange], now: datetime
) -> list[dict[str, Any]]:
    slot = timekeeping.slot_of(meeting)
    if slot is None or meeting.status == Meeting.Status.CLOSED:
        return []
    quiet = (meeting.quiet_from, meeting.quiet_until) if meeting.quiet_from else None
    here = zone(meeting.timezone)
    coming = occurrences(slot, meeting.timezone, changes, now, now + HORIZON, quiet=quiet)
    return [
        {
            "date": one.on,
            "start": one.start.astimezone(here),
            "end": one.end.astimezone(here),
            "kind": one.kind,
            "note": one.note,
        }
        for one in islice(coming, NEXT_DATES)
    ]


def _change(one: listing.DatedChange) -> dict[str, Any]:
    return {
        "date": one.on,
        "kind": one.kind,
        "to_date": one.to_date,
        "to_time": one.to_start and f"{one.to_start:%H:%M}",
        "duration_minutes": one.minutes,
        "note": one.note,
    }
