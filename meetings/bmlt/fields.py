"""The fields of a BMLT meeting, in the order in which servers send them."""

from django.utils.translation import gettext_lazy as _

TEMPLATE: dict[str, str] = dict.fromkeys(
    (
        *("id_bigint", "worldid_mixed", "shared_group_id_bigint", "service_body_bigint"),
        *("service_body_name", "weekday_tinyint", "venue_type", "start_time", "duration_time"),
        *("time_zone", "formats", "lang_enum", "longitude", "latitude", "distance_in_km"),
        *("distance_in_miles", "email_contact", "published", "root_server_uri", "format_shared_id_list"),
        *("meeting_name", "location_text", "location_info", "location_street"),
        *("location_city_subsection", "location_neighborhood", "location_municipality"),
        *("location_sub_province", "location_province", "location_postal_code_1", "location_nation"),
        *("comments", "train_lines", "bus_lines", "contact_phone_2", "contact_email_2"),
        *("contact_name_2", "contact_phone_1", "contact_email_1", "contact_name_1"),
        *("phone_meeting_number", "virtual_meeting_link", "virtual_meeting_additional_info"),
        "admin_notes",
    ),
    "",
)
"""Every field, empty. Fields that one source's server has beside these come after them."""

PERSONAL = (
    *("email_contact", "admin_notes", "contact_phone_1", "contact_email_1", "contact_name_1"),
    *("contact_phone_2", "contact_email_2", "contact_name_2"),
)
"""There, because clients expect them; always empty."""

DISTANCES = ("distance_in_km", "distance_in_miles")

MAIN_KEYS = {
    "id_bigint": _("ID"),
    "worldid_mixed": _("World ID"),
    "service_body_bigint": _("Service Body ID"),
    "weekday_tinyint": _("Weekday"),
    "venue_type": _("Venue Type"),
    "start_time": _("Start Time"),
    "duration_time": _("Duration"),
    "time_zone": _("Time Zone"),
    "formats": _("Formats"),
    "lang_enum": _("Language"),
    "longitude": _("Longitude"),
    "latitude": _("Latitude"),
}
DATA_KEYS = {
    "meeting_name": _("Meeting Name"),
    "location_text": _("Location Name"),
    "location_info": _("Additional Location Information"),
    "location_street": _("Street Address"),
    "location_city_subsection": _("Borough"),
    "location_neighborhood": _("Neighborhood"),
    "location_municipality": _("Town"),
    "location_sub_province": _("County"),
    "location_province": _("State"),
    "location_postal_code_1": _("Zip Code"),
    "location_nation": _("Nation"),
    "comments": _("Comments"),
    "train_lines": _("Train Lines"),
    "bus_lines": _("Bus Lines"),
    "phone_meeting_number": _("Phone Meeting Dial-in Number"),
    "virtual_meeting_link": _("Virtual Meeting Link"),
    "virtual_meeting_additional_info": _("Virtual Meeting Additional Information"),
}
"""What `GetFieldKeys` names; those of a server's own go by their keys."""

# Fields by which nothing is ever found, as on every BMLT server.
UNSEARCHED = frozenset({"formats", "latitude", "longitude"})
NUMBERS = frozenset(
    {"id_bigint", "service_body_bigint", "weekday_tinyint", "venue_type", "longitude", "latitude", *DISTANCES}
)
