"""How posts stand on their way, by its keys: English and French."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "notices.post_failed": (
        "“{title}” did not go out on {account}. {reason}.",
        "« {title} » n'est pas parue sur {account}. {reason}.",
    ),
    "notices.post_held": (
        "“{title}” waits to go out on {account}. {reason}.",
        "« {title} » attend de paraître sur {account}. {reason}.",
    ),
    "notices.post_out": (
        "“{title}” is out on {account}.",
        "« {title} » est parue sur {account}.",
    ),
    "notices.post_unconfirmed": (
        "Is “{title}” out on {account}? The platform cannot tell. Look there, then "
        "answer in Publishing.",
        "« {title} » est-elle parue sur {account} ? La plateforme ne peut pas le dire. "
        "Vérifiez là-bas, puis répondez dans Publication.",
    ),
    "notices.series_ended": (
        "The repeats of “{title}” on {account} have ended. Plan it anew if it is to go out again.",
        "Les rediffusions de « {title} » sur {account} sont terminées. Planifiez-la de "
        "nouveau si elle doit reparaître.",
    ),
}
