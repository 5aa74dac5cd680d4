"""Whole addresses in templates, for those who read them outside of the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from meetings.views.sending import root_of

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], name: str, *args: str) -> str:
    """The address of a named page with scheme and host."""
    return root_of(context["request"]) + reverse(name, args=args)


@register.simple_tag(takes_context=True)
def webcal(context: dict[str, Any], name: str, *args: str) -> str:
    """The same for a calendar program, which subscribes to it when it is tapped."""
    return "webcal:" + absolute(context, name, *args).partition(":")[2]
