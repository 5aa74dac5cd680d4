"""How often one address may read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisDown

from meetings import limits
from meetings.limits import JOIN_DETAILS, READS, client, spend

NOW = datetime(2026, 11, 23, 23, 0, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def ask(rf):
    def make(address="203.0.113.7", forwarded=None):
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        return rf.get("/", headers=headers, REMOTE_ADDR=address)

    return make


def test_over_the_limit_one_waits_for_the_next_minute(ask, settings):
    settings.PUBLIC_READS_A_MINUTE = 3
    assert [spend(ask(), READS, NOW) for _ in range(5)] == [0, 0, 0, 40, 40]
    assert spend(ask(), READS, NOW + timedelta(seconds=40)) == 0


def test_one_request_is_counted_once(ask, settings):
    settings.PUBLIC_READS_A_MINUTE = 1
    request = ask()
    assert [spend(request, READS, NOW) for _ in range(3)] == [0, 0, 0]
    assert spend(ask(), READS, NOW) == 40


def test_each_address_and_each_kind_counts_by_itself(ask, settings):
    settings.PUBLIC_READS_A_MINUTE = settings.JOIN_DETAILS_A_MINUTE = 1
    assert spend(ask(), READS, NOW) == 0
    assert spend(ask("203.0.113.8"), READS, NOW) == 0
    assert spend(ask(), JOIN_DETAILS, NOW) == 0
    assert spend(ask(), JOIN_DETAILS, NOW) == 40


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", ""])
def test_the_machine_itself_reads_as_it_likes(ask, settings, address):
    settings.PUBLIC_READS_A_MINUTE = 1
    assert [spend(ask(address), READS, NOW) for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "counted"),
    [
        (0, "203.0.113.7", None, "203.0.113.7"),
        (0, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (0, "127.0.0.1", "198.51.100.1", None),
        (1, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "127.0.0.1", "9.9.9.9, 198.51.100.1", "198.51.100.1"),
        (2, "127.0.0.1", "9.9.9.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (1, "127.0.0.1", "127.0.0.1", "127.0.0.1"),
        (1, "127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        (1, "127.0.0.1", "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::/64"),
        (1, "203.0.113.7", "not an address", "203.0.113.7"),
        (1, "127.0.0.1", None, None),
        (0, "2001:db8:1:2:ffff::1", None, "2001:db8:1:2::/64"),
        (0, "fe80::1%eth0", None, "fe80::/64"),
        (0, "::ffff:203.0.113.7", None, "203.0.113.7"),
    ],
)
def test_whose_reading_is_counted(ask, settings, proxies, address, forwarded, counted):
    settings.TRUSTED_PROXIES = proxies
    assert client(ask(address, forwarded)) == counted


def test_a_cache_that_fails_blocks_nobody(ask, settings, monkeypatch):
    settings.PUBLIC_READS_A_MINUTE = 1

    def down(*_, **__):
        raise RedisDown

    monkeypatch.setattr(limits.cache, "add", down)
    assert [spend(ask(), READS, NOW) for _ in range(3)] == [0, 0, 0]


def test_the_address_itself_is_not_kept(ask, monkeypatch):
    kept = []
    monkeypatch.setattr(limits.cache, "add", lambda key, *_, **__: kept.append(key))
    monkeypatch.setattr(limits.cache, "incr", lambda key: 1)
    spend(ask(), READS, NOW)
    assert kept
    assert "203.0.113" not in str(kept)
