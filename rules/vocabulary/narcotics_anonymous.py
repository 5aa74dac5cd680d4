"""NA's types, and how BMLT servers write them.

Codes are those that Meeting Guide readers know for NA; a default BMLT format that has none keeps its key.
The order within a group is the order of the bits: append, never insert.
"""

from dataclasses import dataclass

NA: dict[str, str] = {
    "type": "O; C",
    "format": "BT:Basic Text|Texto Básico|Texte de base; BEG=BE; CPT:Concepts|Conceptos|Concepts;"
    " DISC=D; IP:Information Pamphlet|Folletos informativos|Brochures d’information;"
    " IW:It Works: How and Why|Funciona: cómo y por qué|Ça marche : comment et pourquoi;"
    " JFT:Just for Today|Solo por hoy|Juste pour aujourd’hui; LIT;"
    " LC:Living Clean|Vivir limpios|Vivre abstinent; MED;"
    " QA:Questions and Answers|Preguntas|Questions et réponses;"
    " SPAD:A Spiritual Principle a Day|Un principio espiritual al día|Un principe spirituel par jour;"
    " SPK=SP; STEP=ST; SWG:Step Working Guide|Guía para los Pasos|Guide du travail des étapes;"
    " TOP:Topic|Tema|Thème; TRAD=TR; VAR:Varying Format|Formato variable|Formule variable;"
    " GP:Guiding Principles|Principios que nos guían|Principes directeurs;"
    " SD:Speaker and Discussion|Orador y discusión|Conférencier et discussion;"
    " IL:Illness|Enfermedad|Maladie;"
    " Pi:Pitch (each picks the next)|Cada uno elige al siguiente|Chacun choisit le suivant;"
    " Rr:Round Robin|Por turnos|Tour de table;"
    " Ti:Timed Sharing|Tiempo limitado|Temps de parole limité;"
    " OE:Open-Ended|Sin hora de cierre|Sans heure de fin; Ag=A;"
    " FD:Five and Ten|Pasos Cinco y Diez|Étapes Cinq et Dix;"
    " AB:Ask-It-Basket|Preguntas en la canasta|Panier à questions",
    "feature": "CAN; CW=CF; NS:No Smoking|No fumar|Non-fumeurs; SMOK=SM; X; TC;"
    " RA:Restricted Access|Acceso restringido|Accès restreint;"
    " CH:Closed on Holidays|Cerrada en festivos|Fermée les jours fériés;"
    " CS:Children under Supervision|Niños con supervisión|Enfants sous surveillance;"
    " NC:No Children|Sin niños|Sans enfants;"
    " SC:Security Cameras|Cámaras de seguridad|Caméras de sécurité; ASL;"
    " BL:Bilingual|Bilingüe|Bilingue; POA",
    "community": "GL=LGBTQ:Gay, Lesbian, Transgender|Gay, lesbiana, transgénero|Gai, lesbien, transgenre;"
    " M; W; Y",
}
"""{group: types}, in the notation of `notation.entries`."""

NA_EXPLANATIONS: dict[str, str] = {
    "AB": "People put questions on paper into a basket, and the talk starts from one.",
    "BT": "People read from the basic book of NA, and talk about it.",
    "CH": "The building is usually shut on holidays. Check before you go.",
    "CPT": "The talk is about how NA serves.",
    "CS": "Children may come along if someone keeps an eye on them.",
    "IP": "Starts from one of the leaflets of NA.",
    "IW": "People read from NA’s book on the Steps and Traditions, and talk about it.",
    "JFT": "Starts from the page for today.",
    "LC": "People read from NA’s book on living without drugs, and talk about it.",
    "NC": "Please come without children.",
    "NS": "Nobody smokes here.",
    "OE": "Goes on until everyone who wants to has shared.",
    "Pi": "Each person who shares picks the next one. You can pass.",
    "QA": "You can ask questions and get answers.",
    "RA": "The building lets in only some people, or asks for something at the door. Check before you go.",
    "Rr": "The word goes round the circle. You can pass.",
    "SC": "The building has cameras.",
    "SD": "One person tells their story, then others share.",
    "SPAD": "Starts from the page for today.",
    "SWG": "People work through NA’s guide to the Steps.",
    "Ti": "Each person has a few minutes, by a timer.",
    "TOP": "The talk is about one subject, chosen that day.",
    "VAR": "What happens changes from week to week.",
}


@dataclass(frozen=True, slots=True)
class DefaultFormat:
    """One of the formats every BMLT server starts with. `code` is our NA type; "" for what is no type.

    VM and HY say how one attends, which the meeting itself knows; ES and its like name `languages`.
    """

    shared_id: str
    key: str
    name: str
    world_id: str
    code: str
    languages: tuple[str, ...] = ()


# id key our-code world-id English name. "-" stands for none; "@es" for a language.
_DEFAULTS = """
1 B BEG BEG Beginners
2 BL BL LANG Bi-Lingual
3 BT BT BT Basic Text
4 C C CLOSED Closed
5 CH CH CH Closed Holidays
6 CL CAN CAN Candlelight
7 CS CS - Children under Supervision
8 D DISC DISC Discussion
9 ES @es LANG Español
10 GL GL GL Gay/Lesbian/Transgender
11 IL IL - Illness
12 IP IP IP Informational Pamphlet
13 IW IW IW It Works -How and Why
14 JT JFT JFT Just for Today
15 M M M Men
16 NC NC NC No Children
17 O O OPEN Open
18 Pi Pi - Pitch
19 RF VAR VAR Rotating Format
20 Rr Rr - Round Robin
21 SC SC - Security Cameras
22 SD SD S-D Speaker/Discussion
23 SG SWG SWG Step Working Guide
24 SL ASL - ASL
26 So SPK SPK Speaker Only
27 St STEP STEP Step
28 Ti Ti - Timer
29 To TOP TOP Topic
30 Tr TRAD TRAD Tradition
31 TW TRAD TRAD Traditions Workshop
32 W W W Women
33 WC X WCHR Wheelchair
34 YP Y Y Young People
35 OE OE - Open-Ended
36 BK LIT LIT Book Study
37 NS NS NS No Smoking
38 Ag Ag - Agnostic
39 FD FD - Five and Dime
40 AB AB QA Ask-It-Basket
41 ME MED MED Meditation
42 RA RA RA Restricted Attendance
43 QA QA QA Question and Answer
44 CW CW CW Children Welcome
45 CP CPT CPT Concepts
46 FIN @fi LANG Finnish
47 ENG @en LANG English speaking
48 PER @fa LANG Persian
49 L/R @lt@ru LANG Lithuanian/Russian
51 LC LC LC Living Clean
52 GP GP GP Guiding Principles
54 VM - VM Virtual Meeting
55 TC TC TC Temporarily Closed Facility
56 HY - HYBR Hybrid Meeting
57 SPAD SPAD SPAD A Spiritual Principle a Day
"""


def _default(row: str) -> DefaultFormat:
    shared_id, key, code, world_id, name = row.split(maxsplit=4)
    languages = tuple(code.split("@")[1:])
    return DefaultFormat(
        shared_id=shared_id,
        key=key,
        name=name,
        world_id="" if world_id == "-" else world_id,
        code="" if languages or code == "-" else code,
        languages=languages,
    )


DEFAULT_FORMATS: tuple[DefaultFormat, ...] = tuple(map(_default, _DEFAULTS.strip().splitlines()))

WORLD_IDS: dict[str, str] = {
    "BEG": "BEG",
    "BT": "BT",
    "CAN": "CAN",
    "CH": "CH",
    "CLOSED": "C",
    "CPT": "CPT",
    "CW": "CW",
    "DISC": "DISC",
    "GL": "GL",
    "GP": "GP",
    "IP": "IP",
    "IW": "IW",
    "JFT": "JFT",
    "LC": "LC",
    "LIT": "LIT",
    "M": "M",
    "MED": "MED",
    "NC": "NC",
    "NS": "NS",
    "OPEN": "O",
    "QA": "QA",
    "RA": "RA",
    "S-D": "SD",
    "SMOK": "SMOK",
    "SPAD": "SPAD",
    "SPK": "SPK",
    "STEP": "STEP",
    "SWG": "SWG",
    "TC": "TC",
    "TOP": "TOP",
    "TRAD": "TRAD",
    "VAR": "VAR",
    "W": "W",
    "WCHR": "X",
    "Y": "Y",
}
"""{what a format is called at NA World Services: our NA code}."""
