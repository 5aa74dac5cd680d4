"""The two forms that are no BMLT JSON: TSML for plugins of the AA world, CSV for NA World Services."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from meetings.bmlt.answering import Question, results
from meetings.bmlt.asked import whole
from meetings.bmlt.book import OutBody
from meetings.bmlt.php_json import dumps
from meetings.bmlt.reading import batches
from meetings.bmlt.refusing import Refused
from meetings.bmlt.writing import MeetingRow, Told
from meetings.feeds.bmlt_formats_out import NATIVE, OutFormat
from meetings.feeds.bmlt_naws_out import COLUMNS, NawsFormat, naws_row
from meetings.feeds.bmlt_tsml_out import tsml as tsml_meeting
from meetings.models import Meeting

_UNLISTED_VENUES = {"VM", "HY"}


def tsml(question: Question) -> Iterator[bytes]:
    """The meetings of a search, whatever the switcher's name."""
    found = results(question)
    found.fields = []
    yield b"["
    comma = b""
    for batch in found.meetings():
        if batch:
            meetings = [tsml_meeting(told, _codes(_formats(told, question))) for told in batch]
            yield comma + dumps(meetings)[1:-1]
            comma = b","
    yield b"]"


def _formats(told: Told, question: Question) -> list[OutFormat]:
    known = question.book.formats.by_number
    numbers = [int(part) for part in told["format_shared_id_list"].split(",") if part.isdecimal()]
    return [known[number] for number in numbers if number in known]


def _codes(formats: list[OutFormat]) -> Iterator[str]:
    return (code for one in formats for code in one.codes if code not in _UNLISTED_VENUES)


def naws(question: Question) -> StreamingHttpResponse:
    """`GetNAWSDump`: all meetings of a service body and of all that are part of it."""
    body = _body(question)
    at = timezone.localtime(timezone.now())
    words = ("BMLT", body.facts["world_id"], slugify(body.facts["name"]).replace("-", "_"))
    name = "_".join(filter(None, words))
    answer = StreamingHttpResponse(_lines(question, body), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}_{at:%Y_%m_%d_%H_%M_%S}.csv"'
    return answer


def _body(question: Question) -> OutBody:
    number = whole(question.params.one("sb_id"))
    found = question.book.bodies_by_number([number])
    if not found:
        text = _("sb_id is to be the id of a service body, as GetServiceBodies tells it.")
        raise Refused(422, text, {"sb_id": [text]})
    return found[0]


def _lines(question: Question, body: OutBody) -> Iterator[str]:
    """The table in pieces. Meetings taken off the list go out once more, if NA World Services knows them."""
    book, writer = question.book, question.writer()
    rows = Meeting.objects.filter(body_id__in=book.below([body]), fellowship_id__in=book.fellowships)
    facts = {
        pk: (changed, removed is not None or status == "closed")
        for pk, changed, removed, status in rows.order_by("pk").values_list(
            "pk", "updated_at", "removed_at", "status"
        )
    }
    yield _csv([COLUMNS])
    for batch in batches(list(facts), removed=True):
        told = [(row, writer.tell(row)) for row in batch]
        yield _csv(
            _cells(question, row, one, *facts[row.id])
            for row, one in told
            if one["worldid_mixed"] or not facts[row.id][1]
        )


def _cells(
    question: Question, row: MeetingRow, told: Told, changed: datetime, removed: bool
) -> tuple[str, ...]:
    body = question.book.bodies[row.body_id or 0]
    formats = [NawsFormat(one.text(NATIVE).name, one.world_id) for one in _formats(told, question)]
    cells = naws_row(
        told,
        formats,
        area=body.facts["world_id"],
        parent=body.facts["name"],
        changed=timezone.localtime(changed),
        removed=removed,
    )
    return tuple(cells[column] for column in COLUMNS)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    file = StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()
