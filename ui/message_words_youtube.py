"""The English sentences behind the keys of YouTube; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.youtube_api_off": QT_TRANSLATE_NOOP(
        "Messages",
        "Your Google Cloud project does not allow this yet. Open its library of APIs and switch "
        "on the YouTube Data API v3, wait a few minutes, then try again.",
    ),
    "errors.youtube_category": QT_TRANSLATE_NOOP(
        "Messages", "YouTube does not know this category. Choose another."
    ),
    "errors.youtube_description": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube will not take this description. It may have 5,000 bytes, and no < or >.",
    ),
    "errors.youtube_forbidden": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube does not allow this to your channel. Look in YouTube Studio whether something is "
        "locked there.",
    ),
    "errors.youtube_gone": QT_TRANSLATE_NOOP(
        "Messages", "That video is no longer on YouTube: it was removed there."
    ),
    "errors.youtube_no_channel": QT_TRANSLATE_NOOP(
        "Messages",
        "This Google account has no YouTube channel. Make one at youtube.com, or sign in with "
        "another account.",
    ),
    "errors.youtube_publish_at": QT_TRANSLATE_NOOP(
        "Messages", "YouTube will not take this time. Choose one that lies ahead."
    ),
    "errors.youtube_quota": QT_TRANSLATE_NOOP(
        "Messages",
        "Your Google Cloud project has used up what it may ask YouTube today. It goes on by "
        "itself after midnight, Pacific time.",
    ),
    "errors.youtube_quota_ahead": QT_TRANSLATE_NOOP(
        "Messages",
        "Of what your Google Cloud project may ask YouTube today, {left} units are left, and this "
        "takes {needed}. It goes on by itself after midnight, Pacific time.",
    ),
    "errors.youtube_quota_small": QT_TRANSLATE_NOOP(
        "Messages",
        "This takes {needed} of what your Google Cloud project may ask YouTube in a day, and you "
        "set {most}. Set what Google gives you in the options of the account.",
    ),
    "errors.youtube_rejected": QT_TRANSLATE_NOOP(
        "Messages", "YouTube took the video and then rejected it. YouTube Studio tells why."
    ),
    "errors.youtube_rejected_copyright": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube rejected the video because somebody else has rights in it. YouTube Studio tells "
        "which.",
    ),
    "errors.youtube_rejected_duplicate": QT_TRANSLATE_NOOP(
        "Messages", "YouTube rejected the video because it is on your channel already."
    ),
    "errors.youtube_rejected_length": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube rejected the video because it is too long. Verify your channel at "
        "youtube.com/verify: then it may be longer than 15 minutes.",
    ),
    "errors.youtube_tags": QT_TRANSLATE_NOOP(
        "Messages", "YouTube will not take these tags. All together they may have 500 characters."
    ),
    "errors.youtube_thumbnail": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube takes thumbnails of 2 MB at most, as JPEG or PNG. Choose another picture.",
    ),
    "errors.youtube_title": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube will not take this title. It may have 100 characters, and no < or >.",
    ),
    "errors.youtube_unusable": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube could not do anything with this file. Save the video as MP4 with H.264, then try "
        "again.",
    ),
    "errors.youtube_upload_limit": QT_TRANSLATE_NOOP(
        "Messages",
        "Your channel has uploaded as much as YouTube allows in a day. It is tried again later.",
    ),
    "errors.youtube_uploads_ahead": QT_TRANSLATE_NOOP(
        "Messages",
        "Your Google Cloud project has uploaded as many videos as it may today. It goes on by "
        "itself after midnight, Pacific time.",
    ),
    "errors.youtube_words": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube will not take these words. Look at title, description, tags and category.",
    ),
    "notes.youtube_captions": QT_TRANSLATE_NOOP(
        "Messages", "The video is out, but YouTube would not take the captions."
    ),
    "notes.youtube_left": QT_TRANSLATE_NOOP(
        "Messages", "left today: units {units}, uploads {uploads}"
    ),
    "notes.youtube_private": QT_TRANSLATE_NOOP(
        "Messages",
        "YouTube keeps the video private: it does so with projects it has not audited. Ask Google "
        "for the audit, or make the video public in YouTube Studio.",
    ),
    "notes.youtube_thumbnail": QT_TRANSLATE_NOOP(
        "Messages",
        "The video is out, but YouTube would not take the thumbnail. It wants JPEG or PNG of 2 MB "
        "at most, and a channel verified by phone.",
    ),
}
