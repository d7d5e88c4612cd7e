"""The English sentences behind the keys of services that make media; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.media_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} could not make this, and does not say why. Try again, or choose another service.",
    ),
    "errors.media_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not have this order or its result any more. Order it again.",
    ),
    "errors.media_needs_picture": QT_TRANSLATE_NOOP(
        "Messages",
        "{model} makes clips out of pictures only. Give the scene a picture first, or choose "
        "another model.",
    ),
    "errors.media_needs_voice": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} needs to know who speaks. Make the voice of the scene first, or name a voice in "
        "Settings, under Plugins.",
    ),
    "errors.media_no_money": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no money left in your account at {name}. Nothing was made. Add credit there and "
        "try again.",
    ),
    "errors.media_not_taken": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} cannot make this out of what it was given. Try other words, another picture or "
        "another model.",
    ),
    "errors.media_picture_form": QT_TRANSLATE_NOOP(
        "Messages", "A clip can begin with a PNG or a JPEG picture only. Choose another picture."
    ),
    "errors.media_picture_large": QT_TRANSLATE_NOOP(
        "Messages", "The picture is larger than the {most} MB the service takes. Use a smaller one."
    ),
    "errors.media_quota": QT_TRANSLATE_NOOP(
        "Messages",
        "Your plan at {name} does not allow more of this now. Wait until it is renewed, or change "
        "it there.",
    ),
    "errors.media_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} will not make this: it is against its rules. Try other words, or choose another "
        "service.",
    ),
    "errors.media_sound_form": QT_TRANSLATE_NOOP(
        "Messages", "An avatar can speak with a WAV or an MP3 file only. Choose another voice."
    ),
    "errors.media_sound_large": QT_TRANSLATE_NOOP(
        "Messages",
        "The voice is larger than {most} MB, the most {name} takes. Make the scene shorter, or "
        "save the voice as MP3.",
    ),
    "errors.media_sound_mp3": QT_TRANSLATE_NOOP(
        "Messages", "{name} takes a voice as MP3 only. Save it as MP3, or use a voice of {name}."
    ),
    "errors.media_text_long": QT_TRANSLATE_NOOP(
        "Messages", "{name} says {most} characters at a time. Make the scene shorter."
    ),
    "errors.media_too_long": QT_TRANSLATE_NOOP(
        "Messages",
        "{model} makes clips of {most} seconds at most. Make the scene shorter, or choose another "
        "model.",
    ),
    "studio.hand_closed": QT_TRANSLATE_NOOP(
        "Messages",
        "Its service seems to have closed. A clip you have from it is imported in the scene.",
    ),
    "studio.hand_graphics": QT_TRANSLATE_NOOP(
        "Messages",
        "It is a program for a computer with a large graphics card. Make the film there and "
        "import it in the scene.",
    ),
    "studio.hand_no_api": QT_TRANSLATE_NOOP(
        "Messages",
        "It lets no program order from it. Make the piece on its pages and import the file as "
        "your music.",
    ),
    "studio.hand_partners": QT_TRANSLATE_NOOP(
        "Messages",
        "Only partners it has chosen may order from it by program. Make the piece on its pages "
        "and import the file as your music.",
    ),
}
