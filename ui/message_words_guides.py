"""The English of how one comes by a developer app of one's own; translators read it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "notes.guide_youtube_project": QT_TRANSLATE_NOOP(
        "Messages",
        "Open console.cloud.google.com, make a project, and switch on the YouTube Data API v3 "
        "and the YouTube Analytics API in its library of APIs.",
    ),
    "notes.guide_youtube_consent": QT_TRANSLATE_NOOP(
        "Messages",
        "Under Google Auth Platform, name the app, choose External, and publish it: while it is"
        " in testing, you have to sign in again every 7 days.",
    ),
    "notes.guide_youtube_client": QT_TRANSLATE_NOOP(
        "Messages",
        "Under Clients, make one of the type Desktop app. Copy its client ID and secret to "
        "here; no return address is needed.",
    ),
    "notes.guide_youtube_test": QT_TRANSLATE_NOOP(
        "Messages",
        "Google keeps videos of a project private until it was audited; ask for the audit at "
        "support.google.com/youtube/contact/yt_api_form.",
    ),
    "notes.guide_tiktok_app": QT_TRANSLATE_NOOP(
        "Messages", "Open developers.tiktok.com, make an app, and choose Desktop as its platform."
    ),
    "notes.guide_tiktok_products": QT_TRANSLATE_NOOP(
        "Messages",
        "Add the products Login Kit and Content Posting API to it, with Direct Post when videos"
        " should go out at once.",
    ),
    "notes.guide_tiktok_return": QT_TRANSLATE_NOOP(
        "Messages",
        "Under Login Kit, enter http://127.0.0.1:*/callback/ as redirect address, then copy "
        "client key and secret to here.",
    ),
    "notes.guide_tiktok_audit": QT_TRANSLATE_NOOP(
        "Messages",
        "Until TikTok has looked at the app, only you see what it posts. Drafts work at once: "
        "they wait in the app on your phone.",
    ),
    "notes.guide_instagram_account": QT_TRANSLATE_NOOP(
        "Messages",
        "Make your Instagram account a professional one and connect it with a Facebook page.",
    ),
    "notes.guide_instagram_app": QT_TRANSLATE_NOOP(
        "Messages",
        "Open developers.facebook.com, make an app for publishing on Instagram, and add "
        "Facebook Login.",
    ),
    "notes.guide_instagram_return": QT_TRANSLATE_NOOP(
        "Messages",
        "Leave the app in development, where http://localhost:8713/callback/ is allowed by "
        "itself. Copy app ID and secret to here.",
    ),
    "notes.guide_instagram_role": QT_TRANSLATE_NOOP(
        "Messages",
        "You need a role in the app (administrator or tester). The sign-in is renewed by itself "
        "while the station runs at least once in 60 days.",
    ),
    "notes.guide_linkedin_app": QT_TRANSLATE_NOOP(
        "Messages",
        "Open developer.linkedin.com and make an app; it needs a page on LinkedIn, an empty one"
        " will do.",
    ),
    "notes.guide_linkedin_products": QT_TRANSLATE_NOOP(
        "Messages",
        "Under Products, ask for Share on LinkedIn and Sign In with LinkedIn using OpenID Connect.",
    ),
    "notes.guide_linkedin_return": QT_TRANSLATE_NOOP(
        "Messages",
        "Under Auth, enter http://localhost:47831/linkedin as redirect address, then copy "
        "client ID and secret to here.",
    ),
    "notes.guide_x_app": QT_TRANSLATE_NOOP(
        "Messages",
        "Open the X developer portal, make a project with an app, and choose Native App with "
        "read and write rights.",
    ),
    "notes.guide_x_return": QT_TRANSLATE_NOOP(
        "Messages",
        "Enter http://127.0.0.1:47832/x as callback address, then copy the OAuth 2.0 client ID "
        "to here; there is no secret.",
    ),
    "notes.guide_x_money": QT_TRANSLATE_NOOP(
        "Messages",
        "X takes money for every post and every question. Load credit in the portal; the budget"
        " shows what it costs.",
    ),
    "notes.guide_reddit_app": QT_TRANSLATE_NOOP(
        "Messages", "Open reddit.com/prefs/apps and make an app of the type installed app."
    ),
    "notes.guide_reddit_return": QT_TRANSLATE_NOOP(
        "Messages",
        "Enter http://127.0.0.1:47833/reddit as redirect uri, then copy the ID below the name of "
        "the app to here.",
    ),
    "notes.guide_telegram_bot": QT_TRANSLATE_NOOP(
        "Messages",
        "Write to @BotFather on Telegram, send /newbot, and copy the token it answers with to "
        "here.",
    ),
    "notes.guide_telegram_chat": QT_TRANSLATE_NOOP(
        "Messages", "Make the bot an administrator of your channel, with the right to post."
    ),
}
