"""What the Publishing page says of posts, states and times, in the language of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QDateTime, QLocale

from app.domain.post import AccountId, AccountView, Advice, Misfit, Part, Post, PostState, Repeat
from ui import words
from ui.messages import told

SOON_DAYS = 7
SIGN_IN = "errors.post_sign_in"
"""Why an account does nothing when nobody is signed in: its row has a button for it."""
STATES: dict[PostState, tuple[object, str, str]] = {
    PostState.DRAFT: (QT_TRANSLATE_NOOP("Publishing", "Draft"), "faint", "pencil"),
    PostState.ASKING: (QT_TRANSLATE_NOOP("Publishing", "Waits for your yes"), "warn",
                       "circle-help"),
    PostState.PLANNED: (QT_TRANSLATE_NOOP("Publishing", "Planned"), "faint", "clock"),
    PostState.SENDING: (QT_TRANSLATE_NOOP("Publishing", "Being sent"), "info", "upload"),
    PostState.WORKING: (QT_TRANSLATE_NOOP("Publishing", "The platform works on it"), "info",
                        "loader"),
    PostState.HELD: (QT_TRANSLATE_NOOP("Publishing", "Held"), "bad", "pause"),
    PostState.UNCONFIRMED: (QT_TRANSLATE_NOOP("Publishing", "Unconfirmed"), "warn",
                            "triangle-alert"),
    PostState.DONE: (QT_TRANSLATE_NOOP("Publishing", "It is out"), "good", "check"),
    PostState.FAILED: (QT_TRANSLATE_NOOP("Publishing", "Failed"), "bad", "circle-alert"),
    PostState.CANCELLED: (QT_TRANSLATE_NOOP("Publishing", "Cancelled"), "faint", "x"),
}  # fmt: skip
"""Words, colour token and icon of each state."""
REPEATS: dict[Repeat, object] = {
    Repeat.NEVER: QT_TRANSLATE_NOOP("Publishing", "Once"),
    Repeat.WEEKLY: QT_TRANSLATE_NOOP("Publishing", "Again every week"),
    Repeat.MONTHLY: QT_TRANSLATE_NOOP("Publishing", "Again every month"),
    Repeat.QUARTERLY: QT_TRANSLATE_NOOP("Publishing", "Again every quarter"),
}
PRIVACY: dict[str, object] = {
    "public": QT_TRANSLATE_NOOP("Publishing", "Everybody"),
    "unlisted": QT_TRANSLATE_NOOP("Publishing", "Who has the link"),
    "private": QT_TRANSLATE_NOOP("Publishing", "Only me"),
}
PLATFORMS = {
    "youtube": "YouTube", "tiktok": "TikTok", "instagram": "Instagram", "linkedin": "LinkedIn",
    "x_com": "X", "reddit": "Reddit", "telegram": "Telegram",
    "local_folder": QT_TRANSLATE_NOOP("Publishing", "Folder and RSS"),
    "email": QT_TRANSLATE_NOOP("Publishing", "E-mail"),
}  # fmt: skip
CHOICES: dict[str, tuple[str, object, str]] = {
    "reddit": ("subreddit", QT_TRANSLATE_NOOP("Publishing", "Subreddit"), "videos"),
}
"""What a platform must be told beside the words: the choice, its name, an example."""
HOMES = {
    "youtube": "https://studio.youtube.com", "tiktok": "https://www.tiktok.com/tiktokstudio",
    "instagram": "https://www.instagram.com", "linkedin": "https://www.linkedin.com/feed/",
    "x_com": "https://x.com/home", "reddit": "https://www.reddit.com/user/me/submitted/",
    "telegram": "https://web.telegram.org",
}  # fmt: skip
"""Where the owner looks whether a post is out."""


def tr(text: object) -> str:
    """Words of the tables above in the language of the window."""
    return QCoreApplication.translate("Publishing", str(text))


def state(post: Post) -> tuple[str, str, str]:
    """How a post stands: words, colour token, icon."""
    said, tone, icon = STATES[post.state]
    text = tr(said)
    if post.state is PostState.SENDING and post.fraction is not None:
        text = f"{text}{words.SEPARATOR}{round(post.fraction * 100)} %"
    return text, tone, icon


def platform(name: str) -> str:
    """What a platform is called."""
    return tr(PLATFORMS[name]) if name in PLATFORMS else name.replace("_", " ").capitalize()


def home(post: Post) -> str:
    """Where to look at a post, or for it; empty when there is no such place."""
    return post.url or HOMES.get(post.platform, "")


def local(at: float) -> QDateTime:
    """A moment on this device's clock."""
    return QDateTime.fromMSecsSinceEpoch(round(at * 1000))


def hour(at: float) -> str:
    """The time of day, such as ``18:00``."""
    return local(at).toString("HH:mm")


def day(date: QDate, today: QDate) -> str:
    """A day, such as ``today``, ``tomorrow``, ``Friday`` or ``20 Nov``."""
    away = today.daysTo(date)
    near = {
        -1: QCoreApplication.translate("Publishing", "yesterday"),
        0: QCoreApplication.translate("Publishing", "today"),
        1: QCoreApplication.translate("Publishing", "tomorrow"),
    }
    if away in near:
        return near[away]
    if 1 < away < SOON_DAYS:
        return QLocale().dayName(date.dayOfWeek(), QLocale.FormatType.LongFormat)
    if date.year() == today.year():
        return QLocale().toString(date, "d MMM")
    return QLocale().toString(date, "d MMM yyyy")


def moment(at: float, now: float) -> str:
    """A day and the time of it, such as ``today at 18:00``."""
    said = QCoreApplication.translate("Publishing", "{day} at {hour}")
    return said.format(day=day(local(at).date(), local(now).date()), hour=hour(at))


def when(post: Post, now: float) -> str:
    """When a post goes out or went out."""
    at = post.ended if post.state is PostState.DONE and post.ended else post.at
    if at:
        return moment(at, now)
    return QCoreApplication.translate("Publishing", "as soon as it may")


def headline(post: Post) -> str:
    """Its title, or the first words of what it says."""
    text = post.words.title or post.words.description
    return text.strip().splitlines()[0] if text.strip() else tr(STATES[PostState.DRAFT][0])


def where(post: Post) -> str:
    """Platform and account, such as ``YouTube · Kitchen Lab``."""
    name = platform(post.platform)
    return words.SEPARATOR.join(dict.fromkeys((name, post.account_name or name)))


def spoken(post: Post, now: float) -> str:
    """Everything a screen reader says of a post."""
    return ", ".join((headline(post), where(post), when(post, now), state(post)[0]))


def reason(post: Post) -> str:
    """Why a post is held, unconfirmed or failed; empty when nothing was told."""
    return told(post.reason, {"name": platform(post.platform), **post.reason_args}) \
        if post.reason else ""  # fmt: skip


def misfit(one: Misfit) -> str:
    """What does not fit, as a sentence."""
    return told(one.key, one.args)


def shorten(one: Misfit) -> str:
    """What the button says that shortens what is too long; a video, to how long."""
    if one.long is Part.VIDEO:
        said = QCoreApplication.translate("Publishing", "Shorten to {time}")
        return said.format(time=one.args.get("most", ""))
    return QCoreApplication.translate("Publishing", "Shorten")


def shortens(one: Misfit) -> str:
    """What that does, as a sentence."""
    if one.long is Part.VIDEO:
        said = QCoreApplication.translate(
            "Publishing", "{name} gets the first {time} of the video. Your file stays as it is."
        )
        return said.format(name=one.args.get("name", ""), time=one.args.get("most", ""))
    said = QCoreApplication.translate("Publishing", "Cut between words, for {name} alone.")
    return said.format(name=one.args.get("name", ""))


def advice(best: Advice) -> str:
    """The best time, such as ``Thursday 18:00``."""
    name = QLocale().dayName(best.weekday + 1, QLocale.FormatType.LongFormat)
    return f"{name[:1].upper()}{name[1:]} {best.hour:02}:00"


def rests_on(best: Advice) -> str:
    """What the best time rests on."""
    if not best.posts:
        return QCoreApplication.translate(
            "Publishing", "What is usual: there are no figures of yours yet."
        )
    if best.posts == 1:
        return QCoreApplication.translate("Publishing", "From one post of yours")
    said = QCoreApplication.translate("Publishing", "From {0} posts of yours")
    return said.format(words.count(best.posts))


def account_names(accounts: Sequence[AccountView]) -> dict[AccountId, str]:
    """What accounts are called beside each other: the platform, with a name where it tells more."""
    kinds = [one.platform for one in accounts]
    names: dict[AccountId, str] = {}
    for one in accounts:
        kind = tr(PLATFORMS[one.platform]) if one.platform in PLATFORMS else one.platform_name
        more = kinds.count(one.platform) > 1 or one.name not in ("", one.platform_name)
        names[one.id] = f"{kind}{words.SEPARATOR}{one.name}" if more else kind
    return names


def account_state(account: AccountView, now: float) -> tuple[str, str]:
    """How an account stands, and the colour token for it."""
    if account.reason and account.reason != SIGN_IN:
        return told(account.reason, {"name": account.platform_name, **account.reason_args}), "bad"
    if account.paused:
        return QCoreApplication.translate("Publishing", "Paused"), "warn"
    if not account.signs_in:
        return QCoreApplication.translate("Publishing", "Works without signing in"), "good"
    if not account.signed_in:
        return QCoreApplication.translate("Publishing", "Signed out"), "bad"
    said = QCoreApplication.translate("Publishing", "Signed in")
    if account.ends is not None:
        until = day(local(account.ends).date(), local(now).date())
        said = QCoreApplication.translate("Publishing", "Signed in, ends {day}").format(day=until)
    if account.note:
        said += words.SEPARATOR + told(account.note, dict(account.note_args))
    return said, "warn" if ends_soon(account, now) else "good"


def ends_soon(account: AccountView, now: float) -> bool:
    """Whether a sign-in is over within a week."""
    signed = account.signs_in and account.signed_in
    return signed and account.ends is not None and account.ends - now < SOON_DAYS * 86_400
