"""What is mended of the library: no endless message is kept, and one thread writes at a time."""

from __future__ import annotations

import threading
import time
from typing import Any, cast

import pytest
from pychromecast.socket_client import InterruptLoop

from plugins.chromecast.client import LARGEST_MESSAGE, _bound


class Talking:
    """The library's end of a connection, as far as it is mended."""

    def __init__(self) -> None:
        self.writing = self.most = self.sent = 0

    def _read_bytes_from_socket(self, length: int) -> bytes:
        return b"x" * length

    def send_message(self, first: bool = True) -> None:
        if first:  # it opens its channel
            self.send_message(first=False)
        self.writing += 1
        self.most = max(self.most, self.writing)
        time.sleep(0.005)
        self.writing -= 1
        self.sent += 1


def test_one_thread_writes_at_a_time() -> None:
    talking = Talking()
    _bound(cast("Any", talking))
    threads = [threading.Thread(target=talking.send_message) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (talking.sent, talking.most) == (12, 1)


def test_a_message_without_an_end_is_hung_up_on() -> None:
    talking = Talking()
    _bound(cast("Any", talking))
    assert talking._read_bytes_from_socket(4) == b"xxxx"
    with pytest.raises(InterruptLoop):
        talking._read_bytes_from_socket(LARGEST_MESSAGE + 1)
