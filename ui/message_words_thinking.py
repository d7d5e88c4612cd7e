"""The English sentences behind the keys of models, services and meaning; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.engine_no_compiler": QT_TRANSLATE_NOOP(
        "Messages",
        "The engine is built on this device, and no compiler is there. Install the package "
        "build-essential, then press Build it again.",
    ),
    "errors.engine_no_network": QT_TRANSLATE_NOOP(
        "Messages",
        "The source of the engine could not be fetched. Look at the network, then press Build it "
        "again. What was fetched is kept.",
    ),
    "errors.engine_no_source": QT_TRANSLATE_NOOP(
        "Messages",
        "This installation cannot build the engine: its build script is not there.",
    ),
    "errors.engine_no_space": QT_TRANSLATE_NOOP(
        "Messages",
        "There is not enough room on the disk to build the engine: it needs two gigabytes for a "
        "while. Make room, then press Build it again.",
    ),
    "errors.engine_no_vulkan": QT_TRANSLATE_NOOP(
        "Messages",
        "What an engine for the graphics processor is built with is not there. Install the "
        "packages libvulkan-dev and glslc, or build it without.",
    ),
    "errors.engine_not_compiled": QT_TRANSLATE_NOOP(
        "Messages",
        "The engine could not be built. The station goes on without it. What went wrong stands "
        "in {log}.",
    ),
    "errors.engine_not_installed": QT_TRANSLATE_NOOP(
        "Messages",
        "The engine was built but could not be installed. What went wrong stands in {log}. Press "
        "Build it again: it need not be compiled anew.",
    ),
    "errors.hearing_no_engine": QT_TRANSLATE_NOOP(
        "Messages",
        "What hears is not installed here. Set the station up anew: sh packaging/setup.sh.",
    ),
    "errors.hearing_no_file": QT_TRANSLATE_NOOP(
        "Messages",
        "No model that hears is chosen. Choose one in Settings, under Intelligence.",
    ),
    "errors.model_answer": QT_TRANSLATE_NOOP(
        "Messages", "{model} answered something that could not be used."
    ),
    "errors.model_busy": QT_TRANSLATE_NOOP(
        "Messages",
        "The model has too many questions waiting already. Ask again in a while.",
    ),
    "errors.model_closing": QT_TRANSLATE_NOOP(
        "Messages", "The station is closing, and the model with it. The answer was not written."
    ),
    "errors.model_crashed": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} ended in the middle of an answer. Only that answer is lost; it is loaded again "
        "when it is next asked.",
    ),
    "errors.model_failed": QT_TRANSLATE_NOOP(
        "Messages", "{name} could not answer: {why}. Try another file if it happens again."
    ),
    "errors.model_file_broken": QT_TRANSLATE_NOOP(
        "Messages", "{name} is damaged: {why}. Fetch it anew."
    ),
    "errors.model_file_cut": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not complete: its end is missing. Fetch it anew."
    ),
    "errors.model_file_missing": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not there any more. Choose another model."
    ),
    "errors.model_file_no_gguf": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not a model: it only has the name of one."
    ),
    "errors.model_file_no_language": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is a model of another kind ({architecture}): it does not write text.",
    ),
    "errors.model_file_no_whisper": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is no Whisper model. Those that hear are named like ggml-base.bin.",
    ),
    "errors.model_file_refused": QT_TRANSLATE_NOOP(
        "Messages", "The engine does not take {name}: {why}. Choose another model."
    ),
    "errors.model_file_too_big": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} needs more memory than this device has. Choose a smaller one, or one with a "
        "smaller quantisation.",
    ),
    "errors.model_file_unreadable": QT_TRANSLATE_NOOP(
        "Messages", "{name} cannot be read: {why}. Look at its rights and its disk."
    ),
    "errors.model_hung": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} gave no sign of life and was ended. Only that answer is lost; it is loaded again "
        "when it is next asked.",
    ),
    "errors.model_no_engine": QT_TRANSLATE_NOOP(
        "Messages",
        "The engine for models is not built yet. Build it in Settings, under Intelligence.",
    ),
    "errors.model_no_file": QT_TRANSLATE_NOOP(
        "Messages", "No model is chosen. Choose one in Settings, under Intelligence."
    ),
    "errors.model_no_memory": QT_TRANSLATE_NOOP(
        "Messages",
        "There is not enough free memory for {name} now. Close something else, then try again.",
    ),
    "errors.no_title": QT_TRANSLATE_NOOP("Messages", "Without a title it cannot be kept."),
    "errors.no_sound": QT_TRANSLATE_NOOP("Messages", "There is nothing to be heard in {name}."),
    "errors.model_slow": QT_TRANSLATE_NOOP(
        "Messages", "{model} took too long to answer and was left."
    ),
    "errors.model_too_long": QT_TRANSLATE_NOOP(
        "Messages",
        "This is too long for the model {model}. Try a shorter text, or a model that holds more.",
    ),
    "errors.words_not_kept": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} could not be written beside the video. Look at the rights of its folder and at "
        "its disk. You can still copy the words.",
    ),
    "errors.speech_language": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not know the language {language}. Choose a model that knows many: one "
        "without .en in its name.",
    ),
    "errors.no_dialogue": QT_TRANSLATE_NOOP(
        "Messages",
        "It has no subtitles that can be read, so nobody can say what it is about. Find some in "
        "the player, then ask again.",
    ),
    "errors.model_key_in_the_open": QT_TRANSLATE_NOOP(
        "Messages",
        "The key was not sent: {name} is outside your home and its address is not https. Enter an "
        "https address.",
    ),
    "errors.model_key_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} needs an API key. Make one in your account there and enter it here.",
    ),
    "errors.model_key_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not accept the API key. Check it, or make a new one in your account there.",
    ),
    "errors.model_no_money": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no money left in your account at {name}. Nothing was written; add credit there "
        "and try again.",
    ),
    "errors.model_none_there": QT_TRANSLATE_NOOP(
        "Messages", "{name} answers but has no model. Load one there, or name one here."
    ),
    "errors.model_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} will not write this. Nothing was changed; try other words or another model.",
    ),
    "errors.model_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no model {model}. Check its name, or leave it empty for the usual one.",
    ),
    "errors.sound_form": QT_TRANSLATE_NOOP("Messages", "{name} is no WAV, FLAC, MP3 or Opus file."),
    "errors.sound_too_large": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is larger than {most} MB, the most a service takes. Shorten it, or save it as Opus "
        "or MP3.",
    ),
}
