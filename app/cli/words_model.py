"""The words of the local model by their keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "doctor.model_measuring": (
        "Measuring {name}; this takes up to some minutes.",
        "Mesure de {name} ; cela prend jusqu'à quelques minutes.",
    ),
    "doctor.model_on_gpu": (
        "runs on          the graphics processor, context of {context} tokens",
        "tourne sur       le processeur graphique, contexte de {context} jetons",
    ),
    "doctor.model_on_cores": (
        "runs on          {threads} cores, context of {context} tokens",
        "tourne sur       {threads} cœurs, contexte de {context} jetons",
    ),
    "doctor.model_load": (
        "first answer     {cold} s after a load from disk; a load from memory takes {warm} s",
        "1re réponse      {cold} s après un chargement du disque ; {warm} s depuis la mémoire",
    ),
    "doctor.model_speed": (
        "speed            first token after {first} s, reads {read}, writes {write} tokens/s",
        "vitesse          1er jeton après {first} s, lit {read}, écrit {write} jetons/s",
    ),
    "doctor.model_memory": ("memory           {memory}", "mémoire          {memory}"),
    "doctor.model_verdicts": (
        "40 verdicts      {seconds} s ({asked} tokens read, {written} written)",
        "40 jugements     {seconds} s ({asked} jetons lus, {written} écrits)",
    ),
    "doctor.model_unfit": (
        "It did not answer in the asked form. Choose a model that follows instructions.",
        "Il n'a pas répondu dans la forme demandée. Choisissez un modèle « instruct ».",
    ),
    "doctor.model_slow": (
        "It works, but judging a search takes more than {seconds} s: rules judge first.",
        "Il marche, mais juger une recherche prend plus de {seconds} s : les règles d'abord.",
    ),
    "doctor.model_good": ("It is quick enough for everything.", "Assez rapide pour tout."),
}
