"""The English sentences behind the keys of errors; translators read this file."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS: dict[str, object] = {
    "errors.address_at_home": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} is an address of your own network. Only addresses on the internet are "
        "allowed here.",
    ),
    "errors.already_running": QT_TRANSLATE_NOOP(
        "Messages",
        "Sokoul is already running (process {process}).",
    ),
    "errors.answer_too_large": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} sent far more than expected. Nothing of it was kept.",
    ),
    "errors.bad_answer": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} answered something that cannot be understood. Try again later.",
    ),
    "errors.bad_argument": QT_TRANSLATE_NOOP("Messages", "“{name}” cannot be used like this."),
    "errors.bad_position": QT_TRANSLATE_NOOP("Messages", "This point does not exist in the film."),
    "errors.bad_request": QT_TRANSLATE_NOOP("Messages", "The request could not be understood."),
    "errors.bad_schedule": QT_TRANSLATE_NOOP(
        "Messages",
        "“{cron}” is not a schedule. An example is “0 4 * * *”, every day at four.",
    ),
    "errors.command_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "This did not work. The log tells more.",
    ),
    "errors.database_damaged": QT_TRANSLATE_NOOP(
        "Messages",
        "The database of the station is damaged. It was left untouched: run “sokoul "
        "doctor” to see the way out.",
    ),
    "errors.database_foreign": QT_TRANSLATE_NOOP(
        "Messages",
        "{path} is not a database of Sokoul. It was left untouched.",
    ),
    "errors.database_newer": QT_TRANSLATE_NOOP(
        "Messages",
        "The database was written by a newer Sokoul. Update Sokoul to open it.",
    ),
    "errors.file_ends_early": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} ends too early: its copy is not complete.",
    ),
    "errors.file_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is not there any more. If it is on a disk that was unplugged, plug it in.",
    ),
    "errors.file_is_playlist": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is a list of other files, not a film.",
    ),
    "errors.file_unplayable": QT_TRANSLATE_NOOP("Messages", "{name} cannot be played. {note}"),
    "errors.folder_away": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder}{name} is away: its disk is not plugged in. Its items are kept and come "
        "back with it.",
    ),
    "errors.folder_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "This folder is not in the library any more.",
    ),
    "errors.folder_known": QT_TRANSLATE_NOOP("Messages", "{folder} is in the library already."),
    "errors.folder_missing": QT_TRANSLATE_NOOP("Messages", "There is no folder {folder}."),
    "errors.folder_overlaps": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder} and {other} lie inside one another. One of them is enough.",
    ),
    "errors.folder_path": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder} is not the full path of a folder.",
    ),
    "errors.folder_too_wide": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder} is a whole system. Choose the folder your films live in.",
    ),
    "errors.folder_unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "{folder} may not be read. Give yourself the right to read it, then try again.",
    ),
    "errors.folder_unsafe": QT_TRANSLATE_NOOP(
        "Messages",
        "The folder {path} cannot be used: {reason}.",
    ),
    "errors.health_part": QT_TRANSLATE_NOOP(
        "Messages", "There is no part of the station called {part}."
    ),
    "errors.item_gone": QT_TRANSLATE_NOOP("Messages", "This item is not in the library any more."),
    "errors.item_without_file": QT_TRANSLATE_NOOP(
        "Messages",
        "{name} has no file any more. It comes back by itself when the file does.",
    ),
    "errors.job_cancelled": QT_TRANSLATE_NOOP("Messages", "The work was cancelled."),
    "errors.job_failed": QT_TRANSLATE_NOOP("Messages", "The work failed: {detail}"),
    "errors.job_key_taken": QT_TRANSLATE_NOOP("Messages", "The same work runs already."),
    "errors.job_poisoned": QT_TRANSLATE_NOOP(
        "Messages",
        "This work ended the program several times and is not tried again by itself.",
    ),
    "errors.job_timeout": QT_TRANSLATE_NOOP("Messages", "The work took too long and was stopped."),
    "errors.job_unknown": QT_TRANSLATE_NOOP("Messages", "This work is not known any more."),
    "errors.jobs_locked": QT_TRANSLATE_NOOP(
        "Messages",
        "Another station works with {path}. Close it first.",
    ),
    "errors.jobs_stopped": QT_TRANSLATE_NOOP(
        "Messages",
        "The station is closing; new work begins at its next start.",
    ),
    "errors.jobs_unavailable": QT_TRANSLATE_NOOP(
        "Messages",
        "The engine for long work could not be opened. The log tells more.",
    ),
    "errors.lock_unsafe": QT_TRANSLATE_NOOP(
        "Messages",
        "The lock {path} cannot be used: {reason}.",
    ),
    "errors.nfo_broken": QT_TRANSLATE_NOOP(
        "Messages",
        "The description beside the film cannot be read.",
    ),
    "errors.no_station": QT_TRANSLATE_NOOP("Messages", "No station is running."),
    "errors.no_such_folder": QT_TRANSLATE_NOOP("Messages", "There is no folder {path}."),
    "errors.no_such_step": QT_TRANSLATE_NOOP("Messages", "There is no step “{step}” in this work."),
    "errors.no_window": QT_TRANSLATE_NOOP("Messages", "The running station has no window."),
    "errors.not_a_web_address": QT_TRANSLATE_NOOP(
        "Messages",
        "This is not a web address. It begins with https://.",
    ),
    "errors.path_not_absolute": QT_TRANSLATE_NOOP("Messages", "{path} is not a full path."),
    "errors.player_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "The player is missing. Install the package libmpv2, then start Sokoul again.",
    ),
    "errors.plugin_add_one": QT_TRANSLATE_NOOP(
        "Messages",
        "{plugin}: add the first one in Settings, Sources.",
    ),
    "errors.plugin_cannot": QT_TRANSLATE_NOOP("Messages", "The plugin {plugin} cannot do this."),
    "errors.plugin_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "The plugin {plugin} failed. The station goes on without it.",
    ),
    "errors.plugin_off": QT_TRANSLATE_NOOP(
        "Messages",
        "The plugin {plugin} is switched off. Switch it on in Settings.",
    ),
    "errors.plugin_not_removable": QT_TRANSLATE_NOOP(
        "Messages",
        "{plugin} belongs to the station: it can be switched off, not removed.",
    ),
    "errors.plugin_only_one": QT_TRANSLATE_NOOP("Messages", "There can be only one {plugin}."),
    "errors.plugin_slow": QT_TRANSLATE_NOOP("Messages", "{plugin} did not answer in time."),
    "errors.plugin_too_many": QT_TRANSLATE_NOOP(
        "Messages",
        "There are {most} of these already. Remove one first.",
    ),
    "errors.plugin_unknown": QT_TRANSLATE_NOOP("Messages", "There is no plugin {plugin}."),
    "errors.plugin_unusable": QT_TRANSLATE_NOOP(
        "Messages",
        "The plugin {plugin} cannot be used. Settings tells why.",
    ),
    "errors.request_too_slow": QT_TRANSLATE_NOOP(
        "Messages",
        "The request took too long to arrive.",
    ),
    "errors.secrets_damaged": QT_TRANSLATE_NOOP(
        "Messages",
        "The file that keeps your passwords is damaged ({path}). Enter them again in Settings.",
    ),
    "errors.secrets_key_gone": QT_TRANSLATE_NOOP(
        "Messages",
        "The key to your passwords is gone ({path}). Enter them again in Settings.",
    ),
    "errors.secrets_locked": QT_TRANSLATE_NOOP(
        "Messages",
        "The keyring is locked. Unlock it, then try again.",
    ),
    "errors.secrets_not_saved": QT_TRANSLATE_NOOP(
        "Messages",
        "The password could not be kept: {reason}",
    ),
    "errors.secrets_unreadable": QT_TRANSLATE_NOOP(
        "Messages",
        "The passwords cannot be read: {reason}",
    ),
    "errors.secrets_wrong_key": QT_TRANSLATE_NOOP(
        "Messages",
        "The passwords were kept with another key ({path}). Enter them again in Settings.",
    ),
    "errors.sent_on_elsewhere": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} wanted what was sent to it to go on to {other}. That was not done: see whether "
        "the address in the settings is right.",
    ),
    "errors.server_busy": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} asks for a pause. Try again in a while.",
    ),
    "errors.server_certificate": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} cannot prove that it is itself: its certificate has ended or is not trusted.",
    ),
    "errors.server_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} has a problem of its own ({status}). Try again later.",
    ),
    "errors.server_goes_round": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} sends us round in circles.",
    ),
    "errors.server_has_not": QT_TRANSLATE_NOOP("Messages", "{host} does not have this."),
    "errors.server_offline": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} does not answer. Check the connection; it is tried again.",
    ),
    "errors.server_refused": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} refused the request ({status}).",
    ),
    "errors.server_slow": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} is too slow to answer just now. Try again.",
    ),
    "errors.server_wants_sign_in": QT_TRANSLATE_NOOP(
        "Messages",
        "{host} wants you to sign in. Enter your account in Settings.",
    ),
    "errors.setting_not_a_number": QT_TRANSLATE_NOOP("Messages", "This setting needs a number."),
    "errors.setting_not_a_switch": QT_TRANSLATE_NOOP(
        "Messages",
        "This setting is either on or off.",
    ),
    "errors.setting_not_offered": QT_TRANSLATE_NOOP(
        "Messages",
        "“{value}” is not one of the choices.",
    ),
    "errors.setting_not_text": QT_TRANSLATE_NOOP("Messages", "This setting needs text."),
    "errors.setting_out_of_range": QT_TRANSLATE_NOOP(
        "Messages",
        "Choose a number from {low} to {high}.",
    ),
    "errors.setting_too_long": QT_TRANSLATE_NOOP(
        "Messages",
        "This is too long: {most} characters at most.",
    ),
    "errors.setting_unknown": QT_TRANSLATE_NOOP("Messages", "There is no setting “{name}”."),
    "errors.settings_not_saved": QT_TRANSLATE_NOOP(
        "Messages",
        "The settings could not be written to {path}. They count until Sokoul is closed.",
    ),
    "errors.setup_not_asked": QT_TRANSLATE_NOOP("Messages", "This answer belongs to no question."),
    "errors.socket_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "Commands cannot reach the station: {reason}.",
    ),
    "errors.station_busy": QT_TRANSLATE_NOOP(
        "Messages",
        "A station is starting or not answering (process {process}). Try again in a moment.",
    ),
    "errors.station_silent": QT_TRANSLATE_NOOP(
        "Messages",
        "The running station did not answer ({reason}).",
    ),
    "errors.step_failed": QT_TRANSLATE_NOOP("Messages", "The step “{step}” failed: {detail}"),
    "errors.step_timeout": QT_TRANSLATE_NOOP(
        "Messages",
        "The step “{step}” took longer than {seconds} s and was stopped.",
    ),
    "errors.too_many_commands": QT_TRANSLATE_NOOP("Messages", "Too many commands at once."),
    "errors.tool_chatty": QT_TRANSLATE_NOOP(
        "Messages",
        "{tool} said far too much and was stopped.",
    ),
    "errors.tool_failed": QT_TRANSLATE_NOOP("Messages", "{tool} failed: {detail}"),
    "errors.tool_hangs": QT_TRANSLATE_NOOP(
        "Messages",
        "{tool} said nothing for {seconds} s and was stopped.",
    ),
    "errors.tool_missing": QT_TRANSLATE_NOOP(
        "Messages",
        "{tool} is missing. Run “sokoul doctor” to see how to install it.",
    ),
    "errors.tool_timeout": QT_TRANSLATE_NOOP(
        "Messages",
        "{tool} took longer than {seconds} s and was stopped.",
    ),
    "errors.unexpected": QT_TRANSLATE_NOOP(
        "Messages",
        "Something went wrong. The log tells what happened.",
    ),
    "errors.unknown_command": QT_TRANSLATE_NOOP(
        "Messages",
        "The running station does not know {command}; it may be an older version.",
    ),
    "errors.unknown_job_kind": QT_TRANSLATE_NOOP("Messages", "This kind of work is not known."),
    "errors.unknown_kind": QT_TRANSLATE_NOOP("Messages", "“{name}” is not a kind of item."),
    "errors.unknown_timezone": QT_TRANSLATE_NOOP("Messages", "“{name}” is not a time zone."),
    "errors.worker_failed": QT_TRANSLATE_NOOP(
        "Messages",
        "The part that looks into files stopped. It is started again; try once more.",
    ),
}
"""Source text by key; `ui.messages` puts all such tables together and translates."""
