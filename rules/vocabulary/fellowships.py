"""The fellowships whose meetings a site may list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fellowship:
    """One of them. `for_families`: it is there for the relatives and friends, not for the one who uses."""

    slug: str
    name: str
    short_name: str
    for_families: bool = False


FELLOWSHIPS: tuple[Fellowship, ...] = (
    Fellowship("aa", "Alcoholics Anonymous", "AA"),
    Fellowship("na", "Narcotics Anonymous", "NA"),
    Fellowship("al-anon", "Al-Anon Family Groups", "Al-Anon", for_families=True),
    Fellowship("nar-anon", "Nar-Anon Family Groups", "Nar-Anon", for_families=True),
    Fellowship("ca", "Cocaine Anonymous", "CA"),
    Fellowship("smart", "SMART Recovery", "SMART"),
    Fellowship("dharma", "Recovery Dharma", "Dharma"),
    Fellowship("lifering", "LifeRing Secular Recovery", "LifeRing"),
    Fellowship("aca", "Adult Children of Alcoholics & Dysfunctional Families", "ACA"),
    Fellowship("coda", "Co-Dependents Anonymous", "CoDA"),
    Fellowship("oa", "Overeaters Anonymous", "OA"),
    Fellowship("ga", "Gamblers Anonymous", "GA"),
    Fellowship("gam-anon", "Gam-Anon", "Gam-Anon", for_families=True),
    Fellowship("cma", "Crystal Meth Anonymous", "CMA"),
    Fellowship("ha", "Heroin Anonymous", "HA"),
    Fellowship("ma", "Marijuana Anonymous", "MA"),
    Fellowship("da", "Debtors Anonymous", "DA"),
    Fellowship("sa", "Sexaholics Anonymous", "SA"),
    Fellowship("slaa", "Sex and Love Addicts Anonymous", "SLAA"),
    Fellowship("families-anonymous", "Families Anonymous", "FA", for_families=True),
)
