"""Holds the connection to one Chromecast: its library blocks, and calls back on its own thread.

Every call to it is made on one thread kept for this device; what it calls back with is copied
and handed over to the loop, and nothing else happens there.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pychromecast
from pychromecast.config import APP_MEDIA_RECEIVER
from pychromecast.const import CAST_TYPE_AUDIO, CAST_TYPE_CHROMECAST, CAST_TYPE_GROUP
from pychromecast.controllers.media import MediaController, MediaStatus, MediaStatusListener
from pychromecast.controllers.receiver import CastStatus as ReceiverStatus
from pychromecast.controllers.receiver import CastStatusListener
from pychromecast.error import PyChromecastError, RequestFailed
from pychromecast.models import CastInfo, HostServiceInfo
from pychromecast.response_handler import WaitResponse
from pychromecast.socket_client import (
    CONNECTION_STATUS_CONNECTED,
    CONNECTION_STATUS_CONNECTING,
    ConnectionStatus,
    ConnectionStatusListener,
    InterruptLoop,
    SocketClient,
)

from app.api import AppError, CastDevice, Unavailable, Unsupported
from plugins.chromecast.discovery import answers
from plugins.chromecast.playback import Reading

T = TypeVar("T")

CONNECTS_WITHIN = 8.0
"""For the handshake and the first word of one that took the connection: some are slow then."""
ANSWERS_WITHIN = 8.0
LOADS_WITHIN = 25.0
ENDS_WITHIN = 1.5
LARGEST_MESSAGE = 1024 * 1024
"""The protocol itself allows 64 KiB; some send more."""
REFUSALS = frozenset({"LOAD_FAILED", "LOAD_CANCELLED", "INVALID_REQUEST", "INVALID_PLAYER_STATE"})

Message = dict[str, object]


class Client:
    """One connection, from `open` until it breaks or is closed. It does not come back by itself."""

    def __init__(
        self, device: CastDevice, told: Callable[[Reading], None], lost: Callable[[], None]
    ) -> None:
        self._device = device
        self._told = told
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._work = ThreadPoolExecutor(1, thread_name_prefix=f"cast-{device.id[:8]}")
        self._cast: pychromecast.Chromecast | None = None

    async def open(self) -> None:
        """Connect, and learn what plays there; `Unavailable` when it does not answer."""
        if not await answers(self._device):  # the library would say so at length, each time
            raise Unavailable("errors.cast_no_answer", device=self._device.name)
        await self._run(self._open)

    async def close(self) -> None:
        """Disconnect; its threads end."""
        cast, self._cast = self._cast, None
        if cast is not None:
            with contextlib.suppress(AppError):
                await self._run(lambda: self._disconnect(cast))
        self._work.shutdown(wait=False)

    async def load(self, message: Message) -> None:
        """Start the player there when it is not, and let it load."""
        await self._run(lambda: self._load(message))

    async def send(self, message: Message) -> None:
        """Tell the player something about what it plays."""
        await self._run(lambda: self._send(message, ANSWERS_WITHIN))

    async def refresh(self) -> None:
        """Let it say anew how far it is; it answers when it likes."""
        await self._run(self._refresh)

    async def quit(self) -> None:
        """Close the player there."""
        await self._run(lambda: self._chromecast.quit_app(timeout=ANSWERS_WITHIN))

    async def set_volume(self, value: float) -> None:
        """0 to 1."""
        await self._run(lambda: self._chromecast.set_volume(value, timeout=ANSWERS_WITHIN))

    async def mute(self, muted: bool) -> None:
        """Silence it, or not."""
        await self._run(lambda: self._chromecast.set_volume_muted(muted, timeout=ANSWERS_WITHIN))

    @property
    def _chromecast(self) -> pychromecast.Chromecast:
        if self._cast is None:
            raise Unavailable("errors.cast_no_answer", device=self._device.name)
        return self._cast

    @property
    def _media(self) -> MediaController:
        return self._chromecast.media_controller

    async def _run(self, work: Callable[[], T]) -> T:
        """Do blocking work on the device's thread, and name its failures as ours."""
        name = self._device.name
        try:
            return await self._loop.run_in_executor(self._work, work)
        except RequestFailed as error:
            raise Unsupported("errors.cast_refused", device=name, code=str(error)) from error
        except (PyChromecastError, OSError, RuntimeError) as error:
            raise Unavailable("errors.cast_no_answer", device=name) from error

    # ---------------------------------------------------------------- on the device's thread

    def _open(self) -> None:
        device = self._device
        kind = CAST_TYPE_AUDIO if device.sound_only else CAST_TYPE_CHROMECAST
        port = int(device.traits["port"])
        made = pychromecast.Chromecast(
            CastInfo(
                services={HostServiceInfo(device.address, port)},
                uuid=uuid.UUID(device.id),
                model_name=device.model,
                friendly_name=device.name,
                host=device.address,
                port=port,
                cast_type=CAST_TYPE_GROUP if "group" in device.traits else kind,
                manufacturer=device.maker,
            ),
            tries=1,
            timeout=CONNECTS_WITHIN,
            retry_wait=0.1,
        )
        _bound(made.socket_client)
        ears = _Ears(made, self._hand, self._hand_lost)
        made.register_status_listener(ears)
        made.register_connection_listener(ears)
        made.media_controller.register_status_listener(ears)
        try:
            made.wait(timeout=CONNECTS_WITHIN)
            self._cast = made
            if self._media.is_active:
                answer = WaitResponse(ANSWERS_WITHIN, "status")
                self._media.update_status(callback_function=answer.callback)
                answer.wait_response()
        except (PyChromecastError, OSError):
            self._cast = None
            self._disconnect(made)
            raise

    def _disconnect(self, cast: pychromecast.Chromecast) -> None:
        # TimeoutError: it hangs in a read, and ends when that does.
        with contextlib.suppress(PyChromecastError, OSError, RuntimeError):
            cast.disconnect(timeout=ENDS_WITHIN)
        talking = cast.socket_client
        if not talking.is_alive():  # one that never got through does not clean up
            for one in (talking.socket, *talking.socketpair, talking.selector):
                if one is not None:
                    one.close()

    def _load(self, message: Message) -> None:
        if self._chromecast.app_id != APP_MEDIA_RECEIVER:
            self._chromecast.start_app(APP_MEDIA_RECEIVER, timeout=LOADS_WITHIN)
        self._ask(message, LOADS_WITHIN)

    def _send(self, message: Message, seconds: float) -> None:
        session = self._media.status.media_session_id
        if not self._media.is_active or session is None:
            raise RequestFailed(str(message["type"]))
        self._ask({**message, "mediaSessionId": session}, seconds)

    def _ask(self, message: Message, seconds: float) -> None:
        answer = WaitResponse(seconds, str(message["type"]))
        self._media.send_message(
            dict(message), inc_session_id=True, callback_function=answer.callback
        )
        answer.wait_response()
        kind = str((answer.response or {}).get("type", ""))
        if kind in REFUSALS:
            code = (answer.response or {}).get("detailedErrorCode") or kind
            raise Unsupported("errors.cast_refused", device=self._device.name, code=code)

    def _refresh(self) -> None:
        if self._media.is_active:
            self._media.update_status()

    def _hand(self, reading: Reading) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._told, reading)

    def _hand_lost(self) -> None:
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._lost)


class _Ears(CastStatusListener, MediaStatusListener, ConnectionStatusListener):
    """Copies what the library calls back with."""

    def __init__(
        self,
        cast: pychromecast.Chromecast,
        hand: Callable[[Reading], None],
        lost: Callable[[], None],
    ) -> None:
        self._media = cast.media_controller
        self._receiver = cast.socket_client.receiver_controller
        self._hand = hand
        self._lost = lost

    def new_cast_status(self, status: ReceiverStatus) -> None:
        self._tell()

    def new_media_status(self, status: MediaStatus) -> None:
        self._tell()

    def load_media_failed(self, queue_item_id: int, error_code: int) -> None:
        logging.getLogger(__name__).info("A Chromecast failed to load: %s", error_code)

    def new_connection_status(self, status: ConnectionStatus) -> None:
        if status.status not in (CONNECTION_STATUS_CONNECTED, CONNECTION_STATUS_CONNECTING):
            self._lost()

    def _tell(self) -> None:
        receiver, media = self._receiver.status, self._media.status
        active = self._media.is_active and media.media_session_id is not None
        said = Reading(
            at=time.monotonic(),
            player=str(media.player_state or "") if active else "",
            idle_reason=str(media.idle_reason or ""),
            session=media.media_session_id if active else None,
            url=str(media.content_id or ""),
            position=_number(media.current_time) or 0.0,
            duration=_number(media.duration) or None,
            tracks=tuple(one for one in media.current_subtitle_tracks or () if _is_whole(one)),
            volume=None if receiver is None else _number(receiver.volume_level),
            muted=None if receiver is None else bool(receiver.volume_muted),
        )
        self._hand(said)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _bound(client: SocketClient) -> None:
    """Mend two things of the library, which has no other door for them.

    A device that announces a message nobody sends is hung up on: it would all be kept. And only
    one thread writes at a time: the device's own answers on it while ours tells it something,
    and TLS takes the one for the rest of the other.
    """
    read, send, turn = client._read_bytes_from_socket, client.send_message, threading.RLock()

    def read_some(msglen: int) -> bytes:
        if msglen > LARGEST_MESSAGE:
            raise InterruptLoop(f"a message of {msglen} bytes")
        return read(msglen)

    def send_in_turn(*words: Any, **more: Any) -> None:  # noqa: ANN401 - handed on as they come
        with turn:  # a send may open its channel first, by another send
            send(*words, **more)

    client._read_bytes_from_socket = read_some  # type: ignore[method-assign]  # no other door
    client.send_message = send_in_turn  # type: ignore[method-assign]  # no other door
