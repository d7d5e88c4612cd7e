"""Talks to the services of one renderer, and says in our errors what goes wrong."""

from __future__ import annotations

import contextlib
import re
from datetime import timedelta

from async_upnp_client.client import UpnpAction, UpnpService
from async_upnp_client.client_factory import UpnpFactory
from async_upnp_client.const import HttpResponse
from async_upnp_client.event_handler import UpnpEventHandler
from async_upnp_client.exceptions import (
    UpnpActionError,
    UpnpConnectionError,
    UpnpError,
    UpnpResponseError,
)

from app.api import AppError, Unavailable, Unsupported, parse_xml
from plugins.dlna.client import Client
from plugins.dlna.discovery import Found
from plugins.dlna.events import Listener, Wake
from plugins.dlna.parsers import SERVICES

TRANSPORT, SOUND = "AVTransport", "RenderingControl"
BUSY = frozenset({701, 705, 715})
LASTS = timedelta(seconds=600)
_ICONS = re.compile(r"<(\w+:)?iconList.*?</(\w+:)?iconList>", re.S)


class Link:
    """A connection to a renderer, with its services and its promise to call us."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self._client = Client(found.device.way, found.device.address)
        self._services: dict[str, UpnpService] = {}
        self._body = ""
        self._handler: UpnpEventHandler | None = None
        self._listener: Listener | None = None
        self._wake: Wake | None = None
        self._subscribed: list[str] = []

    async def open(self) -> None:
        """Read what it can do; raises when it does not answer, or does not make sense."""
        factory = UpnpFactory(
            self._client,
            non_strict=True,
            on_post_receive_device_spec=_without_icons,
            on_post_call_action=self._keep_body,
        )
        device = self.found.device
        try:
            made = await factory.async_create_device(self.found.location)
        except UpnpConnectionError as error:
            raise Unavailable("errors.cast_no_answer", device=device.name) from error
        except (UpnpError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise Unavailable("errors.bad_answer", host=device.address) from error
        own = [one for one in made.all_devices if one.udn == device.id] or [made]
        for service in own[0].services.values():
            for name, kind in SERVICES.items():
                if service.service_type.startswith(kind):
                    self._services[name] = service
        if TRANSPORT not in self._services:
            raise Unavailable("errors.bad_answer", host=device.address)

    async def close(self) -> None:
        """Let it call no more."""
        if self._listener is not None and self._wake is not None:
            self._listener.unwatch(self.found.device.address, self._wake)
        for sid in self._subscribed:
            assert self._handler is not None
            with contextlib.suppress(UpnpError, KeyError):
                await self._handler.async_unsubscribe(sid)
        self._subscribed.clear()
        await self._client.close()

    def has(self, service: str, action: str) -> bool:
        """Whether it knows an action."""
        return service in self._services and self._services[service].has_action(action)

    def most(self, variable: str) -> float:
        """The upper end of a range of its sound settings."""
        service = self._services.get(SOUND)
        if service is not None and service.has_state_variable(variable):
            with contextlib.suppress(ValueError, TypeError):
                return float(service.state_variable(variable).max_value or 100)
        return 100.0

    async def call(
        self, service: str, action: str, patience: float | None = None, **args: object
    ) -> dict[str, str]:
        """Call an action; returns its answer by name, as it was written.

        Raises `Unavailable` when it does not answer or is busy, `Unsupported` when it refuses.
        """
        name = self.found.device.name
        if not self.has(service, action):
            raise Unsupported("errors.cast_cannot", device=name, action=action)
        self._body = ""
        try:
            await (
                self._services[service]
                .action(action)
                .async_call(request_timeout=patience, InstanceID=0, **args)
            )
        except UpnpConnectionError as error:
            raise Unavailable("errors.cast_no_answer", device=name) from error
        except (UpnpActionError, UpnpResponseError) as error:
            code = getattr(error, "error_code", None) or getattr(error, "status", 0)
            if code in BUSY:
                raise Unavailable("errors.cast_busy", device=name, code=code) from error
            raise Unsupported("errors.cast_refused", device=name, code=code) from error
        except (UpnpError, ValueError, AttributeError, TypeError) as error:
            if not self._body:
                raise Unavailable("errors.bad_answer", host=self.found.device.address) from error
            # A number it writes as NOT_IMPLEMENTED spoils its whole answer for the library.
        body, self._body = self._body, ""
        return self._values(body)

    async def subscribe(self, listener: Listener, wake: Wake) -> bool:
        """Let it call us when something changes; whether it does. Also renews."""
        if self._handler is None:
            self._handler = UpnpEventHandler(listener, self._client)
            self._listener, self._wake = listener, wake
            listener.watch(self.found.device.address, wake)
        kept: list[str] = []
        for sid in self._subscribed:
            with contextlib.suppress(UpnpError, KeyError, ValueError):
                kept.append((await self._handler.async_resubscribe(sid, LASTS))[0])
        if not self._subscribed:
            for name in (TRANSPORT, SOUND):
                if name in self._services:
                    with contextlib.suppress(UpnpError, KeyError, ValueError):
                        service = self._services[name]
                        kept.append((await self._handler.async_subscribe(service, LASTS))[0])
        self._subscribed = kept
        return bool(kept)

    def _keep_body(self, _action: UpnpAction, response: HttpResponse) -> HttpResponse:
        body = (response.body or "").rstrip(" \t\r\n\0")
        self._body = body if response.status_code == 200 else ""
        return HttpResponse(response.status_code, response.headers, body)

    def _values(self, body: str) -> dict[str, str]:
        try:
            root = parse_xml(body.encode(), self.found.device.address)
        except AppError:
            return {}
        return {str(one.tag).rpartition("}")[2]: one.text or "" for one in root.iter()}


def _without_icons(response: HttpResponse) -> HttpResponse:
    """Some devices write no numbers where icons need them, and nobody looks at them here."""
    body = _ICONS.sub("", response.body or "")
    return HttpResponse(response.status_code, response.headers, body)
