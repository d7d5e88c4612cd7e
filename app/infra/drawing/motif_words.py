"""Which motif a text calls for: a small table of how words begin, in a few languages."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from app.domain.text import fold


class Motif(StrEnum):
    """What can be drawn."""

    ORBIT = "orbit"
    CLOCK = "clock"
    WAVES = "waves"
    PEAKS = "peaks"
    TREE = "tree"
    CITY = "city"
    NET = "net"
    RAYS = "rays"
    STEPS = "steps"
    PATH = "path"
    RINGS = "rings"
    ARCS = "arcs"


BEGINNINGS: tuple[tuple[Motif, str], ...] = (
    (Motif.CLOCK, "time clock hour minute second slow fast late early watch wait always never age "
     "day night week century history temps horloge heure montre jour siecle histoire tiempo reloj "
     "hora dia zeit uhr stunde tag jahrhundert"),
    (Motif.ORBIT, "space planet star moon satellit gps gravit orbit galax universe astro cosm "
     "rocket earth mars einstein physic atom electron espace etoile lune terre fusee espacio "
     "estrella luna weltraum stern mond erde"),
    (Motif.WAVES, "wave sea ocean water river swim fish sound music song sing radio signal voice "
     "listen hear rain ship boat vague mer eau son musique voix pluie onda mar agua sonido musica "
     "voz welle meer wasser musik stimme"),
    (Motif.PEAKS, "mountain hill peak climb snow alp everest high cold volcan ski montagne neige "
     "sommet montana nieve berg gipfel schnee"),
    (Motif.TREE, "tree forest plant leaf leaves flower garden seed grow animal bird bee nature "
     "wild farm food arbre foret plante fleur jardin oiseau arbol bosque planta flor baum wald "
     "blume garten tier"),
    (Motif.CITY, "city town house home building street kitchen room roof school office shop "
     "bridge factory ville maison rue cuisine ecole toit ciudad casa calle cocina stadt haus "
     "strasse kuche"),
    (Motif.NET, "internet network brain mind think memory data comput machine robot ai code "
     "phone people friend social team language word science cerveau reseau donnee ordinateur ami "
     "red cerebro datos netz gehirn daten rechner"),
    (Motif.RAYS, "sun light fire heat hot energ power burn electr bright summer flame shine "
     "lightning soleil lumiere feu chaleur sol luz fuego sonne licht feuer warm"),
    (Motif.STEPS, "money price cost pay rich market grow growth record goal score win champion "
     "ronaldo football sport more better speed percent rise argent prix marche but gagner dinero "
     "precio geld preis markt rekord tor"),
    (Motif.PATH, "travel road journey way walk run drive train car flight fly plane map route "
     "trip explor voyage route chemin avion viaje camino tren reise weg strasse zug flug"),
    (Motif.RINGS, "cell egg eye drop ball heart circle target focus body blood life love sleep "
     "oeil coeur cible corps vie amour ojo corazon vida auge herz leben"),
)  # fmt: skip
SHORTEST = 4
"""A shorter beginning must be the whole word."""
PLAIN = (Motif.ARCS, Motif.RINGS, Motif.ORBIT, Motif.WAVES)


def motif_for(text: str, chance: int) -> Motif:
    """Return the motif most words of a text call for; without any, one by chance."""
    votes: Counter[Motif] = Counter()
    for word in fold(text).split():
        for motif, beginnings in BEGINNINGS:
            if any(_begins(word, one) for one in beginnings.split()):
                votes[motif] += 1
    if not votes:
        return PLAIN[chance % len(PLAIN)]
    order = list(Motif)
    return min(votes, key=lambda motif: (-votes[motif], order.index(motif)))


def _begins(word: str, beginning: str) -> bool:
    if len(beginning) < SHORTEST:
        return word in (beginning, beginning + "s")
    return word.startswith(beginning) and len(word) <= len(beginning) + 5
