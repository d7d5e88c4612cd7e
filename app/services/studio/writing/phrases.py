"""Sentences the rule-based writer begins and ends with, in the languages it knows; pure.

They state nothing about the topic: what is claimed comes from the owner's text or from facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.domain.project import Tone


@dataclass(frozen=True, slots=True)
class Phrases:
    """Of one language; ``{topic}``, ``{first}`` and ``{second}`` are filled in."""

    hooks: Mapping[Tone, str]
    ends: Mapping[Tone, str]
    last: str  # what stands on the last card
    outline: tuple[tuple[str, str], ...]  # what is said, and what stands on the card


_EN = Phrases(
    hooks={
        Tone.CURIOUS: "{topic}. Sounds simple. It is not.",
        Tone.CALM: "Let us take a quiet look at {topic}.",
        Tone.LIVELY: "{topic}! Here is the short version.",
        Tone.SERIOUS: "{topic}. What is known, in short.",
    },
    ends={
        Tone.CURIOUS: "What would you ask next? Tell us, and follow along.",
        Tone.CALM: "If you liked this, there is more to come. See you next time.",
        Tone.LIVELY: "That was it! Follow for the next one.",
        Tone.SERIOUS: "Sources are in the description. Follow for more.",
    },
    last="Your turn",
    outline=(
        ("{question}", "{question}"),
        ("It is a question that sounds odd for a second, and then stays with you all day.",
         "An odd question"),
        ("Before looking anything up, take it apart. Begin with {first}. What do you already know "
         "about it, and how could you check that?", "Begin with {first}"),
        ("Then comes {second}. What would have to be different there for the answer to change?",
         "Then {second}"),
        ("A good answer has three parts: what was seen, how it was measured, and who checked it "
         "again.", "Seen, measured, checked"),
        ("If one of the three is missing, you have a story, not an answer. Stories are fun. Just "
         "know which one you hold.", "A story, or an answer?"),
        ("So pick one thing you can try yourself, write down what you expect, and only then look.",
         "Guess first, then look"),
    ),
)  # fmt: skip
_FR = Phrases(
    hooks={
        Tone.CURIOUS: "{topic}. Cela semble simple. Ce ne l'est pas.",
        Tone.CALM: "Regardons tranquillement : {topic}.",
        Tone.LIVELY: "{topic} ! Voici l'essentiel.",
        Tone.SERIOUS: "{topic}. Ce que l'on sait, en bref.",
    },
    ends={
        Tone.CURIOUS: "Quelle serait votre prochaine question ? Dites-le nous, et suivez la suite.",
        Tone.CALM: "Si cela vous a plu, la suite arrive. À bientôt.",
        Tone.LIVELY: "C'est tout ! Abonnez-vous pour la suite.",
        Tone.SERIOUS: "Les sources sont dans la description. Abonnez-vous pour la suite.",
    },
    last="À vous",
    outline=(
        ("{question}", "{question}"),
        ("C'est une question qui paraît étrange une seconde, puis qui ne vous quitte plus.",
         "Une drôle de question"),
        ("Avant de chercher, démontons-la. Commençons par {first}. Qu'en savez-vous déjà, et "
         "comment le vérifier ?", "D'abord : {first}"),
        ("Vient ensuite {second}. Qu'est-ce qui devrait changer là pour que la réponse change ?",
         "Ensuite : {second}"),
        ("Une bonne réponse a trois parties : ce qui a été vu, comment on l'a mesuré, et qui l'a "
         "vérifié.", "Vu, mesuré, vérifié"),
        ("S'il en manque une, vous avez une histoire, pas une réponse. Les histoires sont belles. "
         "Sachez seulement laquelle vous tenez.", "Histoire ou réponse ?"),
        ("Choisissez donc une chose à essayer vous-même, notez ce que vous attendez, et regardez "
         "ensuite.", "Deviner, puis regarder"),
    ),
)  # fmt: skip
_DE = Phrases(
    hooks={
        Tone.CURIOUS: "{topic}. Klingt einfach. Ist es aber nicht.",
        Tone.CALM: "Schauen wir uns das in Ruhe an: {topic}.",
        Tone.LIVELY: "{topic}! Hier kommt das Wichtigste.",
        Tone.SERIOUS: "{topic}. Was man weiß, in Kürze.",
    },
    ends={
        Tone.CURIOUS: "Was würdest du als Nächstes fragen? Schreib es uns, und bleib dabei.",
        Tone.CALM: "Wenn dir das gefallen hat: Es kommt noch mehr. Bis bald.",
        Tone.LIVELY: "Das war es! Folge uns für das nächste Video.",
        Tone.SERIOUS: "Die Quellen stehen in der Beschreibung. Folge uns für mehr.",
    },
    last="Du bist dran",
    outline=(
        ("{question}", "{question}"),
        ("Eine Frage, die kurz seltsam klingt und einen dann den ganzen Tag begleitet.",
         "Eine seltsame Frage"),
        ("Bevor wir nachschlagen, nehmen wir sie auseinander. Zuerst: {first}. Was weißt du schon "
         "darüber, und wie könntest du es prüfen?", "Zuerst: {first}"),
        ("Dann: {second}. Was müsste dort anders sein, damit die Antwort eine andere wird?",
         "Dann: {second}"),
        ("Eine gute Antwort hat drei Teile: was gesehen wurde, wie man es gemessen hat, und wer es "
         "nachgeprüft hat.", "Gesehen, gemessen, geprüft"),
        ("Fehlt einer davon, hast du eine Geschichte und keine Antwort. Geschichten sind schön. "
         "Man sollte nur wissen, was man hat.", "Geschichte oder Antwort?"),
        ("Such dir also etwas aus, das du selbst versuchen kannst, schreib auf, was du erwartest, "
         "und schau erst dann nach.", "Erst raten, dann schauen"),
    ),
)  # fmt: skip
_ES = Phrases(
    hooks={
        Tone.CURIOUS: "{topic}. Parece sencillo. No lo es.",
        Tone.CALM: "Veamos con calma: {topic}.",
        Tone.LIVELY: "¡{topic}! Aquí va lo esencial.",
        Tone.SERIOUS: "{topic}. Lo que se sabe, en breve.",
    },
    ends={
        Tone.CURIOUS: "¿Qué preguntarías después? Cuéntanos, y sigue con nosotros.",
        Tone.CALM: "Si te ha gustado, habrá más. Hasta pronto.",
        Tone.LIVELY: "¡Eso es todo! Síguenos para el próximo.",
        Tone.SERIOUS: "Las fuentes están en la descripción. Síguenos para más.",
    },
    last="Te toca",
    outline=(
        ("{question}", "{question}"),
        ("Es una pregunta que suena rara un segundo, y luego no te suelta en todo el día.",
         "Una pregunta rara"),
        ("Antes de buscar nada, vamos a desmontarla. Empieza por {first}. ¿Qué sabes ya, y cómo "
         "podrías comprobarlo?", "Primero: {first}"),
        ("Después viene {second}. ¿Qué tendría que ser distinto ahí para que cambie la respuesta?",
         "Después: {second}"),
        ("Una buena respuesta tiene tres partes: qué se vio, cómo se midió, y quién lo volvió a "
         "comprobar.", "Visto, medido, comprobado"),
        ("Si falta una, tienes una historia, no una respuesta. Las historias son bonitas. Solo hay "
         "que saber cuál tienes.", "¿Historia o respuesta?"),
        ("Así que elige algo que puedas probar tú, apunta lo que esperas, y mira después.",
         "Primero adivina, luego mira"),
    ),
)  # fmt: skip
PHRASES: Final[Mapping[str, Phrases]] = MappingProxyType(
    {"en": _EN, "fr": _FR, "de": _DE, "es": _ES}
)
