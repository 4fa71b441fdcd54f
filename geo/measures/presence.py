"""Rules for presence: where wardens do most good, and where only if there is time."""

from __future__ import annotations

from geo.measures.rules import Gate, Rule
from geo.measures.shared import HAPPENED, SURE

PRESENCE = Rule(
    code="presence",
    about="place",
    kind="patrol",
    tier=1,
    gates=(SURE,),
    reasons=HAPPENED,
    confidence=(("place", ()),),
    caveat="presence_effect",
    grade="B",
    sv="närvaro där mycket händer",
    en="presence where much happens",
    basis="Besök på platser och tider med många händelser; effekten beror på vad som görs där.",
    follow_up_weeks=(4, 12),
    owner="presence",
    alternatives=("ask",),
)
PRESENCE_POSSIBLE = Rule(
    code="presence_possible",
    about="place",
    kind="patrol",
    tier=6,
    gates=((Gate("certainty", "==", "possible"),),),
    reasons=HAPPENED,
    confidence=(("possible", ()),),
    caveat="may_be_chance",
    grade="C",
    sv="närvaro om tid finns",
    en="presence if there is time",
    basis="Som närvaro, men platsen kan vara en slump: lägre prioritet.",
    follow_up_weeks=(4, 12),
    owner="presence",
    alternatives=("ask",),
)
