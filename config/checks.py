"""Checks over the whole house, run by `manage.py check`: every view names its audience."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from rules.audience import Audience

View = Callable[..., Any]


def audience_of(view: View, namespaces: list[str]) -> Audience | None:
    """Whom a view is for: its own mark; the admin's, which carries none, is for operators."""
    marked = getattr(view, "audience", None) or getattr(
        getattr(view, "view_class", getattr(view, "cls", None)), "audience", None
    )
    if marked:
        return Audience(marked)
    if "admin" in namespaces:
        return Audience.PUBLIC if getattr(view, "__name__", "") in {"login", "logout"} else Audience.STAFF
    return None


def views(
    resolver: URLResolver | None = None, prefix: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str], View]]:
    """Every (address pattern, namespaces, view) of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            below = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from views(pattern, prefix + str(pattern.pattern), below)
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), list(namespaces), pattern.callback


@register()
def every_view_names_its_audience(**_: Any) -> list[Error]:
    """A view without an audience is an error, not a hole."""
    return [
        Error(
            f"The view at “{where}” does not say who may open it.",
            hint="Mark it with one of the decorators of rules.audience.",
            id="homegroup.E001",
        )
        for where, namespaces, view in views()
        if audience_of(view, namespaces) is None
    ]
