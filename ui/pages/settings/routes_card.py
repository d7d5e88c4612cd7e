"""The card of single tasks: the owner's wish for each, who would answer now, and who after.

What is the same for all is told once, at its top; a task with a wish of its own tells its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.intelligence import RULELESS, Answerer, Chain, Policy, Task
from app.domain.routes import SERVICE, named, policies_for, read_routes
from ui import budget_words
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip

MOST_NAMED = 4
"""So many that would be asked next are named; the rest are counted."""


class RoutesCard(Card):
    """A row for each task, with the wish at its right. Rows stay, and with them the focus."""

    chosen = Signal(object, str)
    """A task, and the wish for it as `app.domain.routes` has it; empty: as for all."""
    again_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.controls: dict[Task, ChoiceChip] = {}
        self.task_rows: dict[Task, Row] = {}
        self._chains: Mapping[Task, Chain] = {}
        self._failed = False
        self._routes: Mapping[Task, str] = {}
        self.again = Button(theme, self.tr("Try again"), "plain", "refresh-cw")
        self.again.clicked.connect(lambda _on=False: self.again_pressed.emit())
        self.failure = Row(theme, self.tr("Who would answer is not known now"), "", [self.again])
        self.failure.hide()
        self.usual = Row(theme, self.tr("As for all"))
        self.usual.hide()
        for row in (self.failure, self.usual):
            self.add(row)
        for task in Task:
            self._add_task(task)

    def show_routes(self, text: str) -> None:
        """Show the owner's wishes."""
        self._routes = read_routes(text)
        self._offer()
        self._say()

    def show_chains(self, chains: Sequence[Chain]) -> None:
        """Show who would answer, and offer the services there are."""
        if self.again.hasFocus():  # its row goes
            self.controls[next(iter(Task))].setFocus()
        self._failed = False
        self.failure.hide()
        self._chains = {chain.task: chain for chain in chains}
        self._offer()
        self._say()

    def show_failure(self, text: str) -> None:
        """Say why nobody knows who would answer; the wishes can still be changed."""
        self._failed = True
        self.failure.set_text(text, "bad")
        self.failure.show()
        for task, row in self.task_rows.items():
            if task not in self._chains:
                row.set_text("")

    def filter(self, text: str) -> bool:
        """Show the rows a search asks for; of a failure, and of all, only while there is one."""
        shown = super().filter(text)
        self.failure.setVisible(self._failed and not text)
        self.usual.setVisible(bool(self.usual.text.text()) and not text)
        return shown

    def _add_task(self, task: Task) -> None:
        name = budget_words.task(task.value)
        chip = ChoiceChip(self._theme, name, lit=False)
        chip.chosen.connect(partial(self._on_chosen, task))
        self.controls[task] = chip
        row = Row(self._theme, name, self.tr("One moment…"), [chip])
        self.task_rows[task] = row
        self.add(row)

    def _on_chosen(self, task: Task, wish: object) -> None:
        self.chosen.emit(task, str(wish))

    def _offer(self) -> None:
        """Offer what can be wished, the owner's wish among it even when it is not there now."""
        for task, chip in self.controls.items():
            wish = self._routes.get(task, "")
            chain = self._chains.get(task)
            services = dict(chain.services) if chain is not None else {}
            if (gone := named(wish)) and gone not in services:
                name = budget_words.service(gone)
                away = self.tr("{0} (not there)").format(name)
                services[gone] = name if chain is None else away
            choices: list[tuple[str, object]] = [(self.tr("As for all"), "")]
            choices += [(self._policy(task, one), one.value) for one in policies_for(task)]
            choices += [(name, SERVICE + plugin) for plugin, name in services.items()]
            chip.set_choices(choices)
            chip.set_value(wish)

    def _policy(self, task: Task, policy: Policy) -> str:
        if policy is Policy.RULES:
            return self.tr("Nobody") if task in RULELESS else self.tr("Rules only")
        return {
            Policy.HERE_FIRST: self.tr("This device first"),
            Policy.BEST: self.tr("The best"),
            Policy.CHEAPEST: self.tr("The cheapest"),
            Policy.ONLY_HERE: self.tr("Only this device"),
        }[policy]

    def _say(self) -> None:
        """Say of each task who answers; those that go with all tell no more than that."""
        usual = [
            chain
            for task, chain in self._chains.items()
            if task not in RULELESS and task not in self._routes
        ]
        self.usual.set_text(self._told(usual[0]) if usual else "")
        self.usual.setVisible(bool(usual))
        for task, chain in self._chains.items():
            self.task_rows[task].set_text(self._told(chain, short=chain in usual))

    def _told(self, chain: Chain, *, short: bool = False) -> str:
        """Who answers, and, unless `short`, who is asked when that one cannot."""
        rules = [] if chain.task in RULELESS else [self.tr("rules")]
        awake = [one for one in chain.answerers if not one.rests]
        if not awake:
            alone = self.tr("Now: rules alone") if rules else self.tr("Now: nobody")
            return alone if short else self._with_resting(alone, chain)
        now = self.tr("Now: {0}").format(self._name(awake[0]))
        if short:
            return now
        others = [self._name(one) for one in awake[1 : 1 + MOST_NAMED]]
        if left := len(awake) - 1 - len(others):
            others.append(self.tr("%n more", "", left))
        after = ", ".join([*others, *rules])
        if after:
            now = self.tr("{now}. If that fails: {after}").format(now=now, after=after)
        return self._with_resting(now, chain)

    def _with_resting(self, text: str, chain: Chain) -> str:
        resting = [self._name(one) for one in chain.answerers if one.rests]
        if not resting:
            return text
        rest = self.tr("Failed, and asked again soon: {0}").format(", ".join(resting[:MOST_NAMED]))
        return f"{text}. {rest}"

    def _name(self, one: Answerer) -> str:
        if not one.service:
            return self.tr("{0}, on this device").format(one.model)
        return f"{one.model} ({one.service})"
