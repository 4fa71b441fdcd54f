"""Free text without the personal data that can be recognised, and a count of what was found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.privacy.numbers import PATTERN as IDENTITY
from geo.privacy.numbers import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLACEHOLDERS = MappingProxyType(
    {
        "personal_number": "[personnummer]",
        "coordination_number": "[samordningsnummer]",
        "email": "[e-post]",
        "phone": "[telefon]",
        "plate": "[regnr]",
        "apartment": "[lägenhet]",
        "name": "[namn]",
    }
)
"""What stands in the text instead, by kind."""
SCRUBBED = "scrubbed_"
"""A load counts what was taken out of its texts among its doubts, each kind under this head."""

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w+-])(?:(?:\+|00)46[\s-]?(?:\(0\))?[\s-]?\d{1,3}|\(?0\d{1,3}\)?)"
    r"(?:[\s-]?[-/\u2013]?[\s-]?)\d(?:[\s-]?\d){4,8}(?!\w|-\d)"
)
_PLATE_LETTERS = "[A-HJ-PR-UW-Z]"
_PLATE = re.compile(rf"(?<!\w){_PLATE_LETTERS}{{3}} ?\d{{2}}(?:\d|{_PLATE_LETTERS[:-1]}])(?!\w)")
_PLATE_SAID = re.compile(
    r"(?i:\b(?:reg\.? ?(?:nr|nummer)?|registreringsnummer|regskylt)\.?:? ?)([A-Za-z0-9]{2,7})\b"
)
_APARTMENT = re.compile(
    r"(?i:\b(?:lgh\.?(?: ?nr)?|lägenhet(?:snummer| nr| nummer)?|lägenheten)\.?:? ?#?)"
    r"\d{1,4}[A-Za-z]?\b"
    r"|(?i:\b(?:vån\.?|våning(?:en)?|plan) ?\d{1,2}\b|\b\d{1,2} ?tr\b\.?|\bdörr(?:en)? \d+\b)"
)
_WORD = r"[A-ZÅÄÖÉ][a-zåäöéüA-ZÅÄÖ]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_FULL_NAME = rf"{_WORD}(?: (?:(?:af|von|de|van) )?{_WORD}){{0,2}}"
_TITLES = (
    "herr|hr|fru|fröken|frk|doktor|dr|rektor|lärare|läraren|elev|eleven|polis|polisen|"
    "polisassistent|inspektör|väktare|väktaren|ordningsvakt|ordningsvakten|värd|värden|"
    "trygghetsvärd|trygghetsvärden|fastighetsskötare|fastighetsskötaren|målsägande|målsäganden|"
    "vittne|vittnet|anmälare|anmälaren|granne|grannen|hyresgäst|hyresgästen|misstänkt|misstänkte|"
    "gärningsman|gärningsmannen|kontakt|kontaktperson|ring|heter|kallas|vid namn|namn|mamma|pappa|"
    "mr|mrs|ms"
)
_NAME = re.compile(rf"(?P<title>(?i:\b(?:{_TITLES})\b)[.:]? )(?P<name>{_FULL_NAME})")
_SURNAME = re.compile(rf"\b{_WORD} [A-ZÅÄÖ][a-zåäöé]+(?:s|z)?son(?=s?\b)s?\b")
_NO_SINGLE_NAME = frozenset({"polisen", "polis", "värd", "värden", "namn", "kontakt"})
_FEWEST_DIGITS, _MOST_DIGITS = 7, 13
_NOT_NAMES = frozenset(
    (
        "i",
        "på",
        "vid",
        "och",
        "men",
        "kommunen",
        "polisen",
        "räddningstjänsten",
        "sos",
        "jourtelefon",
    )
)


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """
    A text without what was recognised as personal data.

    Parameters
    ----------
    text
        With placeholders.
    counts
        What was taken out, kind -> times; empty means that nothing was
        *found*, never that nothing is there.
    """

    text: str
    counts: Mapping[str, int] = field(default_factory=dict)


def scrub(text: str) -> Scrubbed:
    """
    Take recognisable personal data out of a text.

    Personal and coordination numbers, e-mail addresses, phone numbers,
    registration plates, apartments and floors, and names that follow a title
    or end in -son. Names without such a mark are not recognised: a person
    must still read what is to be published.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    Scrubbed
        The text with placeholders, and counts by kind.

    Examples
    --------
    >>> scrub("Ring Anna Björk, 070-123 45 67, lgh 1203").text
    'Ring [namn], [telefon], [lägenhet]'
    >>> scrub("Trasig lampa vid lekplatsen").counts
    {}
    """
    found = _Scrubber()
    out = _EMAIL.sub(found.put("email"), text)
    out = IDENTITY.sub(found.identity, out)
    out = _PHONE.sub(found.phone, out)
    out = _PLATE.sub(found.put("plate"), out)
    out = _PLATE_SAID.sub(found.said_plate, out)
    out = _APARTMENT.sub(found.put("apartment"), out)
    out = _NAME.sub(found.named, out)
    out = _SURNAME.sub(found.put("name"), out)
    return Scrubbed(out, dict(found.counts))


class _Scrubber:
    """Replaces matches and counts them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def put(self, kind: str) -> Callable[[re.Match[str]], str]:
        return lambda _: self._place(kind)

    def identity(self, found: re.Match[str]) -> str:
        kind = kind_of(found)
        return found[0] if kind is None else self._place(kind)

    def named(self, found: re.Match[str]) -> str:
        name, title = found["name"], found["title"].strip(" .:").casefold()
        alone = " " not in name and title in _NO_SINGLE_NAME
        if alone or name.split()[0].casefold() in _NOT_NAMES:
            return found[0]
        return found["title"] + self._place("name")

    def phone(self, found: re.Match[str]) -> str:
        digits = sum(c.isdigit() for c in found[0])
        fits = _FEWEST_DIGITS <= digits <= _MOST_DIGITS
        return self._place("phone") if fits else found[0]

    def said_plate(self, found: re.Match[str]) -> str:
        if not any(c.isdigit() for c in found[1]):
            return found[0]
        return found[0][: found.start(1) - found.start()] + self._place("plate")

    def _place(self, kind: str) -> str:
        self.counts[kind] += 1
        return PLACEHOLDERS[kind]


def summary(counts: Mapping[str, int]) -> str:
    """
    Say in Swedish what was found, and never that a text is free of personal data.

    Parameters
    ----------
    counts
        Kind -> times.

    Returns
    -------
    str
        "inget upptäckt", or a list.

    Examples
    --------
    >>> summary({}), summary({"phone": 2, "email": 1})
    ('inget upptäckt', 'e-post 1, telefon 2')
    """
    found = [
        f"{PLACEHOLDERS[kind].strip('[]')} {counts[kind]}"
        for kind in PLACEHOLDERS
        if counts.get(kind)
    ]
    return ", ".join(found) or "inget upptäckt"
