"""The English sentences behind the keys of posts on their way; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.channel_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "This channel does not exist any more. Choose another, or make one.",
    ),
    "errors.channel_name": QT_TRANSLATE_NOOP(
        "Messages",
        "A channel needs a name. Give it one.",
    ),
    "errors.channel_per_day": QT_TRANSLATE_NOOP(
        "Messages",
        "A channel posts at most {most} times a day here. Choose a smaller number.",
    ),
    "errors.channels_too_many": QT_TRANSLATE_NOOP(
        "Messages",
        "There are {most} channels already. Remove one that is not needed any more.",
    ),
    "errors.post_asking": QT_TRANSLATE_NOOP(
        "Messages",
        "It is not known yet whether this post is out: the platform is being asked. "
        "Nothing is sent a second time meanwhile.",
    ),
    "errors.post_does_not_fit": QT_TRANSLATE_NOOP(
        "Messages",
        "{account} cannot take this post: {why}. Mend it, then send it again.",
    ),
    "errors.post_file_changed": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is not the file that was planned: it has changed since. Look at it, then "
        "press Try again if it is to go out like this.",
    ),
    "errors.post_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "This post does not exist any more. Look at the calendar for what is planned.",
    ),
    "errors.post_no_account": QT_TRANSLATE_NOOP(
        "Messages",
        "No account was chosen to post on, or too many. Choose where it should go.",
    ),
    "errors.post_not_arrived": QT_TRANSLATE_NOOP(
        "Messages",
        "The platform took the post several times and does not have it. Try again later, "
        "or post it there by hand.",
    ),
    "errors.post_not_now": QT_TRANSLATE_NOOP(
        "Messages",
        "The post stands otherwise by now. Look at it again: what you wanted may be done already.",
    ),
    "errors.post_processing_long": QT_TRANSLATE_NOOP(
        "Messages",
        "The platform has worked on this video for half an hour without an end. Look "
        "there whether it is out, or try again later.",
    ),
    "errors.post_too_late": QT_TRANSLATE_NOOP(
        "Messages",
        "The post is going out this moment, or is out already. Change it on the platform itself.",
    ),
    "errors.post_unconfirmed": QT_TRANSLATE_NOOP(
        "Messages",
        "The platform cannot tell whether this post is out. Look there and say so here; "
        "it is not sent a second time by itself.",
    ),
    "errors.post_vanished": QT_TRANSLATE_NOOP(
        "Messages",
        "The post was out and is there no more: the platform or somebody has removed it. "
        "Try again makes a new one.",
    ),
    "errors.post_words_long": QT_TRANSLATE_NOOP(
        "Messages",
        "The words are too long for any platform: {most} letters and 500 tags at most. "
        "Shorten them.",
    ),
    "notices.post_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "“{title}” did not go out on {account}. {reason}.",
    ),
    "notices.post_held": QT_TRANSLATE_NOOP(
        "Messages",
        "“{title}” waits to go out on {account}. {reason}.",
    ),
    "notices.post_out": QT_TRANSLATE_NOOP(
        "Messages",
        "“{title}” is out on {account}.",
    ),
    "notices.post_unconfirmed": QT_TRANSLATE_NOOP(
        "Messages",
        "Is “{title}” out on {account}? The platform cannot tell. Look there, then "
        "answer in Publishing.",
    ),
    "notices.series_ended": QT_TRANSLATE_NOOP(
        "Messages",
        "The repeats of “{title}” on {account} have ended. Plan it anew if it is to go out again.",
    ),
}
