"""The types of the smaller fellowships. The same code may mean something else next door.

The order within a group is the order of the bits: append, never insert.
"""

_WHO = "G; L; LGBTQ; M; NB; POC; SEN; T; W; Y"
_ROOM = "ASL; BA; CAN; CF; DB; FF; OUT; POA; SM; TC; X; XB"
_BOOK = "B:Book Study|Estudio de libros|Étude de livres"
_SECULAR_FEATURES = "ASL; CF; FF; OUT; POA; TC; X; XB"

_TWELVE_STEPS = {
    "type": "O; C",
    "format": f"A; {_BOOK}; BE; D; LIT; MED; SP; ST; TR; H; 11; QA:Questions|Preguntas|Questions",
    "feature": f"{_ROOM}; XT; AL-AN; AL",
    "community": _WHO,
}

_FAMILIES = {
    "type": "O:Observers Welcome|Abierta a observadores|Ouvert aux observateurs;"
    " C:Families and Friends Only|Solo familiares y amigos|Familles et amis seulement",
    "format": f"A; {_BOOK}; BE; D; LIT; MED; SP; ST; TR",
    "feature": "ASL; BA; CF; DB; FF; OUT; SM; TC; X; XB;"
    " AA:Same Time as AA|Al mismo tiempo que AA|En même temps qu’AA; AL;"
    " NA:Same Time as NA|Al mismo tiempo que NA|En même temps que NA",
    "community": "AC:Adult Children|Hijos adultos|Enfants adultes; G; L; LGBTQ; M; NB; POC; T; W;"
    " PAR:Parents|Padres y madres|Parents; YA:Young Adults|Adultos jóvenes|Jeunes adultes",
}

# In Al-Anon Y is Alateen and POA are the parents; LGBTQIA is how its feeds write LGBTQ.
_AL_ANON = _FAMILIES | {
    "community": "AC:Adult Children|Hijos adultos|Enfants adultes; Y:Alateen|Alateen|Alateen; G;"
    " L; LGBTQIA=LGBTQ; M; NB;"
    " POA:Parents of Alcoholics|Padres de alcohólicos|Parents d’alcooliques; POC; T; W;"
    " YA:Young Adults|Adultos jóvenes|Jeunes adultes",
}

_COCAINE = _TWELVE_STEPS | {
    "format": "11; 12x12; A; B; BE; D; H; LIT; MED; SP; ST; TR; QA:Questions|Preguntas|Questions",
}

# In ACA A is an age limit, S a speaker, Y a workbook, NS a group that looks for support.
_ADULT_CHILDREN = {
    "type": "O; C",
    "format": f"{_BOOK}; BEG=BE; D; S=SP; ST; TR; T:Fellowship Text|Texto básico|Texte de base;"
    " Y:Yellow Workbook|Cuaderno amarillo|Cahier jaune;"
    " LPG:Loving Parent Guidebook|Guía del padre amoroso|Guide du parent aimant;"
    " SMR:Strengthening My Recovery|Fortaleciendo mi recuperación|Renforcer mon rétablissement;"
    " LLW:Laundry Lists Workbook|Cuaderno de las listas|Cahier des listes;"
    " WOR:Workshop|Taller|Atelier; MED; LIT",
    "feature": "ASL; CC=BA; CF; FF; OUT; POA; SM; TC; X; XB;"
    " A:Adults Only (18+)|Solo adultos (18+)|Adultes seulement (18+);"
    " NS:Needs Support|Necesita apoyo|Cherche du soutien; CAP:Captions|Subtítulos|Sous-titres",
    "community": "G; LGBTQ; M; NB; POC; W; TEEN:Teenagers|Adolescentes|Adolescents;"
    " YA:Young Adults|Adultos jóvenes|Jeunes adultes",
}

_CODEPENDENTS = _TWELVE_STEPS | {
    "format": f"{_TWELVE_STEPS['format']}; READ:Reading|Lectura|Lecture;"
    " SHARE:Sharing|Compartir|Partage; WRITE:Writing|Escritura|Écriture",
    "community": f"{_WHO}; TEEN:Teenagers|Adolescentes|Adolescents",
}

_SMART = {
    "type": "O; C:Registration Needed|Con inscripción|Sur inscription",
    "format": "BE; D; 4P:4-Point Meeting|Reunión de 4 puntos|Réunion en 4 points;"
    " TOOLS:Tools and Worksheets|Herramientas|Outils; SP; MED; A",
    "feature": _SECULAR_FEATURES,
    "community": "FF-F:Family and Friends|Familiares y amigos|Familles et amis; LGBTQ; M; NB;"
    " POC; SEN; W; Y; VET:Veterans|Veteranos|Anciens combattants;"
    " FR-R:First Responders|Personal de emergencias|Secouristes",
}

_DHARMA = {
    "type": "O; C",
    "format": "MED; D; LIT; SP; BE; INQ:Inquiry Study|Estudio de indagación|Étude par questions",
    "feature": _SECULAR_FEATURES,
    "community": "LGBTQ; M; NB; POC; T; W; Y; VET:Veterans|Veteranos|Anciens combattants",
}

_LIFERING = {
    "type": "O; C",
    "format": "D; BE; HW:How Was Your Week|Cómo fue tu semana|Comment s’est passée ta semaine; A; LIT",
    "feature": _SECULAR_FEATURES,
    "community": "LGBTQ; M; NB; POC; SEN; W; Y",
}

OTHERS: dict[str, dict[str, str]] = {
    "al-anon": _AL_ANON,
    "nar-anon": _FAMILIES,
    "ca": _COCAINE,
    "smart": _SMART,
    "dharma": _DHARMA,
    "lifering": _LIFERING,
    "aca": _ADULT_CHILDREN,
    "coda": _CODEPENDENTS,
    "oa": _TWELVE_STEPS,
    "ga": _TWELVE_STEPS,
    "gam-anon": _FAMILIES,
    "cma": _TWELVE_STEPS,
    "ha": _COCAINE,
    "ma": _TWELVE_STEPS,
    "da": _TWELVE_STEPS,
    "sa": _TWELVE_STEPS,
    "slaa": _TWELVE_STEPS,
    "families-anonymous": _FAMILIES,
}
"""{fellowship: {group: types}}, in the notation of `notation.entries`."""

FAMILY_EXPLANATIONS: dict[str, str] = {
    "O": "For family and friends. Others who want to learn may come too.",
    "C": "For people who are worried about someone close to them. You are welcome.",
    "AA": "A meeting of AA is held at the same time, next door.",
    "NA": "A meeting of NA is held at the same time, next door.",
    "B": "People read from a book together, and talk about it.",
    "POA": "For parents of a child who drinks.",
    "PAR": "For parents.",
    "Y": "For teenagers of the family.",
}

OTHER_EXPLANATIONS: dict[str, dict[str, str]] = {
    "al-anon": FAMILY_EXPLANATIONS,
    "nar-anon": FAMILY_EXPLANATIONS,
    "gam-anon": FAMILY_EXPLANATIONS,
    "families-anonymous": FAMILY_EXPLANATIONS,
    "aca": {
        "C": "For people who grew up in a family with drinking or other trouble.",
        "A": "For people of 18 years and older.",
    },
    "smart": {
        "C": "You sign up before you come.",
        "4P": "Goes through the four points of SMART.",
        "FF-F": "For family and friends.",
    },
    "dharma": {"INQ": "People work through written questions together."},
}
