"""The English sentences behind the keys of the Studio; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.asset_broken": QT_TRANSLATE_NOOP(
        "Messages",
        "“{name}” is not what it should be: it could not be read, or it is too large. Nothing was "
        "changed. Choose another file.",
    ),
    "errors.asset_gone": QT_TRANSLATE_NOOP(
        "Messages", "That file is no longer in the asset library. Choose another, or make it anew."
    ),
    "errors.file_there": QT_TRANSLATE_NOOP(
        "Messages", "There is a file {path} already, and it was left as it is. Choose another name."
    ),
    "errors.not_a_picture": QT_TRANSLATE_NOOP(
        "Messages",
        "This is no picture that can be opened here. Choose a JPEG, PNG or WebP file.",
    ),
    "errors.no_zim_here": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no ZIM file at {path}. Choose one, or the folder your ZIM files lie in.",
    ),
    "errors.zim_slow": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} could not be read in time. Copy it to a faster disk, or try again later.",
    ),
    "errors.zim_unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is no ZIM file that can be read. It may be damaged or not whole: download it "
        "again.",
    ),
    "errors.picture_too_large": QT_TRANSLATE_NOOP(
        "Messages",
        "The picture is too large: 40 MB and 80 megapixels at most. Save it smaller, then try "
        "again.",
    ),
    "errors.picture_too_small": QT_TRANSLATE_NOOP(
        "Messages",
        "The picture is too small to be shown ({width} × {height}). Choose a larger one.",
    ),
    "errors.project_gone": QT_TRANSLATE_NOOP(
        "Messages", "That project is gone: it was removed meanwhile."
    ),
    "errors.scene_gone": QT_TRANSLATE_NOOP(
        "Messages", "That scene is gone: the script was written anew. Open the project again."
    ),
    "errors.studio_disk": QT_TRANSLATE_NOOP(
        "Messages",
        "What was made could not be written to the disk: {reason}. The rest is kept. Make room, "
        "then press Go on.",
    ),
    "errors.studio_empty": QT_TRANSLATE_NOOP(
        "Messages", "Write what the video should be about, or paste your own text."
    ),
    "errors.studio_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "The step {step} failed. What was made before it is kept: open the project in the Studio, "
        "see why, and press Try again.",
    ),
    "errors.studio_length": QT_TRANSLATE_NOOP(
        "Messages", "A video lasts from {least} to {most} seconds. Choose a length between them."
    ),
    "errors.studio_stopped": QT_TRANSLATE_NOOP(
        "Messages", "“{title}” was paused. What was made is kept. Press Go on in the Studio."
    ),
    "errors.studio_too_long": QT_TRANSLATE_NOOP(
        "Messages", "The text is too long: {most} letters at most. Make two videos of it."
    ),
    "errors.studio_unfinished": QT_TRANSLATE_NOOP(
        "Messages",
        "The scene “{scene}” has no picture or no voice yet. Press Go on, or give it one of your "
        "own.",
    ),
    "errors.video_not_made": QT_TRANSLATE_NOOP(
        "Messages", "The video is not made yet. Press Make the video first."
    ),
    "errors.voice_gone": QT_TRANSLATE_NOOP(
        "Messages", "The voice {voice} is not there any more. Choose another one for this project."
    ),
    "errors.voice_language": QT_TRANSLATE_NOOP(
        "Messages",
        "The voice {voice} does not speak the language of the text ({language}). Choose another "
        "voice, or another language.",
    ),
    "errors.voice_none": QT_TRANSLATE_NOOP(
        "Messages",
        "No voice here speaks {language}. Choose another language, or switch a voice service on.",
    ),
    "errors.recording_short": QT_TRANSLATE_NOOP(
        "Messages", "Too little is said in {name}. Record the whole sentence."
    ),
    "errors.recording_silent": QT_TRANSLATE_NOOP(
        "Messages",
        "Nothing can be heard in {name}. Check the microphone, then record it again.",
    ),
    "errors.voice_engine_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "The voices of this device are missing. Install the package libespeak-ng1, or choose a "
        "voice service.",
    ),
    "errors.voice_failed": QT_TRANSLATE_NOOP(
        "Messages", "The voice could not say this text ({why}). Choose another voice."
    ),
    "errors.voice_file_broken": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not a voice, or its .json file is damaged. Get both files anew."
    ),
    "errors.voice_file_kind": QT_TRANSLATE_NOOP(
        "Messages", "{name} is a kind of voice that cannot be used here. Choose another one."
    ),
    "errors.voice_file_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} cannot be read, or its .json file is not beside it. A voice is both files.",
    ),
    "errors.voice_nothing": QT_TRANSLATE_NOOP("Messages", "There is nothing to say in this text."),
    "errors.voice_plan_empty": QT_TRANSLATE_NOOP(
        "Messages",
        "Your plan at {name} has {left} characters left, and this text needs {needs}. Choose "
        "another voice, or a larger plan.",
    ),
    "errors.voice_runtime_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "Own voice files need ONNX Runtime, which is not installed. Choose another voice.",
    ),
    "errors.voice_sound_long": QT_TRANSLATE_NOOP(
        "Messages", "{name} is too long: {minutes} minutes at most."
    ),
    "errors.voice_too_long": QT_TRANSLATE_NOOP(
        "Messages", "This text is too long to be said in one go: {most} letters at most."
    ),
    "notices.video_ready": QT_TRANSLATE_NOOP("Messages", "The video “{title}” is ready."),
    "notices.video_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "The video “{title}” could not be finished. What was made is kept: see why on its page.",
    ),
    "studio.reason_card": QT_TRANSLATE_NOOP("Messages", "Drawn here."),
    "studio.reason_little": QT_TRANSLATE_NOOP("Messages", "Little to do with the sentence."),
    "studio.reason_meaning": QT_TRANSLATE_NOOP("Messages", "Near to the sentence in meaning."),
    "studio.reason_name": QT_TRANSLATE_NOOP("Messages", "Shows what the sentence names."),
    "studio.reason_words": QT_TRANSLATE_NOOP("Messages", "Shares words with the sentence."),
    "studio.posts_out": QT_TRANSLATE_NOOP("Messages", "{out} of {posts} posts are out."),
    "studio.posts_wait": QT_TRANSLATE_NOOP(
        "Messages", "{out} of {posts} posts are out, the others wait on the Publishing page."
    ),
    "studio.ab_test_runs": QT_TRANSLATE_NOOP(
        "Messages", "The thumbnails are tried against each other, see the Publishing page."
    ),
    "studio.ab_test_not": QT_TRANSLATE_NOOP(
        "Messages", "Nothing to try: no account was chosen that can, or the video is not out yet."
    ),
    "studio.publish_by_hand": QT_TRANSLATE_NOOP(
        "Messages", "No account was chosen. Post it from the Publishing page, or export it."
    ),
    "studio.did_script": QT_TRANSLATE_NOOP("Messages", "The script was written ({scenes} scenes)."),
    "studio.did_voice": QT_TRANSLATE_NOOP("Messages", "A scene was spoken."),
    "studio.did_pictures": QT_TRANSLATE_NOOP("Messages", "A picture was made."),
    "studio.did_clips": QT_TRANSLATE_NOOP("Messages", "A clip was made."),
    "studio.did_avatar": QT_TRANSLATE_NOOP("Messages", "An avatar was made."),
    "studio.did_music": QT_TRANSLATE_NOOP("Messages", "The music was made."),
}
