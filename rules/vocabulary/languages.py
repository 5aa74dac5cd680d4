"""The languages meetings are held in, by ISO 639 code, and what they are called.

A language's index in `LANGUAGES` is its bit in the mask that every meeting row carries, whatever the
fellowship. So the tuple only ever grows at its end, and holds 63 at most.
"""

from .meeting_guide_names import NAMES

# Meeting Guide writes a language as its ISO 639-1 code, but for these.
MEETING_GUIDE_ODD = {
    "es": "S",
    "it": "ITA",
    "ko": "KOR",
    "pa": "PUN",
    "pl": "POL",
    "pt": "POR",
    "ru": "RUS",
    "tr": "TUR",
}

# The 38 of Meeting Guide.
_SPOKEN_IN_AA = (
    "af am ar bg da de el en fa fi fr he hi hr hu is it ja ka ko lt ml mt ne nl no pa pl pt ru es sk sl sv th"
    " tl tr uk"
)

# The others: code, English, Spanish, French.
_OTHERS = """
    zh Chinese|Chino|Chinois
    vi Vietnamese|Vietnamita|Vietnamien
    bn Bengali|Bengalí|Bengali
    ur Urdu|Urdu|Ourdou
    id Indonesian|Indonesio|Indonésien
    ms Malay|Malayo|Malais
    ro Romanian|Rumano|Roumain
    sr Serbian|Serbio|Serbe
    cs Czech|Checo|Tchèque
    et Estonian|Estonio|Estonien
    lv Latvian|Letón|Letton
    ga Irish|Irlandés|Irlandais
    cy Welsh|Galés|Gallois
    sw Swahili|Suajili|Swahili
    ca Catalan|Catalán|Catalan
    eu Basque|Euskera|Basque
    ta Tamil|Tamil|Tamoul
    te Telugu|Telugu|Télougou
    gu Gujarati|Guyaratí|Gujarati
    sq Albanian|Albanés|Albanais
    hy Armenian|Armenio|Arménien
    so Somali|Somalí|Somali
"""


def _other_names() -> dict[str, dict[str, str]]:
    rows = (row.split(maxsplit=1) for row in _OTHERS.strip().splitlines())
    return {iso: dict(zip(("en", "es", "fr"), names.split("|"), strict=True)) for iso, names in rows}


_NAMED_HERE = _other_names()

LANGUAGES: tuple[str, ...] = (*_SPOKEN_IN_AA.split(), *_NAMED_HERE)


def meeting_guide_code(iso: str) -> str:
    """How an AA feed writes the language; for one that Meeting Guide does not list, its ISO code."""
    return MEETING_GUIDE_ODD.get(iso, iso.upper())


LANGUAGE_NAMES: dict[str, dict[str, str]] = {
    iso: _NAMED_HERE.get(iso) or NAMES[meeting_guide_code(iso)] for iso in LANGUAGES
}
"""{ISO code: {language of the name: name}}."""
