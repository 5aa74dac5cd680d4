"""How often one address may read: generous to people, tiresome to harvesters.

A count stands in the default cache for the minute it is about, under a keyed digest of the address: the
address itself is never kept. A cache that fails blocks nobody.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
MINUTE = 60
# Within one IPv6 household every device has an address of its own, and often many.
HOUSEHOLD = 64
_USUAL_LOOPBACKS = frozenset({"127.0.0.1", "::1", ""})  # known without parsing


@dataclass(frozen=True, slots=True)
class Allowance:
    """A kind of reading, and the setting that says how often a minute it is allowed to one address."""

    name: str
    setting: str

    @property
    def a_minute(self) -> int:
        return int(getattr(settings, self.setting))


READS = Allowance("reads", "PUBLIC_READS_A_MINUTE")
# A meeting's link, passcode and dial-in, on its page and on the API alike.
JOIN_DETAILS = Allowance("join", "JOIN_DETAILS_A_MINUTE")


def spend(request: HttpRequest, allowance: Allowance, now: datetime) -> int:
    """Count this request, once however often it is asked. Seconds to wait; 0 = go on."""
    memo = f"homegroup.spent.{allowance.name}"
    if memo not in request.META:
        request.META[memo] = _spend(request, allowance, now)
    return int(request.META[memo])


def _spend(request: HttpRequest, allowance: Allowance, now: datetime) -> int:
    household = client(request)
    if household is None:
        return 0
    minute, second = divmod(int(now.timestamp()), MINUTE)
    spent = _count(f"{allowance.name}:{_digest(household, minute)}")
    return MINUTE - second if spent > allowance.a_minute else 0


def client(request: HttpRequest) -> str | None:
    """Whose reading is counted: an IPv4 address or an IPv6 network; None for the machine itself.

    X-Forwarded-For is believed only where `TRUSTED_PROXIES` of ours stand before us, and only the entry
    that the outermost of them wrote; what comes before it anybody can have written.
    """
    if settings.TRUSTED_PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        entry = forwarded[-settings.TRUSTED_PROXIES] if len(forwarded) >= settings.TRUSTED_PROXIES else ""
        if found := _household(entry):
            return found
    direct = request.META.get("REMOTE_ADDR", "")
    return None if direct in _USUAL_LOOPBACKS or _is_loopback(direct) else _household(direct)


def _parse(address: str) -> IPv6Address | None:
    """As IPv6 throughout; a port goes. None for what is no address."""
    bare = address.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return found if isinstance(found, IPv6Address) else IPv6Address(f"::ffff:{found}")


def _is_loopback(address: str) -> bool:
    found = _parse(address)
    return bool(found and (found.is_loopback or (found.ipv4_mapped and found.ipv4_mapped.is_loopback)))


def _household(address: str) -> str | None:
    found = _parse(address)
    if found is None:
        return None
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, HOUSEHOLD), strict=False))


def _digest(household: str, minute: int) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(f"{minute} {household}".encode(), key=key, digest_size=16).hexdigest()


def _count(key: str) -> int:
    """How many there were this minute, this one included; 0 when the cache does not answer."""
    try:
        cache.add(key, 0, timeout=2 * MINUTE)
        return int(cache.incr(key))
    except (RedisError, OSError, ValueError):
        log.warning("the cache does not answer: reads are not counted")
        return 0
