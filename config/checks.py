"""Checks over the whole house, run by `manage.py check`: every view names its audience."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from rules.audience import Audience

# Views of others that cannot carry our mark, by module.
FOREIGN = {
    "django.contrib.admin": Audience.STAFF,
    "django.contrib.auth": Audience.STAFF,
    "django.contrib.contenttypes": Audience.STAFF,
}
ADMIN_LOGIN = {"login", "logout"}


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """Whom a view is for: its own mark, or what we decided for a foreign module."""
    marked = getattr(view, "audience", None) or getattr(getattr(view, "view_class", None), "audience", None)
    if marked:
        return Audience(marked)
    if view.__module__.startswith("django.contrib.admin") and view.__name__ in ADMIN_LOGIN:
        return Audience.PUBLIC
    return next((who for module, who in FOREIGN.items() if view.__module__.startswith(module)), None)


def views(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every (address pattern, view) of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


@register()
def every_view_names_its_audience(**_: Any) -> list[Error]:
    """A view without an audience is an error, not a hole."""
    return [
        Error(
            f"The view at “{where}” does not say who may open it.",
            hint="Mark it with one of the decorators of rules.audience.",
            id="homegroup.E001",
        )
        for where, view in views()
        if audience_of(view) is None
    ]
