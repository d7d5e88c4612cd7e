"""What keeps a post from going out, by its keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "notes.post_in_inbox": (
        "The video waits in the inbox of the app on your phone. Finish it there.",
        "La vidéo attend dans la boîte de réception de l'app sur votre téléphone. Terminez-la "
        "là-bas.",
    ),
    "notes.post_only_me": (
        "Only you can see it: your app was not looked at by the platform yet. You can change "
        "that there.",
        "Vous seul pouvez la voir : la plateforme n'a pas encore examiné votre app. Vous pouvez"
        " changer cela là-bas.",
    ),
    "notes.post_takes_long": (
        "The platform takes long to work on it. Nothing needs to be done.",
        "La plateforme met du temps à la traiter. Il n'y a rien à faire.",
    ),
}
