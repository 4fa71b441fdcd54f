"""Invented street names that sound like Swedish streets, and no street twice in a town."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_THEMES: dict[str, tuple[str, ...]] = {
    "trees": ("Björk", "Lind", "Alm", "Ask", "Ek", "Rönn", "Gran", "Tall", "Lönn", "Hassel", "Sälg",
              "Asp", "Oxel", "Pil", "Kastanje", "Enbärs", "Körsbärs", "Plommon", "Kotte", "Barr"),
    "flowers": ("Blåklints", "Vallmo", "Linnea", "Syren", "Nejlik", "Viol", "Gullvive",
                "Smörblomme",
                "Prästkrage", "Blåsippe", "Vitsippe", "Konvalje", "Liljekonvalje", "Ros", "Tulpan",
                "Krokus", "Pion", "Kaprifol", "Ljung", "Timjans", "Klöver", "Akleje", "Malva"),
    "berries": ("Lingon", "Blåbärs", "Hallon", "Hjortron", "Smultron", "Jordgubbs", "Krusbärs",
                "Vinbärs", "Odon", "Björnbärs", "Slån", "Nypon", "Fläder", "Tranbärs", "Kråkbärs",
                "Rönnbärs", "Åkerbärs", "Mullbärs"),
    "birds": ("Lärk", "Trast", "Sparv", "Mes", "Svalans", "Stare", "Orr", "Tjäder", "Uggle", "Duv",
              "Hök", "Falk", "Ripa", "Vipe", "Trane", "Storlom", "Knipe", "Gärdsmyg", "Bofinks",
              "Domherre", "Nötväcke", "Rödhake"),
    "music": ("Fiol", "Flöjt", "Harp", "Trumpet", "Pukslagar", "Cello", "Lut",
              "Mandolin", "Fagott", "Tvärflöjts",
              "Orgel", "Visor",
              "Polsk", "Vals", "Not", "Dirigent", "Klarinett", "Dragspels", "Körsångar", "Oboe"),
    "crafts": ("Smed", "Garvar", "Skomakar", "Snickar", "Bagar", "Krukmakar", "Repslagar", "Färgar",
               "Vävar", "Målar", "Bokbindar", "Glasmästar", "Sadelmakar", "Urmakar", "Hattmakar",
               "Tunnbindar", "Kopparslagar", "Timmermans", "Mjölnar", "Handskmakar", "Gördelmakar",
               "Kakelugns", "Murar", "Linvävar", "Svarvar", "Klensmeds", "Korgmakar", "Lyktmakar",
               "Plåtslagar", "Stenhuggar"),
    "water": ("Strand", "Brygg", "Vass", "Gädd", "Abborr", "Näckros", "Säv", "Hamn", "Fiskar",
              "Roddar", "Ångbåts", "Svan", "Lots", "Mört", "Kräft", "Sjö"),
    "old": ("Kyrko", "Skol", "Prost", "Rådhus", "Östra Lång", "Västra Lång", "Trädgårds", "Kloster",
            "Norra Tull", "Södra Tull", "Bryggar", "Apoteks", "Klockar", "Borgmästar", "Torg",
            "Fredriks", "Karolina", "Slotts", "Brunns", "Kvarn", "Hospitals", "Magasins", "Tullar",
            "Rådmans", "Stads", "Lasaretts", "Vallgravs", "Biskops", "Köpmans", "Drottning",
            "Järnvägs", "Post", "Teater", "Källar", "Myntar", "Ryttar", "Vattentorns", "Domar",
            "Gästgivar", "Handels", "Gamla Bro", "Pilgrims", "Rektors", "Läroverks", "Kanal"),
    "industry": ("Verkstads", "Fabriks", "Maskin", "Svets", "Gjuteri", "Lager", "Truck", "Kabel",
                 "Ventil", "Hydraul", "Motor", "Kraft", "Transport", "Stål", "Betong", "Sågverks"),
    "farm": ("Rågåkers", "Havre", "Korn", "Lada", "Loge", "Gärdes", "Ängs", "Hag", "Stubb",
             "Mejeri",
             "Smedje", "Kvarnbäcks", "Skogsbryns", "Backa", "Hult", "Mosse", "Åker", "Höskulle",
             "Vattu", "Sand"),
}  # fmt: skip
_ENDINGS: dict[str, tuple[str, ...]] = {
    "old": ("gatan", "gatan", "gränd", "gatan"),
    "crafts": ("gatan", "gatan", "gränd", "gatan"),
    "water": ("gatan", "vägen", "stigen"),
    "industry": ("vägen", "gatan", "vägen"),
    "music": ("vägen", "gatan", "stigen"),
    "birds": ("vägen", "gatan", "stigen"),
}
_PLAIN = ("vägen", "vägen", "stigen", "gatan", "gården")


class Names:
    """
    Hands out street names, none twice.

    Parameters
    ----------
    rng
        Source of chance.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def street(self, theme: str) -> str:
        """
        Give a name that is not taken.

        Parameters
        ----------
        theme
            Which list to draw from.

        Returns
        -------
        str
            For example "Krukmakargränd".
        """
        stems, ends = _THEMES[theme], _ENDINGS.get(theme, _PLAIN)
        for _ in range(60):
            stem = stems[int(self._rng.integers(len(stems)))]
            end = ends[int(self._rng.integers(len(ends)))]
            name = stem + end
            if name not in self._taken:
                self._taken.add(name)
                return name
        for way in (
            "Norra",
            "Södra",
            "Östra",
            "Västra",
            "Lilla",
            "Övre",
            "Nedre",
            "Inre",
            "Bortre",
        ):
            for stem in stems:
                for end in dict.fromkeys(ends):
                    name = f"{way} {stem.removeprefix('Östra ').removeprefix('Västra ')}{end}"
                    if name not in self._taken and not stem.startswith(("Norra", "Södra")):
                        self._taken.add(name)
                        return name
        return ""
