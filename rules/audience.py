"""Who may open a view. Every view says it; one that does not is shut to everybody.

The decorator only writes the audience down; `config.middleware.AudienceGate` enforces it and
`config.checks` fails when a view has none.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    """From everybody to the few who run the site."""

    PUBLIC = "public"  # anyone, signed in or not
    MEMBER = "member"  # anyone with an account
    STAFF = "staff"  # operators


def audience(who: Audience) -> Callable[[View], View]:
    """Declare that a view is for `who`."""

    def declare(view: View) -> View:
        view.audience = who  # type: ignore[attr-defined]
        return view

    return declare


public = audience(Audience.PUBLIC)
member = audience(Audience.MEMBER)
staff = audience(Audience.STAFF)
