"""The English sentences behind the keys of results, rules and the watch folder."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    # A/B tests
    "errors.test_plan": QT_TRANSLATE_NOOP(
        "Messages",
        "A test lasts 1 to {most} days, in windows of 4, 6, 8, 12 or 24 hours. Choose one of "
        "these.",
    ),
    "errors.test_variants": QT_TRANSLATE_NOOP(
        "Messages", "A test needs two to {most} variants that differ. Change a title or a picture."
    ),
    "errors.test_needs_pictures": QT_TRANSLATE_NOOP(
        "Messages",
        "The post has no picture of its own, so it could not be set back. Give every variant a "
        "picture.",
    ),
    "errors.test_picture_gone": QT_TRANSLATE_NOOP(
        "Messages", "The picture {name} is not there any more. Choose another one."
    ),
    "errors.test_not_out": QT_TRANSLATE_NOOP(
        "Messages", "Only a post that is out can be tested. Try again once it is."
    ),
    "errors.test_cannot": QT_TRANSLATE_NOOP(
        "Messages",
        "Posts on {platform} cannot be tested: it lets nobody change them, or tells no figures.",
    ),
    "errors.test_runs": QT_TRANSLATE_NOOP(
        "Messages", "A test of this post is running. Stop it first."
    ),
    "errors.test_gone": QT_TRANSLATE_NOOP("Messages", "This test is not there any more."),
    "errors.test_result": QT_TRANSLATE_NOOP(
        "Messages",
        "This result does not fit the test. Enter shares from 0 to 100 % and one of its variants.",
    ),
    "errors.test_no_figures": QT_TRANSLATE_NOOP(
        "Messages", "The platform tells no figures of this post now. They are asked for again."
    ),
    "notices.test_won": QT_TRANSLATE_NOOP(
        "Messages", "The test of “{title}” is decided: “{winner}” does best and stays."
    ),
    "notices.test_no_difference": QT_TRANSLATE_NOOP(
        "Messages",
        "The test of “{title}” is over: there is no difference that could be told. “{winner}” "
        "stays.",
    ),
    "notices.test_failed": QT_TRANSLATE_NOOP(
        "Messages", "The test of “{title}” has ended: {reason}."
    ),
    "results.guide_open": QT_TRANSLATE_NOOP(
        "Messages", "Open the video in YouTube Studio on a computer, and its details."
    ),
    "results.guide_choose": QT_TRANSLATE_NOOP(
        "Messages",
        "Beside the title or the thumbnail, choose A/B testing. It is there for long videos, "
        "with advanced features switched on.",
    ),
    "results.guide_enter": QT_TRANSLATE_NOOP(
        "Messages", "Enter the variants of this test there, and begin it."
    ),
    "results.guide_wait": QT_TRANSLATE_NOOP(
        "Messages", "YouTube takes up to two weeks and decides by the share of watch time."
    ),
    "results.guide_result": QT_TRANSLATE_NOOP(
        "Messages", "Come back here and enter the shares and who won, or that nobody did."
    ),
    # Rules
    "errors.rule_empty": QT_TRANSLATE_NOOP(
        "Messages", "A rule needs a name and one to five conditions."
    ),
    "errors.rule_number": QT_TRANSLATE_NOOP(
        "Messages", "A condition counts from 0 up, within a year at most. Correct the numbers."
    ),
    "errors.rule_language": QT_TRANSLATE_NOOP("Messages", "Choose the language of the variant."),
    "errors.rule_seconds": QT_TRANSLATE_NOOP(
        "Messages", "A short variant lasts {least} to {most} seconds. Choose a length between."
    ),
    "errors.rule_nowhere": QT_TRANSLATE_NOOP(
        "Messages", "Choose where the variant is published, or let the rule only propose it."
    ),
    "errors.rule_too_many": QT_TRANSLATE_NOOP(
        "Messages", "There are {most} rules already. Remove one first."
    ),
    "errors.proposal_gone": QT_TRANSLATE_NOOP("Messages", "This proposal is not there any more."),
    "errors.proposal_not_ready": QT_TRANSLATE_NOOP(
        "Messages",
        "Nothing is ready to go out here. Wait until it is made, and choose accounts in the rule.",
    ),
    "errors.translate_nobody": QT_TRANSLATE_NOOP(
        "Messages",
        "Nobody here can translate. Choose a model in Settings, under Intelligence, or switch a "
        "service on there that writes text, then press “Try again”.",
    ),
    "errors.translate_misfit": QT_TRANSLATE_NOOP(
        "Messages",
        "What the model wrote is no translation that fits. Choose another one for translating in "
        "Settings, under Intelligence, then press “Try again”.",
    ),
    "results.translating": QT_TRANSLATE_NOOP(
        "Messages", "Translated so far: {done} of {all} parts of its subtitles."
    ),
    "errors.remake_length": QT_TRANSLATE_NOOP(
        "Messages", "A variant can be made of a video of up to {hours} hours."
    ),
    "errors.remake_no_file": QT_TRANSLATE_NOOP(
        "Messages", "The post has no video file a variant could be made of."
    ),
    "errors.remake_no_words": QT_TRANSLATE_NOOP(
        "Messages",
        "There are no words for subtitles. Put a subtitle file beside the video, or choose a "
        "model that hears in Settings.",
    ),
    "errors.remake_studio": QT_TRANSLATE_NOOP(
        "Messages", "The Studio could not make “{title}”. Open it there and let it go on."
    ),
    "notices.remake_ready": QT_TRANSLATE_NOOP(
        "Messages",
        "“{title}” does well: the variant of the rule “{rule}” is ready. Look at it in Publishing.",
    ),
    "notices.remake_sent": QT_TRANSLATE_NOOP(
        "Messages", "“{title}” does well: the variant of the rule “{rule}” goes out."
    ),
    "notices.remake_failed": QT_TRANSLATE_NOOP(
        "Messages", "No variant of “{title}” could be made: {reason}."
    ),
    # The watch folder
    "errors.watch_no_film": QT_TRANSLATE_NOOP("Messages", "{name} is no video."),
    "errors.watch_gone": QT_TRANSLATE_NOOP(
        "Messages", "{name} is not there any more, or lies outside of the folder."
    ),
    "errors.watch_changed": QT_TRANSLATE_NOOP(
        "Messages", "{name} is still being written. It is taken when it is whole."
    ),
    "errors.watch_no_accounts": QT_TRANSLATE_NOOP(
        "Messages",
        "No accounts are chosen for the watch folder. Choose some in Settings, Publishing.",
    ),
    "errors.watch_unknown": QT_TRANSLATE_NOOP(
        "Messages", "This film is not known to the watch folder any more."
    ),
    "errors.watch_done": QT_TRANSLATE_NOOP(
        "Messages", "This film is done already. Its posts are in Publishing."
    ),
    "notices.watch_ready": QT_TRANSLATE_NOOP(
        "Messages", "“{title}” from the watch folder is ready. It waits for you in Publishing."
    ),
    "notices.watch_sent": QT_TRANSLATE_NOOP(
        "Messages", "“{title}” from the watch folder goes out."
    ),
    "notices.watch_broken": QT_TRANSLATE_NOOP(
        "Messages", "{name} in the watch folder cannot be used: {reason}."
    ),
    "notices.watch_many": QT_TRANSLATE_NOOP(
        "Messages", "The watch folder is done: films taken: {done}, unusable ones: {broken}."
    ),
}
