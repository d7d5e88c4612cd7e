"""The English sentences behind what of a post does not fit, and what mending it says."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "post.misfit.title_missing": QT_TRANSLATE_NOOP("Messages", "{name} wants a title. Write one."),
    "post.misfit.title_long": QT_TRANSLATE_NOOP(
        "Messages", "The title is too long for {name}: {count} of {most}."
    ),
    "post.misfit.title_signs": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take these signs in a title: {signs}."
    ),
    "post.misfit.description_long": QT_TRANSLATE_NOOP(
        "Messages", "The description is too long for {name}: {count} of {most}."
    ),
    "post.misfit.description_signs": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take these signs in a description: {signs}."
    ),
    "post.misfit.text_long": QT_TRANSLATE_NOOP(
        "Messages",
        "Title and description together are too long for {name}: {count} of {most}.",
    ),
    "post.misfit.hashtags": QT_TRANSLATE_NOOP(
        "Messages", "{name} takes {most} hashtags at most; here are {count}."
    ),
    "post.misfit.mentions": QT_TRANSLATE_NOOP("Messages", "{name} takes {most} mentions at most."),
    "post.misfit.tags": QT_TRANSLATE_NOOP(
        "Messages", "The tags are too long for {name}: {count} of {most}."
    ),
    "post.misfit.tag_signs": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take these signs in tags: {signs}."
    ),
    "post.misfit.video_missing": QT_TRANSLATE_NOOP(
        "Messages", "{name} takes nothing without a video. Choose one."
    ),
    "post.misfit.video_unreadable": QT_TRANSLATE_NOOP(
        "Messages", "The video cannot be read. Choose another file."
    ),
    "post.misfit.video_no_picture": QT_TRANSLATE_NOOP(
        "Messages", "There is no picture in this file, and {name} wants one."
    ),
    "post.misfit.video_large": QT_TRANSLATE_NOOP(
        "Messages", "The video is larger than {most} MB, the most {name} takes."
    ),
    "post.misfit.video_small": QT_TRANSLATE_NOOP(
        "Messages", "The video is smaller than {least} kB, the least {name} takes."
    ),
    "post.misfit.video_long": QT_TRANSLATE_NOOP(
        "Messages", "The video lasts {has}; {name} takes {most} at most. Shorten it."
    ),
    "post.misfit.video_short": QT_TRANSLATE_NOOP(
        "Messages", "The video is shorter than {least} s, the least {name} takes."
    ),
    "post.misfit.video_bits": QT_TRANSLATE_NOOP(
        "Messages", "The video has more than {most} Mbit/s, the most {name} takes."
    ),
    "post.misfit.video_container": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take files of this kind ({form})."
    ),
    "post.misfit.video_start": QT_TRANSLATE_NOOP(
        "Messages", "The video would begin late at {name}: its index stands at the end."
    ),
    "post.misfit.video_codec": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take pictures coded as {form}."
    ),
    "post.misfit.video_sound": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take sound coded as {form}."
    ),
    "post.misfit.video_samples": QT_TRANSLATE_NOOP(
        "Messages", "The sound has more than {most} kHz, the most {name} takes."
    ),
    "post.misfit.video_colours": QT_TRANSLATE_NOOP(
        "Messages", "{name} takes plain colours only: no HDR, 8 bits."
    ),
    "post.misfit.video_shape": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take a picture of this shape ({width} × {height})."
    ),
    "post.misfit.video_narrow": QT_TRANSLATE_NOOP(
        "Messages", "The picture is smaller than {least} pixels, the least {name} takes."
    ),
    "post.misfit.video_wide": QT_TRANSLATE_NOOP(
        "Messages", "The picture is larger than {name} takes ({width} × {height})."
    ),
    "post.misfit.video_frames": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take {count} frames a second."
    ),
    "post.misfit.picture_missing": QT_TRANSLATE_NOOP(
        "Messages", "{name} wants a thumbnail. One can be taken from the video."
    ),
    "post.misfit.picture_unused": QT_TRANSLATE_NOOP(
        "Messages", "{name} takes no thumbnail; this one is left out."
    ),
    "post.misfit.picture_unreadable": QT_TRANSLATE_NOOP(
        "Messages", "The thumbnail is no picture that can be read. Choose another one."
    ),
    "post.misfit.picture_form": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take thumbnails of this kind ({form})."
    ),
    "post.misfit.picture_large": QT_TRANSLATE_NOOP(
        "Messages", "The thumbnail is larger than {most} kB, the most {name} takes."
    ),
    "post.misfit.picture_wide": QT_TRANSLATE_NOOP(
        "Messages", "The thumbnail is larger than {most} pixels, the most {name} takes."
    ),
    "post.misfit.picture_narrow": QT_TRANSLATE_NOOP(
        "Messages",
        "The thumbnail is narrower than {least} pixels and will look coarse at {name}.",
    ),
    "post.misfit.captions_unused": QT_TRANSLATE_NOOP(
        "Messages", "{name} takes no captions; they are left out."
    ),
    "post.misfit.captions_form": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not take captions of this kind ({form})."
    ),
    "post.misfit.privacy": QT_TRANSLATE_NOOP(
        "Messages", "{name} cannot show a post to those you chose. Choose others."
    ),
    "post.misfit.drafts": QT_TRANSLATE_NOOP("Messages", "{name} has no drafts of its own."),
    "post.misfit.synthetic": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} has no mark for what was made with a model. Say it in the description.",
    ),
    "post.misfit.children": QT_TRANSLATE_NOOP(
        "Messages", "{name} has no mark for videos made for children."
    ),
    "post.misfit.choice": QT_TRANSLATE_NOOP(
        "Messages", "{name} wants to know one thing more: {choice}."
    ),
    "errors.log_no_bundle": QT_TRANSLATE_NOOP(
        "Messages",
        "A report of a bug cannot be made here.",
    ),
    "errors.log_save": QT_TRANSLATE_NOOP(
        "Messages",
        "The log could not be written to {path}. {reason}",
    ),
    "errors.report_save": QT_TRANSLATE_NOOP(
        "Messages",
        "The report could not be written to {path}. {reason}",
    ),
    "errors.audit_export": QT_TRANSLATE_NOOP(
        "Messages",
        "The log of what went out cannot be written to {path}: {reason}. Choose another folder.",
    ),
    "errors.post_cannot_shrink": QT_TRANSLATE_NOOP(
        "Messages",
        "The video cannot be made smaller than {most} MB and still be worth seeing. Shorten it, "
        "then try again.",
    ),
    "errors.post_cannot_shorten": QT_TRANSLATE_NOOP(
        "Messages",
        "This video cannot be shortened here: the platform sets no length, or the file cannot "
        "be read.",
    ),
    "errors.post_picture_cannot_shrink": QT_TRANSLATE_NOOP(
        "Messages",
        "The thumbnail cannot be made smaller than {most} kB. Choose a plainer one.",
    ),
    "errors.post_captions_form": QT_TRANSLATE_NOOP(
        "Messages",
        "The captions {name} cannot be turned into what the platform takes. Save them as SubRip "
        "(.srt).",
    ),
    "errors.post_disk_full": QT_TRANSLATE_NOOP(
        "Messages", "There is no room left in {folder}. Free some space, then try again."
    ),
    "errors.post_bot_token": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not know this token. Copy the token of your bot from @BotFather again.",
    ),
    "errors.post_bot_chat": QT_TRANSLATE_NOOP(
        "Messages",
        "The bot may not post in this chat at {name}. Add it there, as an administrator of a "
        "channel, and look whether the chat is written right.",
    ),
    "errors.post_chat_missing": QT_TRANSLATE_NOOP(
        "Messages", "Say in which chat at {name} posts appear: @channel, or a number."
    ),
    "errors.post_mail_address": QT_TRANSLATE_NOOP(
        "Messages", "“{address}” is no e-mail address. Correct it."
    ),
    "errors.post_mail_recipients": QT_TRANSLATE_NOOP(
        "Messages", "Say who gets the message: {most} addresses at most."
    ),
    "errors.post_mail_login": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} does not accept this name and password. Many services want a password made for "
        "apps.",
    ),
    "errors.post_mail_insecure": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} offers no encryption, so nothing was sent. Choose port 465 or 587 of your service.",
    ),
    "errors.post_mail_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} does not take this message ({code}). Look at recipients, size and sender.",
    ),
    "errors.post_mail_nothing": QT_TRANSLATE_NOOP(
        "Messages",
        "There is nothing to send: the video is too large for a message and has no link.",
    ),
    "errors.post_not_noted": QT_TRANSLATE_NOOP(
        "Messages",
        "The station cannot write down that a post goes out, so it did not send it. Free some "
        "space on the disk.",
    ),
    "errors.post_folder": QT_TRANSLATE_NOOP(
        "Messages",
        "Posts cannot be put into {folder}. Choose a folder that is there and may be written to.",
    ),
}
