"""What the settings say of the home is read as it was written."""

from __future__ import annotations

import pytest

from app.domain.media import FolderId
from app.domain.media_server import Sharing
from app.domain.settings_sections import Casting, MediaServer
from app.domain.sharing import (
    folders_of,
    folders_text,
    network_names,
    networks_of,
    networks_text,
    sharing_of,
)


@pytest.mark.parametrize("folders", [None, (), (FolderId(3),), (FolderId(2), FolderId(11))])
def test_folders_come_back(folders: tuple[FolderId, ...] | None) -> None:
    assert folders_of(folders_text(folders)) == folders


def test_what_is_no_folder_shares_nothing() -> None:
    assert folders_of("all, of them") == ()


def test_nothing_is_shared_before_the_owner_said_so() -> None:
    wanted = sharing_of(MediaServer())
    assert wanted == Sharing(on=True, name="Sokoul", ask=True, folders=None)
    assert sharing_of(MediaServer(name=" Attic ", folders="-")).folders == ()
    assert sharing_of(MediaServer(name=" Attic ")).name == "Attic"


def test_networks_are_named_with_spaces_or_commas() -> None:
    assert network_names(Casting()) == ()
    assert network_names(Casting(networks=" eth0, wlan0 eth0")) == ("eth0", "wlan0")


@pytest.mark.parametrize("names", [None, (), ("eth0",), ("eth0", "wlan0")])
def test_networks_come_back(names: tuple[str, ...] | None) -> None:
    text = networks_text(names)
    assert networks_of(text) == names
    # None chosen stands for the home's own; nothing chosen is a name that no network has.
    assert (network_names(Casting(networks=text)) == ()) is (names is None)
