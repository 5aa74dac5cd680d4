"""The words of the fellowships: whole, unambiguous, and at their own bit for ever."""

import hashlib
from collections import Counter

import pytest

from rules import vocabulary
from rules.vocabulary import FELLOWSHIPS, GROUPS, LANGUAGES, TYPES, seed_types
from rules.vocabulary.narcotics_anonymous import DEFAULT_FORMATS, WORLD_IDS


def test_every_type_stands_in_a_group_of_its_fellowship():
    assert {seed.group for seed in seed_types()} == set(GROUPS)
    assert {seed.fellowship for seed in seed_types()} == {one.slug for one in FELLOWSHIPS} == set(TYPES)


def test_code_and_bit_are_given_once():
    codes = Counter((seed.fellowship, seed.code.casefold()) for seed in seed_types())
    bits = Counter((seed.fellowship, seed.group, seed.bit) for seed in seed_types())
    assert codes.most_common(1)[0][1] == 1
    assert bits.most_common(1)[0][1] == 1
    assert all(0 <= seed.bit <= 62 for seed in seed_types())


def test_language_bits_are_the_same_everywhere():
    assert len(LANGUAGES) == len(set(LANGUAGES)) <= 63
    for seed in seed_types():
        if seed.group == "language":
            assert LANGUAGES[seed.bit] == seed.language
        else:
            assert not seed.language


@pytest.mark.parametrize(
    ("fellowship", "group", "first", "digest"),
    [
        ("aa", "type", 2, "c8ce"),
        ("aa", "format", 16, "9ae0"),
        ("aa", "feature", 18, "da12"),
        ("aa", "community", 18, "1fbe"),
        ("na", "type", 2, "c8ce"),
        ("na", "format", 28, "639b"),
        ("na", "feature", 14, "6d17"),
        ("na", "community", 4, "14e7"),
        ("aa", "language", 60, "66a0"),
    ],
)
def test_bits_already_given_stay(fellowship, group, first, digest):
    """Rows in the wild carry these masks: a type put in the middle would turn "Open" into "Closed"."""
    codes = [seed.code for seed in seed_types() if (seed.fellowship, seed.group) == (fellowship, group)]
    assert hashlib.sha256(" ".join(codes[:first]).encode()).hexdigest()[:4] == digest


def test_aa_has_the_whole_meeting_guide_list_in_nine_languages():
    aa = TYPES["aa"]
    assert len(vocabulary.MEETING_GUIDE_CODES) == 87
    assert set(aa) >= vocabulary.MEETING_GUIDE_CODES
    nine = {"en", "es", "fr", "ja", "nl", "pt", "sk", "sv", "th"}
    assert all(set(aa[code].names) == nine for code in vocabulary.MEETING_GUIDE_CODES)
    assert (aa["O"].group, aa["O"].names["es"]) == ("type", "Abierta")
    assert (aa["S"].language, aa["TUR"].language, aa["TR"].group) == ("es", "tr", "format")


def test_every_name_is_said_in_english_spanish_and_french():
    for seed in seed_types():
        assert all(seed.names.get(language) for language in ("en", "es", "fr")), seed


def test_the_same_code_may_mean_something_else_next_door():
    assert TYPES["aa"]["A"].names["en"] == "Secular"
    assert TYPES["aca"]["A"].names["en"] == "Adults Only (18+)"
    assert TYPES["aa"]["POA"].names["en"] != TYPES["al-anon"]["POA"].names["en"]
    assert TYPES["na"]["CS"].names["en"] == "Children under Supervision"
    assert TYPES["na"]["CES"].language == "cs"


def test_what_a_newcomer_reads_is_explained():
    for code in ("O", "C", "BE", "D", "SP", "X"):
        assert TYPES["aa"][code].descriptions["en"].endswith(".")
    assert TYPES["aa"]["O"].descriptions["en"] == "Anyone may come. Bring a friend or family if you like."


def test_default_formats_of_bmlt_have_a_place():
    assert len(DEFAULT_FORMATS) == 54
    for one in DEFAULT_FORMATS:
        assert bool(one.code) + bool(one.languages) == (0 if one.key in {"VM", "HY"} else 1), one
        assert not one.code or one.code in TYPES["na"]
    assert set(WORLD_IDS.values()) <= set(TYPES["na"])


@pytest.mark.parametrize(
    ("fellowship", "codes", "expected"),
    [
        ("aa", ("O", "S", "VI", "QSL"), ("O", "S")),
        ("na", ("O", "BEG", "ES", "JFT", "CES"), ("O", "BE", "S")),
        ("na", ("nonsense",), ()),
        ("nobody", ("O",), ()),
    ],
)
def test_codes_for_readers_of_the_meeting_guide_list(fellowship, codes, expected):
    assert vocabulary.meeting_guide_codes(fellowship, codes) == expected


def test_language_of():
    assert vocabulary.language_of("na", "ES") == "es"
    assert vocabulary.language_of("na", "O") == vocabulary.language_of("na", "?") == ""
