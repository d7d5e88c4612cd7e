"""What becomes of a torrent by what libtorrent says of it, one thing after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import libtorrent as lt

from app.domain.errors import InvalidInput, Unavailable
from app.infra.torrents.body import RESTLESS, Body
from app.infra.torrents.ground import Change
from app.infra.torrents.trouble import disk_failure

log = logging.getLogger(__name__)


def _on_contents(body: Body, alert: lt.metadata_received_alert) -> None:
    if body.layout is None:
        body.ground.tasks.spawn(body.learn(alert.handle.torrent_file()), "contents")


def _on_checked(body: Body, _: lt.torrent_checked_alert) -> None:
    if body.handle is None or body.pieces is None:
        return
    body.pieces.know(body.handle.status(lt.torrent_handle.query_pieces).pieces)
    body.stale = True
    for reader in body.readers:
        reader.stir()
    if body.aim is not None and body.layout is not None:
        # Not before: until it is checked, wishes are taken and forgotten.
        body.aim.attach(body.handle, body.layout.levels(body.wishes))
    # Known from now on: a disk that goes away is missed, and not begun anew.
    body.ground.tasks.spawn(body.put_by(whole=bool(body.sealing.seals)), "keep")
    if body.checked is not None and not body.checked.done():
        body.checked.set_result(None)
    body.ground.tell(body.key, Change.CHECKED)


def _on_piece(body: Body, alert: lt.piece_finished_alert) -> None:
    piece = alert.piece_index
    if body.pieces is None or piece >= len(body.pieces.have):
        return
    body.pieces.have[piece] = 1
    body.stale = True
    body.keeper.piece_came(piece)
    for reader in body.readers:
        reader.came(piece)
    if body.aim is not None:
        body.aim.piece_came()


def _on_bad_piece(body: Body, alert: lt.hash_failed_alert) -> None:
    body.counts.bad_pieces += 1
    pieces, piece = body.pieces, alert.piece_index
    if pieces is not None and piece < len(pieces.have) and not pieces.sealed[piece]:
        pieces.have[piece] = pieces.settled[piece] = 0
        body.stale = True


def _on_banned(body: Body, _: lt.peer_ban_alert) -> None:
    body.counts.banned += 1


def _on_read(body: Body, alert: lt.read_piece_alert) -> None:
    data = None if alert.error.value() else bytes(alert.buffer)
    body.ground.reads.deliver((body.key, alert.piece), data)


def _on_finished(body: Body, _: lt.torrent_finished_alert) -> None:
    body.whole = True
    if body.layout is not None:
        body.ground.tasks.spawn(body.finish(), "finish")


def _on_disk_failed(body: Body, alert: lt.file_error_alert | lt.torrent_error_alert) -> None:
    code = alert.error
    if code.category().name() in ("system", "generic"):
        error = disk_failure(code.value(), code.message(), str(body.save))
    else:
        error = Unavailable("errors.torrent_failed", reason=code.message())
    body.keeper.doubtful = True
    body.fail(error)


def _on_conflict(body: Body, _: lt.torrent_conflict_alert) -> None:
    body.fail(InvalidInput("errors.download_known", id=""))


def _on_moved(body: Body, alert: lt.storage_moved_alert) -> None:
    if body.moved is not None and not body.moved.done():
        body.moved.set_result("")


def _on_not_moved(body: Body, alert: lt.storage_moved_failed_alert) -> None:
    if body.moved is not None and not body.moved.done():
        code = alert.error
        body.moved.set_exception(
            disk_failure(code.value(), code.message(), str(body.save))
            if code.category().name() in ("system", "generic")
            else Unavailable("errors.torrent_failed", reason=code.message())
        )


def _on_chosen(body: Body, _: lt.file_prio_alert) -> None:
    """The pieces were set to the priorities of their files: readers come on top again."""
    if body.pieces is not None:
        body.pieces.unsettle(changing=False)
    if body.sealing.seals and body.handle is not None:
        body.handle.prioritize_pieces([(piece, 0) for piece in body.sealing.seals])
    if body.aim is not None and body.layout is not None:
        body.aim.attach(body.handle, body.layout.levels(body.wishes))
    body.ground.tasks.spawn(body.chosen(), "choice")


def _on_state(body: Body, alert: lt.state_changed_alert) -> None:
    if body.handle is not None:
        body.told(body.handle.status(0))


HEARD: Final[dict[type[lt.alert], Callable[[Body, Any], None]]] = {
    lt.metadata_received_alert: _on_contents,
    lt.torrent_checked_alert: _on_checked,
    lt.piece_finished_alert: _on_piece,
    lt.hash_failed_alert: _on_bad_piece,
    lt.peer_ban_alert: _on_banned,
    lt.read_piece_alert: _on_read,
    lt.torrent_finished_alert: _on_finished,
    lt.cache_flushed_alert: lambda body, _: body.keeper.cache_flushed(),
    lt.save_resume_data_alert: lambda body, alert: body.keeper.saved(alert.params),
    lt.save_resume_data_failed_alert: lambda body, _: body.keeper.saved(None),
    lt.file_error_alert: _on_disk_failed,
    lt.torrent_error_alert: _on_disk_failed,
    lt.torrent_conflict_alert: _on_conflict,
    lt.storage_moved_alert: _on_moved,
    lt.storage_moved_failed_alert: _on_not_moved,
    lt.file_prio_alert: _on_chosen,
    lt.state_changed_alert: _on_state,
}


def hear(body: Body, alert: lt.torrent_alert) -> None:
    """Take in what libtorrent says. The alert is dead after the next ones are taken."""
    body.restless = RESTLESS
    heard = HEARD.get(type(alert))
    if heard is not None:
        heard(body, alert)
