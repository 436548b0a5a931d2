"""People who do not exist: Vietnamese names in their order (họ, đệm, tên), identity numbers, telephones, addresses.

Identity numbers keep their real structure. Telephone numbers begin with 095, the prefix of a network that closed in
2012: they look right and reach nobody.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

_CITIZEN_CARDS = date(2021, 1, 1)  # from then on cards carry 12 digits
_HIGHLAND_SHARE = 0.3  # of the people in highland communes bear highland names


@dataclass(frozen=True)
class PersonRecord:
    """`male`: as the identity number says; `id_number` is empty where the person showed no paper."""

    name: str
    male: bool
    birth_year: int
    id_number: str
    phone: str
    address: str

    @property
    def gender(self) -> str:
        return "male" if self.male else "female"

    @property
    def salutation(self) -> str:
        return "ông" if self.male else "bà"


@cache
def words() -> dict[str, Any]:
    text = files("kntc.ops.demo").joinpath("data", "names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def is_highland(place: str) -> bool:
    """Whether a commune ("Xã Ia Ly", "phường Pleiku") lies in the former Gia Lai, not on the coast."""
    name = place.partition(" ")[2]
    return any(f"{name} ".startswith(beginning) for beginning in words()["highland"]["places"])


def in_text(place: str) -> str:
    """ "Xã Ia Ly" → "xã Ia Ly"."""
    return place[:1].lower() + place[1:]


def person(random: Random, place: str, on: date, *, province: str = "tỉnh Gia Lai") -> PersonRecord:
    """Somebody who lives in a commune ("Xã Ia Ly") and writes on a day."""
    male = random.random() < 0.56
    birth_year = on.year - round(random.triangular(19, 84, 52))
    return PersonRecord(
        name=full_name(random, place, male=male, birth_year=birth_year),
        male=male,
        birth_year=birth_year,
        id_number=_id_number(random, place, male, birth_year, on),
        phone=phone(random) if random.random() < 0.85 else "",
        address=f"{hamlet(random, place)}, {in_text(place)}, {province}",
    )


def full_name(random: Random, place: str, *, male: bool, birth_year: int) -> str:
    """Family name, middle name, given name."""
    sex = "male" if male else "female"
    if is_highland(place) and random.random() < _HIGHLAND_SHARE:
        highland = words()["highland"]
        return f"{random.choice(highland['surnames'])} {random.choice(highland[sex])}"
    surname = _weighted(random, words()["surnames"])
    middle = random.choice(words()["middles"][f"{sex}_{'older' if birth_year < 1978 else 'younger'}"])
    given = random.choice(words()["given"][sex])
    while given in (surname, *middle.split()):
        given = random.choice(words()["given"][sex])
    return f"{surname} {middle} {given}"


def citizen_number(random: Random, province: str, *, male: bool, birth_year: int) -> str:
    """12 digits: province of birth registration, century and sex, year, six of chance."""
    century = 2 * (birth_year // 100 - 19) + (0 if male else 1)
    return f"{province}{century}{birth_year % 100:02d}{random.randrange(1_000_000):06d}"


def phone(random: Random) -> str:
    return f"095{random.randrange(10_000_000):07d}"


def hamlet(random: Random, place: str) -> str:
    """Where in a commune or ward somebody lives."""
    if _is_ward(place) and random.random() < 0.5:
        return f"số {random.randrange(1, 480)} đường {random.choice(words()['streets']['names'])}"
    return neighbourhood(random, place)


def neighbourhood(random: Random, place: str) -> str:
    """A part of a commune or ward: thôn, làng, khu phố, tổ."""
    if _is_ward(place):
        return random.choice((f"tổ {random.randrange(1, 21)}", f"khu phố {random.randrange(1, 13)}"))
    if is_highland(place):
        named = f"làng {random.choice(words()['highland']['hamlets'])}"
    else:
        named = f"thôn {random.choice(words()['coast']['hamlets'])}"
    return random.choice((named, f"thôn {random.randrange(1, 13)}"))


def _is_ward(place: str) -> bool:
    return in_text(place).startswith("phường")


def _id_number(random: Random, place: str, male: bool, birth_year: int, on: date) -> str:
    if random.random() < 0.12:
        return ""
    highland = is_highland(place)
    if on < _CITIZEN_CARDS and random.random() < 0.7:
        return f"{'23' if highland else '21'}{random.randrange(10_000_000):07d}"
    province = _weighted(random, words()["highland" if highland else "coast"]["codes"])
    return citizen_number(random, province, male=male, birth_year=birth_year)


def _weighted(random: Random, shares: dict[str, int]) -> str:
    return random.choices(list(shares), list(shares.values()))[0]
