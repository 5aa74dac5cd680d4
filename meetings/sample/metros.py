"""Where the meetings of a small sample stand: places that a visitor will look for first."""

from typing import NamedTuple


class Metro(NamedTuple):
    """A town by its GeoNames number, its share, and how far around it its quarters are (0: no quarters).

    `city` is what addresses say, where it is not the town's own name; `quarters` how many at most; `postal`
    the shape of postal codes (# a digit, @ a letter), where it is narrower than the country's.
    """

    key: int
    weight: float
    km: float = 0
    city: str = ""
    quarters: int = 0
    postal: str = ""


METROS = (
    Metro(5110302, 16, 8, "Brooklyn", 25, postal="1123#"),
    Metro(5125771, 6, 5, "New York", 12, postal="1002#"),  # Manhattan
    Metro(5969782, 8, 14, quarters=4, postal="L8@ #@#"),  # Hamilton, Ontario
    Metro(2643743, 9, 9, quarters=20, postal="N# #@@"),  # London
    Metro(2964574, 6, 9, quarters=8, postal="D## @#@#"),  # Dublin
    Metro(2988507, 6, 6, quarters=20, postal="7501#"),  # Paris
    Metro(2950159, 5, 9, quarters=14, postal="10##7"),  # Berlin
    Metro(3117735, 5, 8, quarters=10, postal="280##"),  # Madrid
    Metro(3530597, 5, 12, quarters=8, postal="0####"),  # Mexico City
    Metro(2147714, 5, 10, quarters=10, postal="20##"),  # Sydney
    Metro(2193733, 4, 12, quarters=8, postal="10##"),  # Auckland
    Metro(1275339, 3, 18, quarters=4, postal="4000##"),  # Mumbai
    Metro(1850147, 4, 10, quarters=10, postal="1##-00##"),  # Tokyo
    Metro(3448439, 4, 14, quarters=10, postal="0####-0##"),  # São Paulo
    Metro(184745, 2.5, 12, quarters=4, postal="00#00"),  # Nairobi
    Metro(293397, 1.5, 6, quarters=4),  # Tel Aviv
    Metro(276781, 1),  # Beirut
    Metro(360630, 1.2),  # Cairo
    Metro(6077243, 2, 8, quarters=6, postal="H#@ #@#"),  # Montréal
    Metro(4887398, 2, 10, quarters=8, postal="606##"),  # Chicago
    Metro(5368361, 1.5, postal="900##"),  # Los Angeles
    Metro(4250542, 0.8, postal="6270#"),  # Springfield, Illinois
    Metro(5419384, 0.8, postal="802##"),  # Denver
    Metro(5856195, 0.6, postal="968##"),  # Honolulu
    Metro(5879400, 0.5, postal="995##"),  # Anchorage
    Metro(2655984, 0.8, postal="BT# #@@"),  # Belfast
    Metro(2650225, 0.8, postal="EH# #@@"),  # Edinburgh
    Metro(3128760, 0.8, postal="080##"),  # Barcelona
    Metro(2267057, 0.6),  # Lisbon
    Metro(3169070, 0.6),  # Rome
    Metro(2759794, 0.6),  # Amsterdam
    Metro(2673730, 0.6),  # Stockholm
    Metro(756135, 0.6),  # Warsaw
    Metro(524901, 0.5),  # Moscow
    Metro(3435910, 0.8),  # Buenos Aires
    Metro(3688689, 0.5),  # Bogotá
    Metro(3369157, 0.6),  # Cape Town
    Metro(1273294, 0.5),  # Delhi
    Metro(1283240, 0.3),  # Kathmandu
    Metro(1609350, 0.4),  # Bangkok
    Metro(1880252, 0.4),  # Singapore
    Metro(2158177, 1, postal="30##"),  # Melbourne
    Metro(2063523, 0.6, postal="60##"),  # Perth
    Metro(2198148, 0.2),  # Suva
)
