"""Puts alerts into the owner's words: what is wrong, what to do, how long it was so."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from app.api.capabilities import NoticeKind
from app.domain.alerts import Alert, AlertLevel
from app.domain.events import NoticeLevel
from app.services.monitoring.alerts.store import Quietly, Told
from app.services.phrases import Phrases

AWAY: Final[Mapping[str, NoticeKind]] = MappingProxyType(
    {
        "notices.video_ready": NoticeKind.GOOD,
        "notices.post_failed": NoticeKind.BAD,
        "notices.download_here": NoticeKind.GOOD,
    }
)
"""Notices that are no alerts and matter to somebody who is not at home."""
KINDS: Final = MappingProxyType({AlertLevel.WARN: NoticeKind.WARN, AlertLevel.BAD: NoticeKind.BAD})
LEVELS: Final[Mapping[NoticeKind, NoticeLevel]] = MappingProxyType(
    {kind: NoticeLevel(kind.value) for kind in NoticeKind}
)
LONGEST: Final = 120
"""Letters of a name or title inside a sentence."""
MOST_LINES: Final = 20
_UNITS: Final = ((86_400, "days"), (3_600, "hours"), (60, "minutes"))
GIGA: Final = 1_000_000_000
FEW: Final = 10


class Telling:
    """Speaks the language the owner has at that moment. `local` tells the time of the place."""

    def __init__(
        self, phrases: Phrases, local: Callable[[float], time.struct_time] = time.localtime
    ) -> None:
        self._phrases, self._local = phrases, local

    def text(self, alert: Alert) -> tuple[str, str]:
        """The title and the body of an alert: of its end, once it is over."""
        args = self._args(alert)
        key = f"alerts.{alert.rule}"
        if alert.ended is None:
            return self._say(self._kind_of(alert, f"{key}.title"), args), self._say(
                self._kind_of(alert, f"{key}.body"), args
            )
        lasted = self.lasting(alert.ended - alert.since)
        return self._say(f"{key}.over", args), self._say("alerts.lasted", {"time": lasted})

    def rule(self, name: str) -> str:
        """What a rule is called."""
        return self._phrases.say(f"alerts.{name}.rule")

    def began(self, alert: Alert) -> Told:
        """What is told when it begins."""
        title, body = self.text(alert)
        return Told(title, body, KINDS[alert.level], alert.since)

    def ended(self, alert: Alert) -> Told:
        """What is told when it is over."""
        title, body = self.text(alert)
        return Told(title, body, NoticeKind.GOOD, alert.ended or alert.since)

    def away(self, key: str, args: Mapping[str, object], at: float) -> Told:
        """A notice that is no alert, for somebody who is not at home."""
        name = key.removeprefix("notices.")
        short = {name: _short(of) for name, of in args.items()}
        title, body = self._say(f"away.{name}.title", short), self._say(f"away.{name}.body", short)
        return Told(title, body, AWAY[key], at)

    def test(self, at: float) -> Told:
        """What a test says."""
        said = self._phrases.say
        return Told(said("alerts.test.title"), said("alerts.test.body"), NoticeKind.INFO, at)

    def summary(self, quietly: Sequence[Quietly], others: Sequence[Told], at: float) -> Told:
        """What the quiet hours held back, as one message; of a single one, itself."""
        lines = [self._line(one) for one in quietly]
        lines += [
            self._say("alerts.summary.moment", {"title": one.title, "at": self.clock(one.at)})
            for one in others
        ]
        kinds = [KINDS[one.alert.level] for one in quietly if one.alert.ended is None]
        bad = NoticeKind.BAD in (*kinds, *(one.kind for one in others))
        kind = NoticeKind.BAD if bad else NoticeKind.WARN if kinds else NoticeKind.INFO
        more = len(lines) - MOST_LINES
        shown = lines[:MOST_LINES]
        if more > 0:
            shown.append(self._say("alerts.summary.more", {"count": more}))
        if len(lines) == 1 and others:
            return Told(others[0].title, others[0].body, others[0].kind, at)
        title = self._say("alerts.summary.title", {"count": len(lines)})
        return Told(title, "\n".join(shown), kind, at)

    def lasting(self, seconds: float) -> str:
        """How long something was so, in its largest unit."""
        for length, unit in _UNITS:
            if seconds >= length:
                return self._say(f"alerts.time.{unit}", {"count": int(seconds // length)})
        return self._say("alerts.time.moment", {})

    def clock(self, at: float) -> str:
        """The time of the day."""
        return time.strftime("%H:%M", self._local(at))

    def _line(self, one: Quietly) -> str:
        alert = one.alert
        args = self._args(alert)
        begin = self.clock(alert.since)
        if alert.ended is None:
            title = self._say(self._kind_of(alert, f"alerts.{alert.rule}.title"), args)
            return self._say("alerts.summary.since", {"title": title, "at": begin})
        end = self.clock(alert.ended)
        if not one.began:
            over = self._say(f"alerts.{alert.rule}.over", args)
            return self._say("alerts.summary.moment", {"title": over, "at": end})
        title = self._say(self._kind_of(alert, f"alerts.{alert.rule}.title"), args)
        return self._say("alerts.summary.between", {"title": title, "at": begin, "end": end})

    def _args(self, alert: Alert) -> dict[str, object]:
        args: dict[str, object] = {name: _short(of) for name, of in alert.args.items()}
        if "free" in args:
            args["free"] = self._amount(float(str(args["free"])) / GIGA)
        args.setdefault("name", alert.subject)
        return args

    def _amount(self, giga: float) -> str:
        """Gigabytes, with one place behind the point while they are few."""
        told = f"{giga:.0f}" if giga >= FEW else f"{giga:.1f}"
        return told.replace(".", ",") if self._phrases.language == "fr" else told

    def _kind_of(self, alert: Alert, key: str) -> str:
        """Some alerts say more when more is known of them."""
        if alert.rule == "temperature" and alert.args.get("throttled") is True:
            return f"{key}.slowed"
        if alert.rule == "vpn_lost" and not alert.args.get("interface"):
            return f"{key}.unnamed"
        if alert.rule == "backup_failed" and "days" in alert.args:
            return f"{key}.late"
        return key

    def _say(self, key: str, args: Mapping[str, object]) -> str:
        return self._phrases.say(key, args)


def _short(value: object) -> object:
    """A name in one line and not too long: it may come from anywhere."""
    if not isinstance(value, str):
        return value
    line = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
