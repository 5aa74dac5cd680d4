"""Saying no with a reason: pages for what is asked for too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """429: `wait` seconds, then it works again."""
    response = render(request, "429.html", {"retry_after": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response
