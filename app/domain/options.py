"""One option somebody can set: its type, its limits, its default, and how a value is judged.

The station's own settings and the options a plugin declares in its manifest are both described
with it, and the forms of the Settings page are built from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.domain.errors import InvalidInput

Value: TypeAlias = bool | int | float | str
"""What a setting can hold."""

LONGEST_TEXT = 4096


class OptionKind(StrEnum):
    """What kind of control an option gets."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    SLIDER = "slider"
    TEXT = "text"
    SECRET = "secret"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Option:
    """A setting's whole description. `label` and `help` are keys, never words."""

    name: str
    kind: OptionKind
    default: Value
    label: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    low: int = 0  # for numbers and sliders, both ends included
    high: int = 0
    step: int = 1
    unit: str = ""  # "%", "s", "px": a key of `units.`
    restart: bool = False  # takes effect at the next start
    shown: bool = True  # False: set elsewhere (the player's volume), not on the Settings page
    since: int = 1  # version of the settings that brought it
    renamed: str = ""  # the name it had before

    @property
    def secret(self) -> bool:
        """Whether its value belongs in the keyring and never in the file."""
        return self.kind is OptionKind.SECRET

    def check(self, value: object) -> Value:
        """Return the value as it is stored, or raise `InvalidInput` saying what is wrong."""
        if self.kind is OptionKind.SWITCH:
            return self._check_switch(value)
        if self.kind in (OptionKind.NUMBER, OptionKind.SLIDER):
            return self._check_number(value)
        return self._check_text(value)

    def _check_switch(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise InvalidInput("errors.setting_not_a_switch", name=self.name)
        return value

    def _check_number(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidInput("errors.setting_not_a_number", name=self.name)
        if not self.low <= value <= self.high:
            raise InvalidInput(
                "errors.setting_out_of_range", name=self.name, low=self.low, high=self.high
            )
        return value

    def _check_text(self, value: object) -> str:
        if not isinstance(value, str) or "\0" in value:
            raise InvalidInput("errors.setting_not_text", name=self.name)
        if len(value) > LONGEST_TEXT:
            raise InvalidInput("errors.setting_too_long", name=self.name, most=LONGEST_TEXT)
        if self.kind is OptionKind.CHOICE and value not in self.choices:
            raise InvalidInput("errors.setting_not_offered", name=self.name, value=value[:60])
        return value
