"""The English sentences behind the keys of publishing; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    # Signing in
    "errors.post_sign_in": QT_TRANSLATE_NOOP(
        "Messages", "{name} wants you to sign in again. Open Publishing, Accounts, and sign in."
    ),
    "errors.post_app_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "The app of your own at {name} is not set up yet. Enter its client id and secret; the "
        "steps beside the account say where they are.",
    ),
    "errors.post_app_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} refuses your app. Look whether its client id and secret are right and the app is "
        "still there.",
    ),
    "errors.post_file_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is no longer there, or has become shorter. Put the file back, then try again.",
    ),
    "errors.sign_in_denied": QT_TRANSLATE_NOOP(
        "Messages", "The sign-in at {name} was not allowed. Sign in again when you want to."
    ),
    "errors.sign_in_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} did not let you sign in. Look whether the return address is entered there as the "
        "steps say, then try again.",
    ),
    "errors.sign_in_late": QT_TRANSLATE_NOOP(
        "Messages", "Nobody came back from the sign-in at {name} in time. Start it again."
    ),
    "errors.sign_in_not_begun": QT_TRANSLATE_NOOP(
        "Messages", "No sign-in at {name} is waiting. Start it again."
    ),
    "errors.sign_in_needless": QT_TRANSLATE_NOOP(
        "Messages", "{name} needs no sign-in. It works as it is."
    ),
    "notes.sign_in_done": QT_TRANSLATE_NOOP(
        "Messages", "You are signed in: {name}. You can close this page and go back to Sokoul."
    ),
    "notices.signed_in": QT_TRANSLATE_NOOP("Messages", "You are signed in: {name}."),
    "notices.sign_in_failed": QT_TRANSLATE_NOOP(
        "Messages", "{account} could not be signed in. {reason}."
    ),
    "notices.sign_in_ends": QT_TRANSLATE_NOOP(
        "Messages",
        "The sign-in of {name} at {platform} ends soon (days left: {days}). Sign in again, so "
        "that no post fails.",
    ),
    "errors.sign_in_other": QT_TRANSLATE_NOOP(
        "Messages",
        "You signed in as {name}, but this account is {before}. It stays as it was. Add another "
        "account for {name}.",
    ),
    "errors.sign_in_port": QT_TRANSLATE_NOOP(
        "Messages",
        "Another program uses port {port}, which the browser must come back to. Close it, then "
        "sign in again.",
    ),
    "errors.sign_in_scopes": QT_TRANSLATE_NOOP(
        "Messages",
        "Not everything {name} was asked for was allowed. Sign in again and leave every box "
        "ticked.",
    ),
    "errors.sign_in_state": QT_TRANSLATE_NOOP(
        "Messages", "That answer belongs to another sign-in at {name}. Start it again."
    ),
    "errors.post_account_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no account “{account}” at {name} that you may post on. Correct its name in "
        "the options of the account.",
    ),
    "errors.post_app_unaudited": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} has not looked at your app yet, so it takes nothing from it for a public "
        "account. Make the account private there for now, or post drafts only.",
    ),
    "errors.post_bad_format": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not take this kind of video. Let it be converted to MP4 with H.264, then "
        "send it again.",
    ),
    "errors.post_bad_length": QT_TRANSLATE_NOOP(
        "Messages",
        "The video is too short or too long for {name}. Cut it, then send it again.",
    ),
    "errors.post_bad_rate": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not take this number of frames a second. Let it be converted to 30, then "
        "send it again.",
    ),
    "errors.post_bad_size": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not take a picture of this size or shape. Let it be converted to 1080 × "
        "1920, then send it again.",
    ),
    "errors.post_banned": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} lets this account post nothing now. Open {name} itself: it says there what is "
        "wrong.",
    ),
    "errors.post_busy_there": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} was asked too often. It goes on by itself in a while.",
    ),
    "errors.post_cancelled_there": QT_TRANSLATE_NOOP(
        "Messages",
        "The post was cancelled at {name}. Send it again if it is to go out after all.",
    ),
    "errors.post_choice": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} cannot do what was chosen here: {choice}. Choose otherwise.",
    ),
    "errors.post_drafts_full": QT_TRANSLATE_NOOP(
        "Messages",
        "Too many drafts wait in the inbox of {name}. Finish or delete some there; then it goes"
        " on by itself.",
    ),
    "errors.post_failed_there": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} could not work on it. Try again in a while.",
    ),
    "errors.post_limit_app": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} takes posts of only so many people a day from your app. It is tried again later.",
    ),
    "errors.post_limit_there": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} takes no more posts of this account today. It is tried again later.",
    ),
    "errors.post_needs_video": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} takes videos only. Add one.",
    ),
    "errors.post_no_drafts": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} has no drafts. Send the post, or keep it here for now.",
    ),
    "errors.post_no_planning": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} cannot show a post later by itself. Leave the time to the calendar here.",
    ),
    "errors.post_no_professional": QT_TRANSLATE_NOOP(
        "Messages",
        "None of your Facebook pages has a professional account of {name}. Make the account a "
        "professional one, connect it to a page, then sign in again.",
    ),
    "errors.post_no_right": QT_TRANSLATE_NOOP(
        "Messages",
        "The sign-in at {name} does not allow this. Look whether your app has the rights the "
        "steps name, then sign in again and leave every box ticked.",
    ),
    "errors.post_no_unlisted": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} has no unlisted posts. Choose public, private, or an audience of {name}’s own.",
    ),
    "errors.post_privacy": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not offer this audience to the account. Choose another one, or change the "
        "account there.",
    ),
    "errors.post_public_only": QT_TRANSLATE_NOOP(
        "Messages",
        "Everything on {name} can be seen by all. Make the post public, or leave {name} out.",
    ),
    "errors.post_refused_there": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not take the post as it is. Look at its words and choices, then send it "
        "again.",
    ),
    "errors.post_spam": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} takes this for spam and keeps it back. Open {name} itself, or wait a day before"
        " you send it again.",
    ),
    "errors.post_tags_many": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} takes {most} hashtags at most. Take some out of the description.",
    ),
    "errors.post_text_long": QT_TRANSLATE_NOOP(
        "Messages",
        "Title and description are too long for {name}: {most} characters at most together. "
        "Shorten them.",
    ),
    "errors.post_video_large": QT_TRANSLATE_NOOP(
        "Messages",
        "The video is too large for {name}: {most} MB at most. Let it be made smaller.",
    ),
    "errors.post_video_long": QT_TRANSLATE_NOOP(
        "Messages",
        "The video is too long for this account at {name}: {most} seconds at most. Cut it.",
    ),
    "errors.post_which_account": QT_TRANSLATE_NOOP(
        "Messages",
        "You have several accounts at {name}: {names}. Enter the name of one in the options of "
        "the account, then sign in again.",
    ),
    "notes.post_in_inbox": QT_TRANSLATE_NOOP(
        "Messages",
        "The video waits in the inbox of the app on your phone. Finish it there.",
    ),
    "notes.post_only_me": QT_TRANSLATE_NOOP(
        "Messages",
        "Only you can see it: your app was not looked at by the platform yet. You can change "
        "that there.",
    ),
    "notes.post_takes_long": QT_TRANSLATE_NOOP(
        "Messages",
        "The platform takes long to work on it. Nothing needs to be done.",
    ),
    "errors.post_unknown_there": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not know the post at the moment. Look there whether it still exists.",
    ),
    "errors.post_failed": QT_TRANSLATE_NOOP("Messages", "The post did not go out."),
    "errors.publish_nobody": QT_TRANSLATE_NOOP(
        "Messages", "There is no account {name}. There are: {known}."
    ),
    "errors.publishing_not_ready": QT_TRANSLATE_NOOP(
        "Messages", "Publishing is still starting. Try again in a moment."
    ),
    "errors.post_upload_lost": QT_TRANSLATE_NOOP(
        "Messages",
        "The upload to {name} was lost there. Send the post again.",
    ),
}
