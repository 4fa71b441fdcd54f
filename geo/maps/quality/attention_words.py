"""What is said of what needs a look, and what to do about it, Swedish first."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "missing": ("Fråga efter veckans fil.", "Ask for this week's file."),
        "late": ("Fråga efter filen.", "Ask for the file."),
        "low": ("Kontrollera att filen är hel.", "Check that the file is whole."),
        "high": (
            "Kontrollera att filen inte täcker fler veckor eller kom två gånger under olika namn.",
            "Check that the file does not cover more weeks, or came twice under two names.",
        ),
        "few": (
            "Det kan vara slump eller en utebliven fil: fråga om du inte vet.",
            "It may be chance or a missing file: ask if you do not know.",
        ),
        "other": (
            "Skriv in orden under [categories] i mappningsfilen och läs in filen igen.",
            "Write the words under [categories] in the mapping file and load the file again.",
        ),
        "located": (
            "Platser kan fattas i listan. Be avsändaren om adress eller koordinat.",
            "Places may be missing from the list. Ask the sender for addresses or coordinates.",
        ),
        "timed": (
            "De räknas, men säger inget om när på dygnet. Be avsändaren om klockslag.",
            "They count, but say nothing of the hour. Ask the sender for times of day.",
        ),
        "stacked": (
            "De räknas, men ritas inte som plats. Fråga vad punkten står för.",
            "They count, but are not drawn as a place. Ask what the point stands for.",
        ),
        "utc": (
            "Fråga avsändaren om tiderna är svensk tid eller UTC, och skriv det i mappningen.",
            "Ask the sender whether times are local or UTC, and say so in the mapping.",
        ),
        "personal": (
            "Be avsändaren ta bort kolumnen; ta bort den ur mappningen.",
            "Ask the sender to leave the column out; take it out of the mapping.",
        ),
        "register": (
            "Orimliga tal används inte. Rätta registret, eller enheten under [units] i mappningen.",
            "Unlikely figures are not used. Mend the register, or the unit under [units].",
        ),
        "doubled": (
            "Ångra den ena inläsningen ({batch}) och läs in filen under ett namn.",
            "Undo one of the loads ({batch}) and load the file under one name.",
        ),
        "rejected": (
            "Radnumren står i {file}. Laga raderna och läs in filen igen.",
            "The row numbers are in {file}. Mend those rows and load the file again.",
        ),
    }
)
"""What needs a look -> what to do about it, Swedish and English."""
SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "late": (
            "Brukar läsas in med {usual} dagars mellanrum; nu har det gått {since}.",
            "Usually loaded every {usual} days; now {since} have passed.",
        ),
        "utc": (
            "De lugnaste timmarna ligger runt kl. {hour}, inte på natten: tiderna kan vara i UTC.",
            "The calmest hours are about {hour}, not at night: the times may be UTC.",
        ),
        "stacked": (
            "{n} rader ligger på en och samma punkt (antal sådana punkter: {spots}).",
            "{n} rows lie on one and the same point (such points: {spots}).",
        ),
        "personal": ("{kinds} togs bort ur texten.", "{kinds} were taken out of the text."),
        "located": (
            "{share} kunde inte placeras på kartan: {sources}.",
            "{share} could not be placed on the map: {sources}.",
        ),
        "timed": (
            "{share} saknar klockslag: {sources}.",
            "{share} have no time of day: {sources}.",
        ),
        "other": ("{n} fick kategorin Övrigt: {words}.", "{n} became Other: {words}."),
        "register": (
            "Misstänkta värden i {source}: {doubts}.",
            "Doubtful values in {source}: {doubts}.",
        ),
        "doubled": (
            "{n} finns redan under källan {other}. Är det samma register räknas allt dubbelt.",
            "{n} are already there as {other}. If it is one register, all of it counts twice.",
        ),
        "rejected": (
            "{n} i senaste filen gick inte att läsa: {why}.",
            "{n} of the latest file could not be read: {why}.",
        ),
    }
)
"""What needs a look -> what is said of it, its {slots} to be filled."""
