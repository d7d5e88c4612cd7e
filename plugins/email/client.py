"""Speaks SMTP, always encrypted and with the certificate checked. Blocking: for a thread."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.api import AppError, AuthRequired, InvalidInput, Refused, Unavailable

SECONDS = 45.0
TLS_PORT = 465
_DOTS = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. `authority`: a certificate of the owner's own, as a path."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    authority: str = ""


class Delivery:
    """One message on its way: opened, the body sent, and only then the end that makes it count."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, encrypt, log in. `AuthRequired`, `Refused` without encryption, `Unavailable`."""
        server = self._server
        with told(server.host):
            context = ssl.create_default_context(cafile=server.authority or None)
            if server.port == TLS_PORT:
                self._smtp = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=SECONDS, context=context
                )
            else:
                self._smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
                self._must(self._smtp.ehlo(), 250)
                if not self._smtp.has_extn("starttls"):
                    raise Refused("errors.post_mail_insecure", host=server.host)
                self._smtp.starttls(context=context)
            self._must(self._smtp.ehlo(), 250)
            if server.user:
                self._smtp.login(server.user, server.password)

    def offer(self, sender: str, recipients: Sequence[str], size: int) -> tuple[str, ...]:
        """Say who writes to whom and how much; returns who is taken. Then the body may follow."""
        smtp = self._open
        with told(self._server.host):
            most = smtp.esmtp_features.get("size", "")
            if most.isdigit() and 0 < int(most) < size:
                raise InvalidInput("errors.post_mail_refused", host=self._server.host, code=552)
            options = [f"size={size}"] if smtp.has_extn("size") else []
            self._must(smtp.mail(sender, options), 250)
            taken, last = [], (0, b"")
            for one in recipients:
                last = smtp.rcpt(one)
                if last[0] in (250, 251):
                    taken.append(one)
            if not taken:
                self._must(last, 250)
            self._must(smtp.docmd("DATA"), 354)
        return tuple(taken)

    def body(self, content: bytes) -> None:
        """Send the message, but not its end."""
        with told(self._server.host):
            self._open.send(_DOTS.sub(b"..", content))
            if not content.endswith(b"\r\n"):
                self._open.send(b"\r\n")

    def end(self) -> None:
        """Send the end and hear whether the message was taken.

        `Unavailable` (``errors.post_busy_there``) when it certainly was not, for now.
        """
        with told(self._server.host):
            self._open.send(b".\r\n")
            self._must(self._open.getreply(), 250)

    def close(self) -> None:
        """Hang up."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def quit(self) -> None:
        """Say goodbye, politely where the server still listens."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._open.quit()

    @property
    def _open(self) -> smtplib.SMTP:
        assert self._smtp is not None
        return self._smtp

    def _must(self, answer: tuple[int, bytes], wanted: int) -> None:
        code = answer[0]
        if code != wanted:
            raise refusal(code, self._server.host)


@contextlib.contextmanager
def told(host: str) -> Iterator[None]:
    """Turn what goes wrong into ours. What a server says in words is never passed on."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise refusal(error.smtp_code, host) from error
        raise AuthRequired("errors.post_mail_login", host=host) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused("errors.post_mail_insecure", host=host) from error
    except smtplib.SMTPResponseException as error:
        raise refusal(error.smtp_code, host) from error
    except ssl.SSLCertVerificationError as error:
        raise Unavailable("errors.server_certificate", host=host) from error
    except TimeoutError as error:
        raise Unavailable("errors.server_slow", host=host) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise Unavailable("errors.server_offline", host=host) from error


def refusal(code: int, host: str) -> AppError:
    """What a code means: 4xx later, 5xx never; anything else is no answer."""
    if code in (530, 534, 535):
        return AuthRequired("errors.post_mail_login", host=host)
    if 400 <= code < 500:
        return Unavailable("errors.post_busy_there", name=host)
    if 500 <= code < 600:
        return Refused("errors.post_mail_refused", host=host, code=code)
    return Unavailable("errors.bad_answer", host=host)
