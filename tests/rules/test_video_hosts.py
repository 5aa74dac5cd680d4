"""Which addresses open a video meeting."""

import pytest

from rules.video_hosts import host_of, is_video_host, opens_a_meeting


@pytest.mark.parametrize(
    "url", ["https://zoom.us/j/1", "https://us02web.zoom.us/j/1?pwd=x", "http://Meet.Google.com/abc", "https://zoom.us./j/1"]
)  # fmt: skip
def test_opens_a_meeting(url):
    assert opens_a_meeting(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://evilzoom.us/j/1",
        "https://zoom.us.evil.example/j/1",
        "https://us02web.zoom.us?x=1",
        "https://zoom.us/",
        "https://google.com/meet",
        "zoom.us/j/1",
        "ftp://zoom.us/j/1",
        "https://[broken/j/1",
        "",
    ],
)
def test_opens_none(url):
    assert not opens_a_meeting(url)


def test_whole_labels_count():
    assert is_video_host("us02web.zoom.us")
    assert not is_video_host("evilzoom.us")
    assert not is_video_host("us")
    assert host_of("https://User:Pass@Zoom.us:443/j/1") == "zoom.us"
