"""The one door to places: the service, what is kept of its answers, and the gazetteer behind it."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import OperationalError
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut
from geopy.geocoders import options as geopy_options
from pytest_django import Settings

from meetings import geocode, geocoder_service
from meetings.geocode import Gazetteer, forget, locate, nearest_town, pin, suggest
from meetings.models import GeocodeAnswer

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HALL = {"display_name": "Town Hall, Locke Street South, Hamilton", "lat": "43.2549", "lon": "-79.8866"}
CHURCH = {"display_name": "A church, Locke Street North, Hamilton", "lat": "43.2630", "lon": "-79.8800"}


class Web:
    """What stands in for the network: gives out `answer`, or raises it, and notes what was asked."""

    def __init__(self) -> None:
        self.answer: Any = []
        self.asked: list[str] = []

    def adapter(self) -> Callable[..., BaseSyncAdapter]:
        web = self

        class Adapter(BaseSyncAdapter):
            def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
                return json.dumps(self.get_json(url, timeout=timeout, headers=headers))

            def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
                assert timeout == geocoder_service.TIMEOUT_SECONDS
                web.asked += parse_qs(urlsplit(url).query)["q"]
                if isinstance(web.answer, Exception):
                    raise web.answer
                return web.answer

        return lambda proxies, ssl_context: Adapter(proxies=proxies, ssl_context=ssl_context)


@pytest.fixture
def web(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Web:
    """Nominatim is configured, and answers what the test says."""
    fake = Web()
    monkeypatch.setattr(geopy_options, "default_adapter_factory", fake.adapter())
    settings.GEOCODER = "nominatim"
    settings.GEOCODER_OPTIONS = '{"user_agent": "meetings.example.org", "min_delay_seconds": 0}'
    geocoder_service._made.cache_clear()
    yield fake
    geocoder_service._made.cache_clear()


@pytest.mark.django_db
def test_a_service_answers_what_the_gazetteer_cannot(gazetteer: Path, web: Web) -> None:
    web.answer = [HALL, CHURCH]
    found = locate("12 Locke Street, Hamilton", now=NOW)
    assert found.place
    assert (found.place.label, found.place.kind, found.place.exact) == (HALL["display_name"], "address", True)
    assert (found.place.latitude, found.place.longitude) == (43.2549, -79.8866)
    assert (found.place.country, found.place.region, found.place.timezone) == ("CA", "ON", "America/Toronto")
    assert [place.label for place in found.others] == [CHURCH["display_name"]]
    assert web.asked == ["12 Locke Street, Hamilton"]


@pytest.mark.django_db
def test_an_answer_is_kept_for_ninety_days(gazetteer: Path, web: Web) -> None:
    web.answer = [HALL]
    first = locate("Locke Street, Hamilton", now=NOW)
    assert locate("  locke street HAMILTON", now=NOW + timedelta(days=89)) == first
    assert len(web.asked) == 1
    row = GeocodeAnswer.objects.get()
    assert (row.service, row.text, row.asked_at) == ("nominatim", "locke street hamilton", NOW)
    assert row.answer == [[HALL["display_name"], 43.2549, -79.8866]]
    locate("Locke Street, Hamilton", now=NOW + timedelta(days=91))
    assert len(web.asked) == 2
    assert GeocodeAnswer.objects.get().asked_at == NOW + timedelta(days=91)


@pytest.mark.django_db
def test_an_answer_that_cannot_be_kept_is_an_answer_all_the_same(
    gazetteer: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(**_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(GeocodeAnswer.objects, "update_or_create", locked)

    web.answer = [HALL]
    found = locate("Locke Street, Hamilton", now=NOW).place
    assert found
    assert found.label == HALL["display_name"]


@pytest.mark.django_db
def test_what_a_service_does_not_know_the_gazetteer_may(gazetteer: Path, web: Web) -> None:
    for _ in range(2):
        place = locate("Brooklyn, NY", now=NOW).place
        assert place
        assert place.label == "Brooklyn, New York, United States"
    assert len(web.asked) == 1  # that nothing is known is kept too


@pytest.mark.django_db
@pytest.mark.parametrize(
    "failure", [GeocoderTimedOut("slow"), GeocoderServiceError("down"), ConnectionError()]
)
def test_a_failing_service_is_left_alone_for_a_minute(
    gazetteer: Path, web: Web, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    web.answer = failure
    for seconds in (0, 59):
        place = locate("Brooklyn, NY", now=NOW + timedelta(seconds=seconds)).place
        assert place
        assert place.kind == "town"
    assert len(web.asked) == 1
    assert not GeocodeAnswer.objects.exists()
    web.answer = [HALL]
    place = locate("Brooklyn, NY", now=NOW + timedelta(seconds=61)).place
    assert place
    assert place.kind == "address"
    assert "Brooklyn" not in caplog.text


@pytest.mark.django_db
def test_a_busy_service_is_not_waited_for(gazetteer: Path, web: Web) -> None:
    service = geocoder_service.configured()
    assert service
    for _ in range(geocoder_service.WAITING):
        service.turns.acquire()
    place = locate("Brooklyn, NY", now=NOW).place
    assert place
    assert place.kind == "town"
    assert web.asked == []


@pytest.mark.django_db
@pytest.mark.parametrize("odd", [[{}], [HALL | {"lat": "nan"}], [HALL | {"lat": "north"}], ["?"], {"a": 1}])
def test_an_unreadable_answer_is_none(gazetteer: Path, web: Web, odd: object) -> None:
    web.answer = odd
    place = locate("Brooklyn, NY", now=NOW).place
    assert place
    assert place.kind == "town"
    assert not GeocodeAnswer.objects.exists()


@pytest.mark.django_db
def test_coordinates_and_signs_without_words_never_leave_the_house(gazetteer: Path, web: Web) -> None:
    place = locate("40.6721,-73.9776", now=NOW).place
    assert place
    assert place.label == "Park Slope, New York, United States"
    assert locate("?!", now=NOW).place is None
    assert web.asked == []


@pytest.mark.django_db
def test_long_texts_are_asked_but_not_kept(gazetteer: Path, web: Web) -> None:
    web.answer = [HALL]
    assert locate("a " * 150, now=NOW).place
    assert not GeocodeAnswer.objects.exists()


@pytest.mark.django_db
def test_a_service_without_a_gazetteer(settings: Settings, tmp_path: Path, web: Web) -> None:
    settings.GAZETTEER_PATH = tmp_path / "none"
    web.answer = [HALL]
    place = locate("Locke Street", now=NOW).place
    assert place
    assert (place.label, place.country, place.timezone) == (HALL["display_name"], "", "America/Toronto")


@pytest.mark.django_db
def test_old_answers_are_forgotten() -> None:
    for days in (1, 90, 91, 400):
        GeocodeAnswer.objects.create(
            service="nominatim", text=f"{days}", answer=[], asked_at=NOW - timedelta(days=days)
        )
    assert forget(now=NOW) == 2
    assert sorted(GeocodeAnswer.objects.values_list("text", flat=True)) == ["1", "90"]


# The gazetteer alone: no database is asked


def test_offline(gazetteer: Path) -> None:
    place = locate("Paris", now=NOW, near_country="US").place
    assert place
    assert place.label == "Paris, Île-de-France, France"
    town = nearest_town(48.13, 11.57)
    assert town
    assert town.label == "Munich, Bayern, Germany"
    spot = pin("123 Main St", "Brooklyn", "NY", "11215", "US")
    assert spot
    assert spot.label == "Brooklyn, New York 11215, United States"
    spot = pin("", "", "", "", "", formatted="123 Main St, Brooklyn, NY 11215, USA")
    assert spot
    assert spot.label == "Brooklyn, New York 11215, United States"


def test_suggestions_forgive_a_typing_error(gazetteer: Path) -> None:
    assert suggest("brookyln")[0].label == "Brooklyn, New York, United States"
    assert len(suggest("springfield", limit=3)) == 3
    assert suggest("40.7,-74.0") == []


def test_without_the_file_nothing_is_known_and_nothing_raises(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.GAZETTEER_PATH = tmp_path / "none"
    assert locate("Brooklyn", now=NOW) == geocode.NOWHERE
    assert (suggest("bro"), nearest_town(40, -74), pin("", "Brooklyn", "NY", "", "")) == ([], None, None)
    place = locate("40.7,-74.0", now=NOW).place
    assert place
    assert (place.label, place.timezone) == ("40.7000, -74.0000", "America/New_York")
    assert "manage.py load_gazetteer" in caplog.text
    assert "Brooklyn" not in caplog.text


def test_a_replaced_file_is_opened_anew(settings: Settings, gazetteer_file: Path, tmp_path: Path) -> None:
    settings.GAZETTEER_PATH = tmp_path / "gazetteer.sqlite3"
    assert suggest("brooklyn") == []
    settings.GAZETTEER_PATH.symlink_to(gazetteer_file)
    assert suggest("brooklyn")


def test_a_geocoder_of_geopy(gazetteer: Path) -> None:
    geocoder = Gazetteer()
    one = geocoder.geocode("Brooklyn, NY")
    assert (one.address, one.latitude, one.longitude) == (
        "Brooklyn, New York, United States",
        40.6501,
        -73.94958,
    )
    assert one.raw.timezone == "America/New_York"
    assert len(geocoder.geocode("Springfield", exactly_one=False)) > 3
    assert geocoder.geocode("zzzz qqqq") is None
    assert geocoder.geocode("zzzz qqqq", exactly_one=False) is None
    assert geocoder.reverse((48.13, 11.57)).address == "Munich, Bayern, Germany"
    assert geocoder.reverse("0, -30") is None


# Configuration


@pytest.mark.parametrize(
    ("service", "options", "complaint"),
    [
        ("nominatimm", "{}", "Set it to gazetteer or one of: arcgis"),
        ("nominatim", "{}", "user_agent"),
        ("nominatim", "user_agent=x", "is not JSON"),
        ("nominatim", "[1]", "must be an object"),
        ("nominatim", '{"colour": "red"}', "colour"),
        ("nominatim", '{"user_agent": "x.org", "min_delay_seconds": "slow"}', "between 0 and 60"),
        ("google", "{}", "GEOCODER_OPTIONS"),
    ],
)
def test_nonsense_is_an_error_at_start(
    gazetteer: Path,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    service: str,
    options: str,
    complaint: str,
) -> None:
    settings.GEOCODER, settings.GEOCODER_OPTIONS = service, options
    [error] = [found for found in run_checks() if found.id == "homegroup.E010"]
    assert complaint in error.msg
    assert "GEOCODER=gazetteer" in error.hint
    place = locate("Brooklyn, NY", now=NOW).place  # and yet nobody is turned away
    assert place
    assert complaint in caplog.text


def test_a_sound_configuration_passes(gazetteer: Path, web: Web) -> None:
    assert not [found for found in run_checks() if found.id in {"homegroup.E010", "homegroup.W010"}]


def test_a_missing_gazetteer_is_told_at_start(settings: Settings, tmp_path: Path) -> None:
    settings.GAZETTEER_PATH = tmp_path / "none"
    [warning] = [found for found in run_checks() if found.id == "homegroup.W010"]
    assert "manage.py load_gazetteer" in warning.msg
    assert warning.level == logging.WARNING


def test_the_command_says_what_it_does(gazetteer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_gazetteer")
    assert capsys.readouterr().out == f"The gazetteer at {gazetteer} is up to date.\n"


def test_the_command_names_the_remedy(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.GAZETTEER_PATH = tmp_path / "file" / "gazetteer.sqlite3"
    with pytest.raises(CommandError, match="Set GAZETTEER_PATH"):
        call_command("load_gazetteer")
