"""The English sentences behind the keys of the plugins that find things to watch."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.bad_selector": QT_TRANSLATE_NOOP(
        "Messages",
        "“{selector}” is not a CSS selector. Correct it in the options of the site.",
    ),
    "errors.browser_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "There is no browser to visit pages with. Install the package chromium and try again.",
    ),
    "errors.browser_not_started": QT_TRANSLATE_NOOP(
        "Messages",
        "The browser that visits pages did not start. The log tells why. Installing the package "
        "chromium anew may help.",
    ),
    "errors.indexer_error": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} could not answer: “{detail}”. If this stays so, look at it where it is managed.",
    ),
    "errors.indexer_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "The indexer {name} is not there any more. It was removed or switched off where it is "
        "managed.",
    ),
    "errors.indexer_key_in_address": QT_TRANSLATE_NOOP(
        "Messages",
        "There is a key in this address. Enter the address without it, and the key in its own "
        "field, where it is kept safely.",
    ),
    "errors.indexer_key_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} does not accept the API key. Copy it anew from its own page into Settings, "
        "Plugins.",
    ),
    "errors.indexer_not_there": QT_TRANSLATE_NOOP(
        "Messages",
        "Something answers at {host}, but it is neither an indexer nor a manager of indexers. "
        "Check the address.",
    ),
    "errors.indexer_resting": QT_TRANSLATE_NOOP(
        "Messages",
        "This indexer rests, because it failed several times or was switched off where it is "
        "managed. It is asked again afterwards.",
    ),
    "errors.indexer_usenet": QT_TRANSLATE_NOOP(
        "Messages",
        "This comes from Usenet, from which Sokoul does not download. Choose another source.",
    ),
    "errors.list_loading": QT_TRANSLATE_NOOP(
        "Messages",
        "The list of channels of {host} is still on its way. Try again in a moment.",
    ),
    "errors.no_stream_found": QT_TRANSLATE_NOOP(
        "Messages",
        "This page of {host} plays nothing that can be played here. Try another result, or name "
        "what to press in the options of the site.",
    ),
    "errors.not_on_air": QT_TRANSLATE_NOOP(
        "Messages",
        "This broadcast of {host} is not on the air right now. Try again later.",
    ),
    "errors.page_not_opened": QT_TRANSLATE_NOOP(
        "Messages",
        "The page of {host} could not be opened. Try again later.",
    ),
    "errors.page_slow": QT_TRANSLATE_NOOP(
        "Messages",
        "The page of {host} did not open in time. Try again later.",
    ),
    "errors.site_address_incomplete": QT_TRANSLATE_NOOP(
        "Messages",
        "The search address does not say where the words go. Write query, title or slug in curly "
        "brackets at that place.",
    ),
    "errors.site_moved": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} sends its visitors to {page}. If the site has moved, change its address in "
        "Settings, Plugins.",
    ),
    "errors.site_not_own": QT_TRANSLATE_NOOP(
        "Messages",
        "This page does not belong to {host} and is not visited.",
    ),
    "errors.site_turned_away": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} lets only people in at the moment. Try again later, or name a FlareSolverr of "
        "yours in the options of the site.",
    ),
    "errors.solver_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "FlareSolverr was not let in by {host} either. Try again later.",
    ),
    "errors.solver_none": QT_TRANSLATE_NOOP(
        "Messages",
        "What answers at {host} is not FlareSolverr. Check its address in the options of the site.",
    ),
    "errors.source_refuses": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} refused to answer: what was asked for is not open to everybody there.",
    ),
}
"""Source text by key."""
