"""The local socket through which commands and second starts reach the running station.

One request a connection: a JSON line ``{"command": …, "args": {…}}``; the answer is any number of
``{"progress": …}`` lines and then one ``{"result": …}`` or ``{"error": …}``. Only processes of the
same user are heard.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import struct
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from app.domain import errors
from app.domain.errors import AppError, InvalidInput, Unavailable
from app.infra.instance import secure_folder

log = logging.getLogger(__name__)

Progress = Callable[[object], Awaitable[None]]
Handler = Callable[[Mapping[str, Any], Progress], Awaitable[object]]
"""Answers one command: its arguments, and a way to tell progress; returns what JSON can say."""

REQUEST_BYTES = 64 * 1024
ANSWER_BYTES = 64 * 1024 * 1024
REQUEST_SECONDS = 5.0
WRITE_SECONDS = 10.0
CLIENTS = 16


class ControlServer:
    """Listens on a Unix socket and calls the handler of each command."""

    def __init__(self, path: Path, handlers: Mapping[str, Handler]) -> None:
        self._path = path
        self._handlers = dict(handlers)
        self._server: asyncio.AbstractServer | None = None
        self._clients: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin to listen. Call it holding the instance lock: a stale socket is replaced."""
        secure_folder(self._path.parent)
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            listener.bind(os.fsencode(self._path))
        except OSError as error:
            listener.close()
            raise Unavailable("errors.socket_failed", reason=str(error)) from error
        finally:
            os.umask(before)
        listener.setblocking(False)
        self._server = await asyncio.start_unix_server(
            self._connected, sock=listener, limit=REQUEST_BYTES
        )

    async def stop(self) -> None:
        """Stop listening, end the open conversations and remove the socket."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for client in list(self._clients):
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        with contextlib.suppress(OSError):
            self._path.unlink()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        try:
            if len(self._clients) > CLIENTS:
                with contextlib.suppress(AppError):
                    await _line(reader)  # closing on an unread request would lose the answer
                await _send(writer, _problem(Unavailable("errors.too_many_commands")))
            elif _is_owner(writer):
                await self._converse(reader, writer)
        except (OSError, TimeoutError, asyncio.CancelledError):
            log.debug("A command's connection ended early")
        finally:
            writer.close()
            with contextlib.suppress(OSError, TimeoutError, asyncio.CancelledError):
                async with asyncio.timeout(1.0):
                    await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def progress(value: object) -> None:
            await _send(writer, {"progress": value})

        try:
            command, args = _read_request(await _line(reader))
            handler = self._handlers.get(command, _unknown(command))
            result = await _while_listening(handler(args, progress), reader)
        except AppError as error:
            await _send(writer, _problem(error))
        except (OSError, TimeoutError, asyncio.CancelledError):
            raise
        except Exception:
            log.exception("A command failed")
            await _send(writer, _problem(AppError("errors.command_failed")))
        else:
            await _send(writer, {"result": result})


def _unknown(command: str) -> Handler:
    async def refuse(_args: Mapping[str, Any], _progress: Progress) -> object:
        raise InvalidInput("errors.unknown_command", command=command[:80])

    return refuse


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        async with asyncio.timeout(REQUEST_SECONDS):
            return await reader.readuntil(b"\n")
    except (asyncio.LimitOverrunError, asyncio.IncompleteReadError) as error:
        raise InvalidInput("errors.bad_request") from error
    except TimeoutError as error:
        raise InvalidInput("errors.request_too_slow") from error


async def _while_listening(work: Awaitable[object], reader: asyncio.StreamReader) -> object:
    """Do the work as long as the asker is there; a command nobody waits for is cancelled."""
    doing = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_until_gone(reader))
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise ConnectionResetError("the asker left")
        return doing.result()
    finally:
        for task in (doing, gone):
            task.cancel()
        await asyncio.gather(doing, gone, return_exceptions=True)


async def _until_gone(reader: asyncio.StreamReader) -> None:
    while await reader.read(4096):
        pass


def _read_request(line: bytes) -> tuple[str, dict[str, Any]]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("errors.bad_request") from error
    if not isinstance(told, dict):
        raise InvalidInput("errors.bad_request")
    command, args = told.get("command"), told.get("args", {})
    if not isinstance(command, str) or not isinstance(args, dict):
        raise InvalidInput("errors.bad_request")
    return command, args


async def _send(writer: asyncio.StreamWriter, value: dict[str, object]) -> None:
    writer.write(json.dumps(value, default=str).encode() + b"\n")
    async with asyncio.timeout(WRITE_SECONDS):
        await writer.drain()


def _is_owner(writer: asyncio.StreamWriter) -> bool:
    """Ask the kernel who is at the other end; others than the owner are hung up on."""
    connection = writer.get_extra_info("socket")
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _process, user, _group = struct.unpack("3i", told)
    if user == os.getuid():
        return True
    log.warning("User %s was refused at the control socket", user)
    return False


def _problem(error: AppError) -> dict[str, object]:
    return {"error": {"kind": type(error).__name__, "key": error.key, "args": error.args_map}}


def ask(
    path: Path,
    command: str,
    /,
    *,
    on_progress: Callable[[Any], None] | None = None,
    timeout: float | None = 10.0,
    **args: object,
) -> Any:  # noqa: ANN401 - whatever JSON can say
    """Ask the running station and wait for its answer, at most `timeout` seconds of silence.

    `Unavailable` with key ``errors.no_station`` when none runs; the station's own `AppError`
    when it answers with one.
    """
    with contextlib.closing(_connect(path)) as connection:
        connection.settimeout(timeout)
        request = json.dumps({"command": command, "args": args}) + "\n"
        try:
            connection.sendall(request.encode())
            return _read_answer(connection, on_progress, timeout)
        except OSError as error:
            raise Unavailable("errors.station_silent", reason=str(error)) from error


def _connect(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(1.0)
    try:
        connection.connect(os.fsencode(path))
    except OSError as error:
        connection.close()
        raise Unavailable("errors.no_station") from error
    return connection


def _read_answer(
    connection: socket.socket, on_progress: Callable[[Any], None] | None, timeout: float | None
) -> Any:  # noqa: ANN401 - whatever JSON can say
    pending = b""
    deadline = None if timeout is None else time.monotonic() + timeout
    while True:
        line, newline, rest = pending.partition(b"\n")
        if newline:
            pending = rest
            told = json.loads(line)
            if "progress" in told:
                deadline = None if timeout is None else time.monotonic() + timeout
                if on_progress is not None:
                    on_progress(told["progress"])
                continue
            if "error" in told:
                raise _raised(told["error"])
            return told.get("result")
        if deadline is not None:
            connection.settimeout(max(0.01, deadline - time.monotonic()))
        piece = connection.recv(1 << 16)
        if not piece or len(pending) > ANSWER_BYTES:
            raise Unavailable("errors.station_silent", reason="the connection ended")
        pending += piece


def _raised(told: Mapping[str, Any]) -> AppError:
    kind = getattr(errors, str(told.get("kind")), AppError)
    if not (isinstance(kind, type) and issubclass(kind, AppError)):
        kind = AppError
    args = told.get("args")
    error: AppError = kind(str(told.get("key")), **(args if isinstance(args, dict) else {}))
    return error
