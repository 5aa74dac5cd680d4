"""The tables of the public half, one module a noun."""

from .changes import ListingsVersion, Revision
from .groups import Fellowship, Group, ServiceBody, Type
from .meetings import DatedChange, Meeting
from .places import GeocodeAnswer, Place
from .sources import ImportRun, Origin, Source
from .words import Word

__all__ = [
    "DatedChange",
    "Fellowship",
    "GeocodeAnswer",
    "Group",
    "ImportRun",
    "ListingsVersion",
    "Meeting",
    "Origin",
    "Place",
    "Revision",
    "ServiceBody",
    "Source",
    "Type",
    "Word",
]
