"""Which addresses open a video meeting. Source: the hosts that readers of Meeting Guide feeds know."""

from urllib.parse import urlsplit

_HOSTS = frozenset(
    {
        "bluejeans.com",
        "discord.gg",
        "freeconference.com",
        "freeconferencecall.com",
        "goto.com",
        "gotomeet.me",
        "gotomeeting.com",
        "horizon.meta.com",
        "join.skype.com",
        "meet.google.com",
        "meet.jit.si",
        "meeting.zoho.com",
        "meetings.dialpad.com",
        "secondlife.com",
        "signal.group",
        "slurl.com",
        "teams.live.com",
        "teams.microsoft.com",
        "vrchat.com",
        "webex.com",
        "zoom.us",
    }
)


def host_of(url: str) -> str:
    """The host of an http(s) address, in small letters; "" when it has none or cannot be taken apart."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
    except ValueError:  # an unclosed [ of an IPv6 host
        return ""


def is_video_host(host: str) -> bool:
    """Whether a known service answers there. Whole labels count: `evilzoom.us` is not `zoom.us`."""
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in _HOSTS for start in range(len(labels)))


def opens_a_meeting(url: str) -> bool:
    """Whether `url` leads to a meeting of a known service, not to its front page."""
    return is_video_host(host_of(url)) and bool(urlsplit(url).path.strip("/"))
