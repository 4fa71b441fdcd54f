"""The words each actor uses for what happened and where, and what they mean in ours."""

from __future__ import annotations

POLICE: dict[str, tuple[str, ...]] = {
    "violence_public": ("Misshandel utomhus",), "robbery": ("Personrån",),
    "sexual_harassment": ("Ofredande, sexuellt",), "threat": ("Olaga hot", "Ofredande"),
    "arson_fire": ("Skadegörelse genom brand",), "burglary": ("Inbrott, lokal/förråd",),
    "vehicle_crime": ("Skadegörelse på motorfordon", "Stöld ur/från motorfordon"),
    "theft": ("Cykelstöld", "Stöld, övrig"), "drug_dealing": ("Narkotikabrott, överlåtelse",),
    "substance_use": ("LOB", "Narkotikabrott, eget bruk"), "disorder": ("Bråk", "Ordningsstörning"),
    "gathering": ("Ungdomsgäng, oro",), "vandalism": ("Skadegörelse, övrig",),
    "graffiti": ("Skadegörelse, klotter",), "reckless_driving": ("Buskörning, moped/EPA",),
    "noise": ("Störande musik",), "other": ("Övrigt ingripande",),
    "unlocked_building": ("Öppen dörr",),
}  # fmt: skip
"""Our category -> the police-like export's headings."""
POLICE_SPECIAL = {
    ("theft", "public_indoor"): "Stöld i butik",
    ("burglary", "dwelling_exterior"): "Bostadsinbrott",
    ("burglary", "shared_building"): "Inbrott, källare/vind",
    ("violence_public", "dwelling"): "Misshandel inomhus, bekant",
}
"""Headings that depend on the surroundings."""
HOUSING: dict[str, tuple[str, ...]] = {
    "vandalism": ("Krossad ruta", "Förstörd port/lås", "Skada på lekutrustning"),
    "graffiti": ("Klotter fasad/trapphus",), "vehicle_crime": ("Skadegörelse på bil",),
    "arson_fire": ("Brand i soprum/container",), "burglary": ("Källarinbrott",),
    "noise": ("Störning, ljud",), "disorder": ("Bråk på gård",), "gathering": ("Samling i entré",),
    "reckless_driving": ("Moped på gård",),
}  # fmt: skip
GUARDS: dict[str, tuple[str, ...]] = {
    "disorder": ("Ordningsstörning", "Bråk"), "gathering": ("Stökig samling",),
    "noise": ("Hög musik",), "substance_use": ("Berusad person", "Synligt missbruk"),
    "vandalism": ("Skadegörelse",), "graffiti": ("Klotter",), "theft": ("Snatteri/stöld",),
    "threat": ("Hot",), "reckless_driving": ("Buskörning",), "unlocked_building": ("Olåst dörr",),
}  # fmt: skip
MUNICIPALITY: dict[str, tuple[str, ...]] = {
    "vandalism": ("Glaskross", "Åverkan inredning/fasad"), "graffiti": ("Klotter",),
    "arson_fire": ("Anlagd brand",), "burglary": ("Inbrott skola/förskola",),
    "theft": ("Tillgrepp",), "gathering": ("Obehöriga på skolgård",),
    "threat": ("Hot mot personal",),
    "reckless_driving": ("Moped på skolgård/park",), "unlocked_building": ("Öppen lokal",),
}  # fmt: skip
OTHERWISE = "Övrigt, se anteckning"
"""What an actor writes who has no word for it; mapped to nothing, so it becomes `other`."""
SETTINGS = {
    "outdoor": "Utomhus", "public_indoor": "Inomhus, allmän lokal",
    "shared_building": "Trapphus/källare", "dwelling_exterior": "Bostad, utifrån",
    "dwelling": "I bostad", "unknown": "Okänt",
}  # fmt: skip
"""Our setting -> the word all four happen to use."""


def turned(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """
    Turn a list of words round, for a mapping file.

    Parameters
    ----------
    words
        Our category -> theirs.

    Returns
    -------
    dict
        Theirs -> our category.
    """
    return {theirs: ours for ours, many in words.items() for theirs in many}
