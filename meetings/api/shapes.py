"""What the answers look like, for the OpenAPI document. They shape nothing: `find` makes the answers."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meetings.models import Meeting, Type
from rules.listing import Deviation
from rules.recurrence import Kind


class ProblemSerializer(serializers.Serializer[object]):
    """RFC 9457. `code` never changes its meaning."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # REST framework sets fields apart
        child=serializers.CharField(), required=False, help_text="{parameter: what would be right}"
    )


class GeoPlaceSerializer(serializers.Serializer[object]):
    """A place that `near` or a text meant."""

    label = serializers.CharField()  # type: ignore[assignment]
    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    country = serializers.CharField(help_text="ISO 3166 code; empty at sea.")
    region = serializers.CharField()
    timezone = serializers.CharField()


class AskedPlaceSerializer(GeoPlaceSerializer):
    """Where distances are measured from."""

    exact = serializers.BooleanField(
        help_text="False when this is only the nearest thing known to what was asked."
    )


class PlaceSerializer(serializers.Serializer[object]):
    """Where people meet; for an online meeting, where it is based."""

    slug = serializers.CharField()
    name = serializers.CharField()
    address = serializers.CharField()
    city = serializers.CharField()
    region = serializers.CharField()
    country = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    approximate = serializers.BooleanField(help_text="The pin is a guess.")


class MeetingTypeSerializer(serializers.Serializer[object]):
    """One of the fellowship's types."""

    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.ChoiceField(Type.Kind.choices)


class MeetingSerializer(serializers.Serializer[object]):
    """One meeting in a list. By appointment, `day`, `time`, `recurrence` and `next_...` are null."""

    slug = serializers.CharField()
    name = serializers.CharField()
    fellowship = serializers.CharField()
    group = serializers.CharField(allow_null=True)
    group_name = serializers.CharField(allow_null=True)
    attendance = serializers.ChoiceField(Meeting.Attendance.choices)
    day = serializers.IntegerField(allow_null=True, min_value=0, max_value=6)
    time = serializers.RegexField(r"^[0-9]{2}:[0-9]{2}$", allow_null=True)
    duration_minutes = serializers.IntegerField(min_value=1)
    timezone = serializers.CharField()
    recurrence = serializers.CharField(allow_null=True, help_text="RFC 5545 RRULE.")
    next_start = serializers.DateTimeField(allow_null=True)
    next_end = serializers.DateTimeField(allow_null=True)
    place = PlaceSerializer(allow_null=True)
    distance_km = serializers.FloatField(allow_null=True)
    types = MeetingTypeSerializer(many=True)
    languages = serializers.ListField(child=serializers.CharField())
    joins = serializers.ListField(
        child=serializers.ChoiceField(["video", "phone"]), help_text="Ways to join from afar."
    )
    notes = serializers.CharField()
    status = serializers.ChoiceField(Meeting.Status.choices)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()
    updated_at = serializers.DateTimeField()


@extend_schema_field(OpenApiTypes.ANY)
class FacetValueField(serializers.Field[object, object, object, object]):
    """A text or a number, as the parameter of the facet's name takes it."""


class FacetSerializer(serializers.Serializer[object]):
    """How many more or fewer there would be with this value."""

    value = FacetValueField()
    name = serializers.CharField()
    group = serializers.CharField(required=False)
    count = serializers.IntegerField()
    chosen = serializers.BooleanField()


class AnswerSerializer(serializers.Serializer[object]):
    """What was found."""

    meetings = MeetingSerializer(many=True)
    facets = serializers.DictField(
        child=FacetSerializer(many=True), allow_null=True, help_text="By parameter; null with facets=0."
    )
    total = serializers.IntegerField()
    place = AskedPlaceSerializer(allow_null=True, help_text="Null without `near`, or when nobody knows it.")
    radius_km = serializers.FloatField(allow_null=True)
    next = serializers.URLField(allow_null=True, help_text="The next page, with all parameters kept.")
    version = serializers.IntegerField(help_text="Grows with every change of the listings.")
    notice = serializers.CharField(required=False, help_text="Stands there while the data is invented.")


class JoinSerializer(serializers.Serializer[object]):
    """How to join from afar."""

    url = serializers.CharField()
    url_notes = serializers.CharField()
    phone = serializers.CharField()
    phone_notes = serializers.CharField()


class DateSerializer(serializers.Serializer[object]):
    """One of the next dates."""

    date = serializers.DateField(help_text="By the meeting's own calendar.")
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    kind = serializers.ChoiceField([one.value for one in Kind])
    note = serializers.CharField()


class DatedChangeSerializer(serializers.Serializer[object]):
    """What becomes of one date: no meeting, moved, or an added one."""

    date = serializers.DateField()
    kind = serializers.ChoiceField([one.value for one in Deviation])
    to_date = serializers.DateField(allow_null=True)
    to_time = serializers.CharField(allow_null=True)
    duration_minutes = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()


class DetailSerializer(MeetingSerializer):
    """One meeting, with all that is told of it."""

    body = serializers.CharField(allow_null=True, help_text="Slug of the service body.")
    paused_from = serializers.DateField(allow_null=True)
    paused_until = serializers.DateField(allow_null=True)
    join = JoinSerializer(allow_null=True, help_text="Null when there is nothing to join from afar.")
    next_dates = DateSerializer(many=True)
    dated_changes = DatedChangeSerializer(many=True)
    version = serializers.IntegerField()
    notice = serializers.CharField(required=False)


class PlacesSerializer(serializers.Serializer[object]):
    """Places that a text may mean, the likeliest first."""

    places = GeoPlaceSerializer(many=True)


class TypeSerializer(serializers.Serializer[object]):
    """A type: a code means something only together with its fellowship."""

    fellowship = serializers.CharField()
    code = serializers.CharField()
    group = serializers.ChoiceField(Type.Kind.choices)
    name = serializers.CharField()
    description = serializers.CharField()
    language = serializers.CharField(help_text="ISO 639 code of a language; empty for other types.")


class TypesSerializer(serializers.Serializer[object]):
    """The types of the fellowships."""

    types = TypeSerializer(many=True)


class BodySerializer(serializers.Serializer[object]):
    """A service body."""

    slug = serializers.CharField()
    name = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    fellowship = serializers.CharField()
    kind = serializers.CharField()
    website = serializers.CharField()
    phone = serializers.CharField()


class BodiesSerializer(serializers.Serializer[object]):
    """The tree of service bodies, flat."""

    bodies = BodySerializer(many=True)
