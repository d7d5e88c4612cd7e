"""The English sentences behind the keys of LinkedIn, X and Reddit; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.linkedin_page": QT_TRANSLATE_NOOP(
        "Messages",
        "That is no number of a LinkedIn page. It stands in the address of the page when you "
        "manage it: digits only.",
    ),
    "errors.linkedin_version": QT_TRANSLATE_NOOP(
        "Messages",
        "LinkedIn no longer takes version {version} of its interface. Enter a newer one in the "
        "options of the account: year and month, such as 202610.",
    ),
    "errors.post_duplicate": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} has a post of yours with the same words already, and takes none like it. Change "
        "the words, then send it again.",
    ),
    "errors.post_empty": QT_TRANSLATE_NOOP(
        "Messages", "A post for {name} needs words or a video. Add some."
    ),
    "errors.post_no_credit": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no credit left at {name}, where posts cost money. Buy some in its developer "
        "portal; then it goes on.",
    ),
    "errors.post_not_told": QT_TRANSLATE_NOOP(
        "Messages", "{name} does not say whether the post is there. It is asked again later."
    ),
    "errors.reddit_flair_needed": QT_TRANSLATE_NOOP(
        "Messages",
        "r/{subreddit} wants a flair on every post. Choose one of these: {flairs}.",
    ),
    "errors.reddit_flair_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "r/{subreddit} has no flair “{flair}”. Choose one of these: {flairs}.",
    ),
    "errors.reddit_no_subreddit": QT_TRANSLATE_NOOP(
        "Messages", "Choose the community on Reddit where the post is to go."
    ),
    "errors.reddit_no_videos": QT_TRANSLATE_NOOP(
        "Messages", "r/{subreddit} takes no videos. Choose another community."
    ),
    "errors.reddit_not_allowed": QT_TRANSLATE_NOOP(
        "Messages",
        "r/{subreddit} does not let you post. Choose another community, or ask its moderators.",
    ),
    "errors.reddit_not_shown": QT_TRANSLATE_NOOP(
        "Messages",
        "Reddit does not show the post yet; it may still work on the video. It is looked for "
        "again in a while.",
    ),
    "errors.reddit_poster": QT_TRANSLATE_NOOP(
        "Messages",
        "Reddit shows no video without a picture for it. Add a thumbnail: JPEG or PNG.",
    ),
    "errors.reddit_rules": QT_TRANSLATE_NOOP(
        "Messages",
        "The post does not keep the rules of r/{subreddit}. Read them there, change its title or "
        "flair, then send it again.",
    ),
    "errors.reddit_subreddit_unknown": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no community r/{subreddit} that you can see. Look whether its name is right.",
    ),
    "errors.reddit_title_bans": QT_TRANSLATE_NOOP(
        "Messages",
        "r/{subreddit} does not allow these words in a title: {words}. Take them out.",
    ),
    "errors.reddit_title_long": QT_TRANSLATE_NOOP(
        "Messages", "The title is too long for Reddit: {most} characters at most. Shorten it."
    ),
    "errors.reddit_title_long_there": QT_TRANSLATE_NOOP(
        "Messages",
        "The title is too long for r/{subreddit}: {most} characters at most. Shorten it.",
    ),
    "errors.reddit_title_missing": QT_TRANSLATE_NOOP(
        "Messages", "A post on Reddit needs a title. Write one."
    ),
    "errors.reddit_title_needs": QT_TRANSLATE_NOOP(
        "Messages",
        "r/{subreddit} wants one of these in every title: {words}. Add it.",
    ),
    "errors.reddit_title_short": QT_TRANSLATE_NOOP(
        "Messages",
        "The title is too short for r/{subreddit}: {least} characters at least. Say a little more.",
    ),
    "notes.post_extras_left": QT_TRANSLATE_NOOP(
        "Messages",
        "The thumbnail or the captions were not taken. The video goes without them.",
    ),
}
