"""The invented listings: always the same, of every kind promised, and nothing in them is anybody's."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings import notice
from meetings.management.commands import load_sample
from meetings.models import Group, ListingsVersion, Meeting, Origin, Revision, ServiceBody
from meetings.sample import FELLOWSHIPS, Sample, confirmed_days_ago, kinds, reserved
from meetings.sample.countries import country
from meetings.sample.dice import Dice, Odds
from meetings.sample.towns import PEOPLE_A_MEETING, share_out, towns_for
from meetings.sample.words import languages, words
from rules.changes import as_json
from rules.listing import Attendance, BodyFacts, Deviation, Listing, Status
from rules.recurrence import occurrences, regular_dates
from rules.vocabulary import GROUPS, TYPES, language_of
from rules.zones import is_zone
from tests.builders import meeting

pytestmark = pytest.mark.thorough

YEAR = 2026
SEEDS = st.integers(min_value=0, max_value=2**63)
FIRST_NAMES = (
    "Alice|Bill|Bob|Charlie|Dave|David|Emma|Jane|Jim|Joe|John|José|Juan|Karen|Kate|Lois|Maria|María|Marie|Mary"
    "|Michael|Mike|Paul|Peter|Pierre|Sam|Sarah|Steve|Susan|Tom|Мария|Иван|محمد|יוסי|花子|太郎"
)


def sample(meetings: int = 2000, *, seed: int = 1, year: int = YEAR) -> list[Listing]:
    return list(Sample(meetings, seed=seed, year=year))


def bodies(of: Sample) -> list[BodyFacts]:
    return [body for fellowship in FELLOWSHIPS for body in of.bodies(fellowship)]


def digest(listings: list[Listing]) -> str:
    told = [[one.source_id, as_json(one), one.extra] for one in listings]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


DEFAULT = sample()


# --- The same again and again ----------------------------------------------------------------------


@given(SEEDS)
@settings(max_examples=5, deadline=None)
def test_the_same_seed_gives_the_same_bytes(seed: int) -> None:
    assert digest(sample(400, seed=seed)) == digest(sample(400, seed=seed))


def test_another_process_invents_the_same() -> None:
    code = (
        "import hashlib, orjson; from meetings.sample import Sample; from rules.changes import as_json;"
        "told = [[one.source_id, as_json(one), one.extra] for one in Sample(300, seed=1, year=2026)];"
        "print(hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == digest(sample(300))


def test_another_seed_gives_others() -> None:
    one, other = sample(600, seed=1), sample(600, seed=2)
    drawn = {listing.source_id for listing in one} & {listing.source_id for listing in other}
    assert all(key.startswith("cast-") for key in drawn)
    assert {listing.name for listing in one} != {listing.name for listing in other}


def test_a_larger_sample_of_the_same_size_class_keeps_the_towns_own() -> None:
    small = {one.source_id: one for one in sample(4000) if "-town-" in one.source_id}
    large = {one.source_id: one for one in sample(5000) if "-town-" in one.source_id}
    both = small.keys() & large.keys()
    assert len(both) > 0.7 * len(small)
    assert {small[key].name for key in both} == {large[key].name for key in both}


def test_only_dated_things_depend_on_the_year() -> None:
    def undated(listing: Listing) -> object:
        return listing.source_id, listing.name, listing.slot, listing.place, listing.types, listing.online

    assert [*map(undated, sample(500, year=2027))] == [*map(undated, sample(500))]


@pytest.mark.parametrize("meetings", [1, 7, 120, 500, 1700, 3000])
def test_it_is_exactly_as_many(meetings: int) -> None:
    found = sample(meetings)
    assert len(found) == meetings
    assert len({one.source_id for one in found}) == meetings


# --- Of every kind ---------------------------------------------------------------------------------


def test_every_fellowship_and_attendance() -> None:
    assert {one.fellowship for one in DEFAULT} == set(FELLOWSHIPS)
    assert {"aa", "na", "al-anon", "nar-anon", "smart", "dharma", "ca"} <= set(FELLOWSHIPS) <= set(TYPES)
    share = Counter(one.attendance for one in DEFAULT)
    assert share[Attendance.IN_PERSON] > share[Attendance.ONLINE] > share[Attendance.HYBRID] > 100


def test_online_meetings_in_many_zones() -> None:
    zones = {one.timezone for one in DEFAULT if one.attendance is Attendance.ONLINE}
    assert len(zones) >= 30
    assert len({one.place.country for one in DEFAULT if one.place}) >= 30


def test_every_recurrence() -> None:
    rules = {one.slot.recurrence for one in DEFAULT if one.slot}
    assert {rule.every for rule in rules} == {1, 2, 3, 4}
    assert all((rule.every > 1) == (rule.anchor is not None) for rule in rules)
    assert {(1,), (2,), (3,), (4,), (5,), (-1,), (1, 3)} <= {rule.nth for rule in rules}
    weekly = sum(
        one.slot.recurrence.every == 1 and not one.slot.recurrence.nth for one in DEFAULT if one.slot
    )
    assert weekly > 0.9 * len(DEFAULT)


def test_days_and_hours_are_those_of_real_lists() -> None:
    in_rooms = [one.slot for one in DEFAULT if one.slot and one.attendance is Attendance.IN_PERSON]
    hours = Counter(slot.start.hour for slot in in_rooms)
    assert hours[19] == max(hours.values())
    assert hours[12] > hours[14]
    assert all(count > len(in_rooms) / 14 for count in Counter(slot.weekday for slot in in_rooms).values())
    assert {30, 45, 60, 75, 90, 120, 600} <= {slot.minutes for slot in in_rooms}


def test_some_run_past_midnight() -> None:
    late = [one for one in DEFAULT if one.slot and one.slot.start.hour * 60 + one.slot.minutes > 24 * 60]
    assert len(late) > 5


def test_by_appointment_by_phone_and_both_ways() -> None:
    assert sum(one.slot is None for one in DEFAULT) > 5
    afar = [one for one in DEFAULT if one.attendance is not Attendance.IN_PERSON]
    ways = Counter((bool(one.online.url), bool(one.online.phone)) for one in afar)
    assert ways.keys() == {(True, False), (False, True), (True, True)}
    assert min(ways.values()) > 20
    assert not any(
        one.online.url or one.online.phone for one in DEFAULT if one.attendance is Attendance.IN_PERSON
    )


def test_pauses_closings_and_exceptions() -> None:
    paused = [one for one in DEFAULT if one.status is Status.PAUSED]
    kinds_of_pause = {(one.paused_from is not None, one.paused_until is not None) for one in paused}
    assert kinds_of_pause == {(True, True), (True, False), (False, False)}
    assert any(one.status is Status.CLOSED for one in DEFAULT)
    changes = [change for one in DEFAULT for change in one.dated_changes]
    assert {change.kind for change in changes} == set(Deviation)
    moved = [change for change in changes if change.kind is Deviation.MOVED]
    assert {(one.to_date is None, one.to_start is None) for one in moved} == {(True, False), (False, True)}
    assert 0.08 < sum(bool(one.dated_changes) for one in DEFAULT) / len(DEFAULT) < 0.2


@pytest.mark.parametrize("month", range(1, 13))
def test_in_every_month_one_rests_and_one_differs(month: int) -> None:
    first, last = date(YEAR, month, 1), date(YEAR, month, 28)
    rests = [one for one in DEFAULT if one.paused_from and one.paused_until]
    assert any(one.paused_from <= first and last < one.paused_until for one in rests)  # type: ignore[operator]
    assert any(change.on.month == month for one in DEFAULT for change in one.dated_changes)


def test_groups_hold_several_meetings_and_places_several_groups() -> None:
    days = defaultdict(set)
    holders = defaultdict(set)
    for one in DEFAULT:
        if one.group and one.slot:
            days[one.group.key].add(one.slot.weekday)
        if one.group and one.place and one.place.street:
            holders[one.place].add(one.group.key)
    assert {1, 3, 5} in days.values()
    assert set(range(7)) in days.values()
    assert sum(len(keys) > 1 for keys in holders.values()) > 50


def test_names_in_many_languages() -> None:
    spoken = {language_of(one.fellowship, code) for one in DEFAULT for code in one.types} - {""}
    assert {"en", "es", "fr", "de", "pt", "ja", "ar", "he"} <= spoken
    names = " ".join(one.name for one in DEFAULT)
    for script in (r"[\u0590-\u05ff]", r"[\u0600-\u06ff]", r"[\u3040-\u30ff]", "é", "🌅", "<", "&"):
        assert re.search(script, names)
    longest = max(len(one.name) for one in DEFAULT)
    assert 180 < longest <= 255


def test_types_of_all_five_groups() -> None:
    found = {TYPES[one.fellowship][code].group for one in DEFAULT for code in one.types}
    assert found == set(GROUPS)


def test_confirmed_lately_long_ago_and_never() -> None:
    ages = [confirmed_days_ago(one) for one in DEFAULT]
    assert 0.05 < ages.count(None) / len(ages) < 0.12
    known = [age for age in ages if age is not None]
    assert sum(age <= 30 for age in known) > len(known) / 3
    assert sum(age > 183 for age in known) > len(known) / 8


def test_something_is_on_and_something_starts_in_every_hour() -> None:
    for monday in (datetime(YEAR, 1, 19, tzinfo=UTC), datetime(YEAR, 7, 20, tzinfo=UTC)):
        spans = [
            (found.start, found.end)
            for one in DEFAULT
            if one.slot and one.status is Status.ACTIVE and one.attendance is Attendance.ONLINE
            for found in occurrences(
                one.slot, one.timezone, one.dated_changes, monday, monday + timedelta(days=7, hours=1)
            )
        ]
        for hour in range(7 * 24):
            now = monday + timedelta(hours=hour)
            assert any(start <= now < end for start, end in spans)
            assert any(now <= start <= now + timedelta(hours=1) for start, _ in spans)


# --- Nobody's --------------------------------------------------------------------------------------


@given(SEEDS)
@settings(max_examples=4, deadline=None)
def test_every_number_link_and_address_is_reserved(seed: int) -> None:
    found = Sample(900, seed=seed, year=YEAR)
    listings = list(found)
    phones = [phone for one in listings for phone in (one.online.phone, one.group.phone if one.group else "")]
    phones += [body.phone for body in bodies(found)]
    assert len([phone for phone in phones if phone]) > 50
    assert all(reserved.is_phone(phone) for phone in phones if phone)
    text = orjson.dumps([as_json(one) for one in listings]).decode()
    text += "".join(body.website + " " for body in bodies(found))
    hosts = re.findall(r"https?://([^/\s\"]*)", text) + re.findall(r"@([\w.-]+)", text)
    assert len(hosts) > 50
    assert [host for host in hosts if not reserved.is_host(host)] == []
    assert "www." not in text


@pytest.mark.parametrize(
    "number", ["+1 718 555 1212", "+1 718 555 0200", "+44 20 7946 1000", "+44 20 7930 0123", "0", ""]
)
def test_numbers_that_ring_are_known(number: str) -> None:
    assert not reserved.is_phone(number)


def test_hosts_that_answer_are_known() -> None:
    assert not reserved.is_host("zoom.us")
    assert not reserved.is_host("example.org.evil.com")
    assert not reserved.is_host("notexample.org")


@pytest.mark.parametrize(
    ("land", "region"), [("US", "NY"), ("CA", "08"), ("AU", "02"), ("FR", ""), ("DE", ""), ("KE", "")]
)
def test_numbers_look_like_their_country(land: str, region: str) -> None:
    dice = Dice("any")
    assert all(reserved.is_phone(reserved.phone(land, region, dice)) for _ in range(300))


def test_notes_hold_no_number_and_no_person() -> None:
    told = [
        text
        for one in DEFAULT
        for text in (one.name, one.notes, one.place.notes if one.place else "")
        if text
    ]
    told += [one.group.name + " " + one.group.notes for one in DEFAULT if one.group]
    assert [text for text in told if re.search(r"\d{5,}|\d[\d ()-]{7,}", text)] == []
    assert [text for text in told if re.search(rf"\b(?:{FIRST_NAMES})\b", text)] == []
    assert [text for text in told if re.search(r"\b[A-Z]\w+ [A-Z]\.(?:\s|$)", text)] == []
    mails = {one.group.email for one in DEFAULT if one.group and one.group.email}
    assert mails
    assert [mail for mail in mails if "." in mail.split("@")[0]] == []


# --- Right -----------------------------------------------------------------------------------------


@given(SEEDS, st.integers(min_value=1, max_value=2600))
@settings(max_examples=6, deadline=None)
def test_every_listing_is_sound(seed: int, meetings: int) -> None:
    found = Sample(meetings, seed=seed, year=YEAR)
    keys = {fellowship: {body.key for body in found.bodies(fellowship)} for fellowship in FELLOWSHIPS}
    for one in found:
        assert one.name.strip() == one.name
        assert 0 < len(one.name) <= 255
        assert is_zone(one.timezone)
        assert one.updated_at
        assert one.updated_at.tzinfo
        assert list(one.types) == sorted(set(one.types))
        assert set(one.types) <= TYPES[one.fellowship].keys()
        assert not {"O", "C"} <= set(one.types)
        assert one.body_key == "" or one.body_key in keys[one.fellowship]
        assert one.place or one.attendance is Attendance.ONLINE
        assert one.attendance is Attendance.IN_PERSON or one.online.url or one.online.phone
        check_place(one)
        check_dates(one)


def check_place(one: Listing) -> None:
    if one.place:
        assert -90 <= one.place.latitude <= 90  # type: ignore[operator]
        assert -180 <= one.place.longitude <= 180  # type: ignore[operator]
        assert one.place.city
        assert one.place.country
        assert one.place.approximate or one.place.street


def check_dates(one: Listing) -> None:
    assert not (one.dated_changes and one.slot is None)
    assert (one.paused_from or one.paused_until) is None or one.status is Status.PAUSED
    assert not one.paused_until or (one.paused_from and one.paused_from < one.paused_until)
    assert len({(change.on, change.kind) for change in one.dated_changes}) == len(one.dated_changes)
    if one.slot:
        assert 0 <= one.slot.weekday <= 6
        assert 1 <= one.slot.minutes <= 10_080
        for change in one.dated_changes:
            regular = any(regular_dates(one.slot, change.on, change.on))
            assert regular != (change.kind is Deviation.EXTRA)


def test_in_three_levels_every_body_follows_the_one_it_is_part_of() -> None:
    depth: dict[str, int] = {"": 0}
    for body in bodies(Sample(2000, seed=1, year=YEAR)):
        assert body.key not in depth
        depth[body.key] = depth[body.parent_key] + 1
        assert body.name.strip()
    assert set(depth.values()) == {0, 1, 2, 3}
    used = {one.body_key for one in DEFAULT}
    assert sum(depth[key] == 3 for key in used) > 40


def test_meetings_stand_around_their_towns() -> None:
    towns = {town.key: town for town in towns_for(2000)}
    for one in DEFAULT:
        if "-metro-" in one.source_id and one.place:
            town = towns[int(one.source_id.split("-")[2])]
            here = (one.place.latitude, one.place.longitude)
            assert geodesic(here, (town.latitude, town.longitude)).km < 1.6
            assert one.timezone == town.timezone


def test_what_stands_in_a_metropolis_says_so() -> None:
    cities = Counter(one.place.city for one in DEFAULT if one.place)
    for city in (
        "Brooklyn",
        "Hamilton",
        "London",
        "Dublin",
        "Paris",
        "Berlin",
        "Madrid",
        "Mexico City",
        "Sydney",
    ):
        assert cities[city] > 40
    brooklyn = [one.place for one in DEFAULT if one.place and one.place.city == "Brooklyn"]
    assert all(place.region == "NY" and place.country == "United States" for place in brooklyn)
    assert len({place.neighborhood for place in brooklyn}) > 15


@pytest.mark.parametrize("meetings", [1, 1500, 1501, 20_000, 250_000])
def test_shares_add_up(meetings: int) -> None:
    assert sum(share.meetings for share in share_out(meetings, towns_for(meetings))) == meetings


def test_more_meetings_stand_in_more_towns_not_just_in_fuller_ones() -> None:
    towns = towns_for(250_000)
    some, many = ([*share_out(number, towns)] for number in (25_000, 250_000))
    assert len(many) > 2 * len(some)
    world = [share for share in many if share.stream == "town"]
    assert all(share.meetings <= share.town.people / PEOPLE_A_MEETING + 1 for share in world)
    # And where that many people are not, the towns fill up after all.
    crowded = [*share_out(100_000, [town for town in towns if town.country == "IE"] + _metropolises(towns))]
    assert sum(share.meetings for share in crowded) == 100_000


def _metropolises(towns: tuple) -> list:  # type: ignore[type-arg]
    shown = {share.town.key for share in share_out(1500, towns)}
    return [town for town in towns if town.key in shown and town.country != "IE"]


def test_every_language_and_country_has_what_it_needs() -> None:
    for code in {town.country for town in towns_for(1)}:
        land = country(code)
        assert land.name
        assert land.main_language in languages()
    for language in languages():
        own = words(language)
        assert len(own.moved) == 2
        assert all(own.group(fellowship, Dice(language)) for fellowship in FELLOWSHIPS)
    assert words("xx") == words("en")
    assert set(FELLOWSHIPS) == {kinds.FELLOWSHIPS.at(share / 1000) for share in range(1000)}


def test_odds_follow_the_weights() -> None:
    odds = Odds({"a": 1, "b": 3})
    assert [odds.at(share) for share in (0, 0.24, 0.25, 0.99)] == ["a", "a", "b", "b"]


# --- Stored ----------------------------------------------------------------------------------------


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_sample", *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    assert load("--meetings", "60") == "60 invented meetings: 60 new, 0 changed, 0 gone, 0 as before."
    stamp, history = ListingsVersion.current(), Revision.objects.count()
    assert load("--meetings", "60") == "60 invented meetings: 0 new, 0 changed, 0 gone, 60 as before."
    assert (ListingsVersion.current(), Revision.objects.count()) == (stamp, history)


@pytest.mark.django_db
def test_it_is_stored_whole_also_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_sample, "BATCH", 30)
    monkeypatch.setattr(load_sample, "AS_A_WHOLE", 0)
    assert "150 new" in load("--meetings", "150")
    stored = {origin.key: origin.meeting for origin in Origin.objects.select_related("meeting__group")}
    for one in sample(150, year=timezone.now().year):
        row = stored[one.source_id]
        assert row.name == one.name
        assert row.updated_at == one.updated_at
        days = confirmed_days_ago(one)
        assert (row.confirmed_at is None) == (days is None)
        if days is not None:
            assert row.confirmed_at
            assert (timezone.now() - row.confirmed_at).days == days
    assert Group.objects.filter(name="Kitchen Table").get().meetings.count() == 3
    assert ServiceBody.objects.filter(parent__isnull=False).exists()
    assert Revision.objects.filter(subject="meeting", deed="created", reason="sample").count() == 150
    assert "150 as before" in load("--meetings", "150")


@pytest.mark.django_db
def test_another_size_or_seed_is_reconciled() -> None:
    load("--meetings", "125")
    cast = {key: slug for key, slug in slugs().items() if key.startswith("cast-")}
    assert load("--meetings", "110").endswith("0 new, 0 changed, 15 gone, 110 as before.")
    assert Meeting.objects.kept().count() == 110
    assert load("--meetings", "125", "--seed", "2").startswith("125 invented meetings:")
    assert Meeting.objects.kept().count() == 125
    assert {key: slug for key, slug in slugs().items() if key.startswith("cast-")} == cast


def slugs() -> dict[str, str]:
    return dict(Meeting.objects.kept().values_list("origin__key", "slug"))


@pytest.mark.django_db
def test_the_notice_stands_while_a_sample_is_loaded_and_other_sources_are_left_alone() -> None:
    own = meeting()
    assert not notice.needed()
    load("--meetings", "5")
    assert notice.needed()
    assert load("--remove") == "5 invented meetings taken off the list."
    assert not notice.needed()
    assert load("--remove") == "0 invented meetings taken off the list."
    assert list(Meeting.objects.kept()) == [own]
    load("--meetings", "5")
    assert notice.needed()
    assert Meeting.objects.kept().count() == Meeting.objects.count() == 6


@pytest.mark.django_db
@pytest.mark.parametrize("meetings", ["0", "-5", "10000001"])
def test_an_impossible_number_is_refused(meetings: str) -> None:
    with pytest.raises(CommandError, match="can be 1 to"):
        load("--meetings", meetings)
