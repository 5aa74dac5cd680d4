"""The BMLT address: a switcher and a form in, the answer out, readable from any site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from meetings import notice
from meetings.bmlt import about, forms
from meetings.bmlt.answering import SWITCHERS, Question
from meetings.bmlt.asked import Params
from meetings.bmlt.book import book
from meetings.bmlt.php_json import dumps
from meetings.bmlt.refusing import Refused
from meetings.limits import READS, spend
from rules.audience import public

KEPT_SECONDS = 120
MOST_KEPT_BYTES = 64 * 1024
WHOLE_BYTES = 1024 * 1024
"""Up to here an answer is sent as a whole; what is longer is streamed."""

_CALLBACK = re.compile(r"[\w$][\w$.\[\]]{0,199}", re.ASCII)
_NAMELESS = re.compile(r"(?:^|&)(?:callback|_)=[^&]*")


@csrf_exempt  # Changes nothing; so that another method is refused as such.
@require_safe
@public
def interface(request: HttpRequest, form: str) -> HttpResponseBase:
    """One request of a BMLT client."""
    now = timezone.now()
    wait = spend(request, READS, now)
    if wait:
        answer: HttpResponseBase = _message(429, _("Too many requests. Please wait a little."))
        answer.headers["Retry-After"] = str(wait)
        return _open(answer)
    try:
        answer = _answer(request, form)
    except Refused as no:
        answer = _message(no.status, no.message, no.errors)
    return _open(answer)


@csrf_exempt
@require_safe
@public
def server_info_xml(request: HttpRequest) -> HttpResponse:
    """The version alone, as XML."""
    version = f"<serverVersion><readableString>{about.VERSION}</readableString></serverVersion>"
    body = f'<?xml version="1.0" encoding="UTF-8"?><bmltInfo>{version}</bmltInfo>'
    answer = HttpResponse(body, content_type="application/xml; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _answer(request: HttpRequest, form: str) -> HttpResponseBase:
    params = Params(request.GET)
    name = params.one("switcher")
    switcher = SWITCHERS.get(name)
    if switcher is None or form not in switcher.forms:
        names = ", ".join(SWITCHERS)
        raise Refused(422, f"Invalid data format or endpoint name. Valid endpoint names are: {names}.")
    callback = params.one("callback") or "callback"
    if form == "jsonp" and not _CALLBACK.fullmatch(callback):
        raise Refused(422, _("callback is to be the name of a function."), {"callback": [callback[:40]]})
    question = _question(request, params)
    answer = forms.naws(question) if form == "csv" else _in_json(request, question, form, name)
    if question.notice:
        # Lists have no room for a sentence.
        answer.headers["X-Notice"] = question.notice
    return answer


def _in_json(request: HttpRequest, question: Question, form: str, name: str) -> HttpResponseBase:
    callback = question.params.one("callback") or "callback"
    key = _key(request, question, form, name)
    body = caches["answers"].get(key)
    if body is None:
        body = _worked_out(question, form, name, key)
    if form == "jsonp":
        opening = f"/**/{callback}(".encode()
        body = opening + body + b");" if isinstance(body, bytes) else chain([opening], body, [b");"])
    kind = "text/javascript; charset=utf-8" if form == "jsonp" else "application/json"
    if isinstance(body, bytes):
        return HttpResponse(body, content_type=kind)
    return StreamingHttpResponse(body, content_type=kind)


def _worked_out(question: Question, form: str, name: str, key: str) -> bytes | Iterator[bytes]:
    """The answer as a whole, kept if it is short; a long one in pieces."""
    answer = SWITCHERS[name].answer
    pieces = forms.tsml(question) if form == "tsml" or answer is None else answer(question)
    ready, size = [], 0
    for piece in pieces:
        ready.append(piece)
        size += len(piece)
        if size > WHOLE_BYTES:
            return chain(ready, pieces)
    body = b"".join(ready)
    if size <= MOST_KEPT_BYTES:
        caches["answers"].set(key, body, KEPT_SECONDS)
    return body


def _question(request: HttpRequest, params: Params) -> Question:
    now = timezone.now().replace(second=0, microsecond=0)
    root = f"{settings.SITE_URL or f'{request.scheme}://{request.get_host()}'}/main_server"
    current = book()
    return Question(params, current, now, root, _sentence(current.version))


def _sentence(version: int) -> str:
    """The one sentence of a site with invented data; whether there is need of it is asked once a version."""
    key = f"bmlt:notice:{settings.INVENTED_DATA_NOTICE}:{version}"
    return str(notice.SENTENCE) if caches["answers"].get_or_set(key, notice.needed, KEPT_SECONDS) else ""


def _key(request: HttpRequest, question: Question, form: str, name: str) -> str:
    """Equal for equal answers: the name of a callback makes no other one."""
    asked = _NAMELESS.sub("", request.META.get("QUERY_STRING", ""))
    shape = "tsml" if form == "tsml" else "json"
    facts = (question.book.version, question.now, question.root, question.notice, shape, name, asked)
    return f"bmlt:{blake2b(repr((facts, *settings.BMLT_FELLOWSHIPS)).encode(), digest_size=16).hexdigest()}"


def _message(status: int, message: str, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    told = {"message": message, **({"errors": errors} if errors else {})}
    return HttpResponse(dumps(told), status=status, content_type="application/json")


def _open(answer: HttpResponseBase) -> HttpResponseBase:
    """Readable from every site, and honest about invented data even where the form has no room for words."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
