"""The filters beside a list: only values in use, each with how many there are, ready for a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from meetings.lexicon import Lexicon, lexicon
from meetings.models import ListingsVersion
from meetings.schedule import day_name
from meetings.views.state import State
from meetings.wording import Asker, distance, number

SHOWN = 5
"""So many values stand open; the rest a tap away."""

Facet = Mapping[str, Any]
RADII = {False: (2, 5, 10, 25, 50, 100), True: (1, 3, 5, 10, 25, 50)}
LEGENDS: Mapping[str, Any] = {
    "attendance": pgettext_lazy("legend", "How"),
    "day": pgettext_lazy("legend", "Day"),
    "fellowship": gettext_lazy("Fellowship"),
    "feature": gettext_lazy("What helps"),
    "type": gettext_lazy("Who may come"),
    "format": gettext_lazy("What happens"),
    "community": gettext_lazy("Who it is for"),
    "language": gettext_lazy("Language"),
}
ATTENDANCE: Mapping[str, Any] = {
    "in_person": gettext_lazy("In person"),
    "hybrid": gettext_lazy("In person or online"),
    "online": gettext_lazy("Online"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to tick, or a link to follow (`url`)."""

    value: str
    name: str
    count: str
    chosen: bool
    id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one field; `more` are those a tap away, standing open when one of them is chosen."""

    field: str
    key: str
    legend: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()

    @property
    def more_open(self) -> bool:
        return any(choice.chosen for choice in self.more)


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything the filter panel shows."""

    groups: tuple[Group, ...]
    times: tuple[Choice, ...]
    bodies: tuple[Choice, ...]
    radii: tuple[Choice, ...]
    radius_name: str
    chosen: int
    hidden: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        """What the closed panel says."""
        if not self.chosen:
            return _("none chosen")
        return ngettext("%(n)d chosen", "%(n)d chosen", self.chosen) % {"n": self.chosen}


def filters(facets: Mapping[str, Sequence[Facet]] | None, state: State, asker: Asker) -> Filters:
    """The panel for an answer's counts; without counts, what was chosen can still be taken away."""
    counts = facets or {}
    words = lexicon(ListingsVersion.current())

    def group(field: str, key: str = "") -> Group:
        values = [one for one in counts.get(field, ()) if not key or one["group"] == key]
        return _group(field, key or field, _told_apart(values, words), state.params, asker)

    groups = [
        *(group("attendance"), group("day"), group("type", "feature"), group("type", "type")),
        *(group("fellowship"), group("language"), group("type", "format"), group("type", "community")),
    ]
    shown = tuple(group for group in groups if group.choices)
    radius_name = "radius_mi" if asker.miles else "radius_km"
    return Filters(
        groups=shown,
        times=_times(counts.get("time", ()), state, asker),
        bodies=_bodies(counts.get("body", ()), state.params, asker),
        radii=_radii(state.params, radius_name, asker) if state.params.get("near") else (),
        radius_name=radius_name,
        chosen=_chosen(state.params),
        hidden=_hidden(state, shown, counts, radius_name),
    )


def _told_apart(values: Sequence[Facet], words: Lexicon) -> list[Facet]:
    """Values of one name get their fellowships' beside it: "Open (AA)"."""
    often = Counter(str(one["name"]) for one in values)
    return [
        {**one, "name": f"{one['name']} ({_owners(str(one['value']), words)})"}
        if "group" in one and often[str(one["name"])] > 1
        else one
        for one in values
    ]


def _owners(value: str, words: Lexicon) -> str:
    fellowship, _colon, code = value.rpartition(":")
    ids = sorted({word.fellowship_id for word in words.meaning(fellowship, code)})
    return ", ".join(words.fellowships[pk].short_name for pk in ids[:3])


def _group(field: str, key: str, values: Sequence[Facet], params: QueryDict, asker: Asker) -> Group:
    given = set(params.getlist(field))
    choices = [
        Choice(
            value=str(one["value"]),
            name=_name(field, one, asker),
            count=number(one["count"], asker),
            chosen=str(one["value"]) in given,
            id=f"f-{key}-{one['value']}".replace(":", "-"),
        )
        for one in values
    ]
    if field == "day":
        choices.sort(key=lambda one: (int(one.value) - 1) % 7)
        return Group(field, key, str(LEGENDS[key]), tuple(choices))
    return Group(field, key, str(LEGENDS[key]), tuple(choices[:SHOWN]), tuple(choices[SHOWN:]))


def _name(field: str, one: Facet, asker: Asker) -> str:
    if field == "attendance":
        return str(ATTENDANCE[one["value"]])
    return day_name(int(one["value"]), asker) if field == "day" else str(one["name"])


def _times(values: Sequence[Facet], state: State, asker: Asker) -> tuple[Choice, ...]:
    """Parts of the day as links: each stands for two parameters, which one box cannot."""
    found = []
    for one in values:
        start, _dash, end = str(one["value"]).partition("-")
        chosen = bool(one.get("chosen"))
        url = state.url("from", "to") if chosen else state.url(from_=start, to=end)
        found.append(
            Choice(
                one["value"],
                str(one["name"]),
                number(one["count"], asker),
                chosen,
                f"f-time-{start[:2]}",
                url,
            )
        )
    return tuple(found)


def _bodies(values: Sequence[Facet], params: QueryDict, asker: Asker) -> tuple[Choice, ...]:
    given = params.get("body", "")
    return tuple(
        Choice(one["value"], str(one["name"]), number(one["count"], asker), one["value"] == given)
        for one in values
    )


def _radii(params: QueryDict, name: str, asker: Asker) -> tuple[Choice, ...]:
    given = params.get(name, "")
    sizes = [str(size) for size in RADII[asker.miles]]
    if given and given not in sizes:
        sizes.append(given)
    return (
        Choice("", _("As far as it takes"), "", not given),
        *(
            Choice(size, _("within %(distance)s") % {"distance": _measured(size, asker)}, "", size == given)
            for size in sizes
        ),
    )


def _measured(size: str, asker: Asker) -> str:
    try:
        return distance(float(size) * (1.609344 if asker.miles else 1), asker)
    except ValueError:
        return size


def _chosen(params: QueryDict) -> int:
    """How many choices narrow the list."""
    names = (
        "q",
        "radius_km",
        "radius_mi",
        "attendance",
        "fellowship",
        "type",
        "type_any",
        "language",
        "day",
        "body",
    )
    several = sum(len([value for value in params.getlist(name) if value]) for name in names)
    return several + bool(params.get("from") or params.get("to"))


def _hidden(
    state: State, groups: Sequence[Group], counts: Mapping[str, Any], radius_name: str
) -> tuple[tuple[str, str], ...]:
    """What no field of the form shows but the address says; soonest first unless it says otherwise."""
    shown = {(group.field, one.value) for group in groups for one in (*group.choices, *group.more)}
    shown |= {("body", one["value"]) for one in counts.get("body", ())}
    always = {"near", "q", radius_name} if state.params.get("near") else {"near", "q"}
    kept = [
        (name, value)
        for name, value in state.hidden(shown=always)
        if (name, value) not in shown and name != "facets"
    ]
    if "order" not in state.params:
        kept.append(("order", "soonest"))
    return tuple(kept)
