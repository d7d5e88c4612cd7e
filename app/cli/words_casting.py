"""The words of `sokoul devices` and `sokoul cast` by their keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "casting.why.burnt": (
        "The subtitles are pictures, which it cannot show by itself.",
        "Les sous-titres sont des images, qu'il ne sait pas afficher lui-même.",
    ),
    "casting.why.container": (
        "It does not open {container} files.",
        "Il n'ouvre pas les fichiers {container}.",
    ),
    "casting.why.depth": (
        "It does not play {codec} with {bits} bits of colour.",
        "Il ne lit pas {codec} avec {bits} bits de couleur.",
    ),
    "casting.why.direct": (
        "It plays this as it is.",
        "Il lit ce film tel quel.",
    ),
    "casting.why.dolby_vision": (
        "It does not show this kind of Dolby Vision.",
        "Il n'affiche pas cette sorte de Dolby Vision.",
    ),
    "casting.why.forced": (
        "Some subtitles of this film always belong to the picture.",
        "Certains sous-titres de ce film font toujours partie de l'image.",
    ),
    "casting.why.index_at_end": (
        "The file tells only at its end where everything is.",
        "Le fichier ne dit qu'à la fin où tout se trouve.",
    ),
    "casting.why.interlaced": (
        "It does not show interlaced pictures well.",
        "Il affiche mal les images entrelacées.",
    ),
    "casting.why.level": (
        "It does not play {codec} of level {level}.",
        "Il ne lit pas {codec} de niveau {level}.",
    ),
    "casting.why.only_sound": (
        "It has no screen: only the sound is sent.",
        "Il n'a pas d'écran : seul le son est envoyé.",
    ),
    "casting.why.other_sound": (
        "Another sound track was chosen than the film begins with.",
        "Une autre piste sonore que celle du début a été choisie.",
    ),
    "casting.why.owner": (
        "You chose this form for it in Settings.",
        "Vous avez choisi cette forme pour lui dans les Réglages.",
    ),
    "casting.why.picture": (
        "It does not play {codec} pictures.",
        "Il ne lit pas les images {codec}.",
    ),
    "casting.why.played_before": (
        "This form played well on it before.",
        "Cette forme y a bien marché auparavant.",
    ),
    "casting.why.profile": (
        "It does not play this kind of {codec}.",
        "Il ne lit pas cette sorte de {codec}.",
    ),
    "casting.why.rate": (
        "The film has more data a second than it can take.",
        "Le film a plus de données par seconde qu'il n'en supporte.",
    ),
    "casting.why.refused": (
        "It does not say that it plays this.",
        "Il ne dit pas qu'il lit cela.",
    ),
    "casting.why.refused_before": (
        "It refused every gentler form before.",
        "Il a déjà refusé toutes les formes plus douces.",
    ),
    "casting.why.rotated": (
        "It would show the film lying on its side.",
        "Il afficherait le film couché.",
    ),
    "casting.why.size": (
        "It shows no picture that large.",
        "Il n'affiche pas d'image aussi grande.",
    ),
    "casting.why.sound": (
        "It does not play {codec} sound.",
        "Il ne lit pas le son {codec}.",
    ),
    "casting.why.subtitles": (
        "It cannot show these subtitles by itself.",
        "Il ne sait pas afficher ces sous-titres lui-même.",
    ),
    "casting.why.too_large": (
        "It shows no picture of {height} lines.",
        "Il n'affiche pas d'image de {height} lignes.",
    ),
    "notices.device_asks": (
        "{name} ({address}) asks to look into the library.",
        "{name} ({address}) demande à voir la bibliothèque.",
    ),
    "told.cast_plays": (
        "{title} plays on {device}: {how}.",
        "{title} passe sur {device} : {how}.",
    ),
    "told.cast_plays_because": (
        "{title} plays on {device}: {how}. {why}",
        "{title} passe sur {device} : {how}. {why}",
    ),
    "told.cast_ended": (
        "{title} has ended on {device}.",
        "{title} est terminé sur {device}.",
    ),
    "told.cast_done": (
        "{device}: done.",
        "{device} : c'est fait.",
    ),
    "told.cast_stays": (
        "No station is open: this command stays until the film ends. Ctrl+C stops it.",
        "Aucune station n'est ouverte : cette commande reste jusqu'à la fin du film. Ctrl+C "
        "l'arrête.",
    ),
    "told.no_devices": (
        "No device was found. Switch your TV on and join it to this network.",
        "Aucun appareil trouvé. Allumez votre téléviseur et reliez-le à ce réseau.",
    ),
    "told.device_here": (
        "here",
        "présent",
    ),
    "told.device_away": (
        "away",
        "absent",
    ),
    "cast.preparing": (
        "Getting it ready for {device}…",
        "Préparation pour {device}…",
    ),
    "cast.stage.preparing": (
        "getting ready",
        "préparation",
    ),
    "cast.stage.loading": (
        "loading",
        "chargement",
    ),
    "cast.stage.playing": (
        "playing",
        "lecture",
    ),
    "cast.stage.paused": (
        "paused",
        "pause",
    ),
    "cast.stage.ended": (
        "ended",
        "terminé",
    ),
    "cast.stage.failed": (
        "did not play",
        "échec",
    ),
    "cast.stage.gone": (
        "not answering",
        "ne répond pas",
    ),
    "cast.method.direct": (
        "it plays directly",
        "lecture directe",
    ),
    "cast.method.remux": (
        "it is repacked, nothing is lost",
        "remballé, sans perte",
    ),
    "cast.method.audio": (
        "the sound is converted",
        "le son est converti",
    ),
    "cast.method.full": (
        "picture and sound are converted",
        "image et son sont convertis",
    ),
}
