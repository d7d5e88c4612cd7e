"""Rules on the numbers, and what they found: variants to publish, to leave, or being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.results import Condition, Metric, Proposal, ProposalState, Remake, Rule
from ui import words
from ui.languages import language_name
from ui.messages import told
from ui.pages.publishing.results_model import ResultsModel
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.switch import Switch

translate = QCoreApplication.translate
SHOWN = 20


class RulesCard(QWidget):
    """What was found comes first: it waits for the owner."""

    rule_wished = Signal(object)
    """A rule to change; None: a new one."""

    def __init__(self, theme: Theme, model: ResultsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.new = Button(theme, self.tr("New rule"), "plain", "plus", parent=self)
        self.found_card, self.rules_card = Card(theme), Card(theme)
        self.buttons: dict[tuple[str, str, str], Button] = {}
        self.switches: dict[str, Switch] = {}
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(Label(self.tr("Make more of what does well"), "section"), 1)
        head.addWidget(self.new)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(head)
        column.addWidget(self.found_card)
        column.addWidget(self.rules_card)
        self.new.clicked.connect(lambda _on=False: self.rule_wished.emit(None))
        model.rules_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        model = self._model
        had = self.isAncestorOf(self.focusWidget() or self.window())
        self.found_card.clear()
        self.rules_card.clear()
        self.buttons, self.switches = {}, {}
        shown = [one for one in model.proposals if one.state in _WAITING][:SHOWN]
        for proposal in shown:
            self.found_card.add(self._found(proposal))
        self.found_card.setVisible(bool(shown))
        for rule in model.rules or ():
            self.rules_card.add(self._rule(rule))
        if not model.rules:
            about = self.tr("Such as: over 1,000 views in 48 hours, then make it upright and "
                            "propose it.")  # fmt: skip
            self.rules_card.add(Row(self._theme, self.tr("No rule yet"), about))
        if had and not self.isAncestorOf(self.focusWidget() or self.window()):
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, one: Proposal) -> Row:
        leave = ("dismiss", self.tr("Leave it"))
        acts = {
            ProposalState.PROPOSED: (("send", self.tr("Publish")), leave),
            ProposalState.FAILED: (("again", self.tr("Try again")), leave),
            ProposalState.MAKING: (leave,),
        }[one.state]
        tail: list[QWidget] = []
        for what, text in acts:
            button = Button(self._theme, text, "plain" if what != "dismiss" else "ghost")
            button.setAccessibleName(f"{text}: {one.title}")
            button.clicked.connect(partial(self._decide, one, what))
            self.buttons[one.rule, one.post, what] = button
            tail.append(button)
        title = self.tr("{title} · {remake}").format(title=one.title, remake=remake(one.remake))
        return Row(self._theme, title, _state(one), tail)

    def _rule(self, rule: Rule) -> Row:
        switch = Switch(self._theme, rule.enabled, rule.name)
        switch.switched.connect(partial(self._switch, rule))
        self.switches[rule.id] = switch
        change = Button(self._theme, "", "icon", "pencil", self.tr("Change {0}").format(rule.name))
        change.clicked.connect(lambda _on=False: self.rule_wished.emit(rule))
        label = self.tr("Remove {0}").format(rule.name)
        remove = Button(self._theme, "", "icon", "trash-2", label)
        remove.clicked.connect(lambda _on=False: self._model.remove(rule))
        return Row(self._theme, rule.name, rule_words(rule), [change, remove, switch])

    def _decide(self, proposal: Proposal, what: str, _on: bool = False) -> None:
        self._model.decide(proposal, what)

    def _switch(self, rule: Rule, on: bool) -> None:
        self._model.put(replace(rule, enabled=on))


_WAITING = (ProposalState.PROPOSED, ProposalState.FAILED, ProposalState.MAKING)


def metric(of: Metric) -> str:
    """What a rule looks at."""
    said: dict[Metric, Callable[[], str]] = {
        Metric.VIEWS: lambda: translate("RulesCard", "views"),
        Metric.LIKES: lambda: translate("RulesCard", "likes"),
        Metric.COMMENTS: lambda: translate("RulesCard", "comments"),
        Metric.SHARES: lambda: translate("RulesCard", "shares"),
    }
    return said[of]()


def remake(of: Remake) -> str:
    """What a rule makes."""
    said = {
        Remake.VERTICAL: translate("RulesCard", "upright"),
        Remake.SHORT: translate("RulesCard", "short"),
        Remake.SUBTITLED: translate("RulesCard", "with subtitles"),
        Remake.LANGUAGE: translate("RulesCard", "in another language"),
    }
    return said[of]


def condition_words(one: Condition) -> str:
    """A condition, such as ``over 1,000 views in 48 hours``."""
    if one.hours <= 0:
        text = translate("RulesCard", "over {many} {metric}")
        return text.format(many=words.count(one.over), metric=metric(one.metric))
    text = translate("RulesCard", "over {many} {metric} in {hours} hours")
    return text.format(many=words.count(one.over), metric=metric(one.metric),
                       hours=round(one.hours))  # fmt: skip


def rule_words(rule: Rule) -> str:
    """A rule as a sentence."""
    when = " + ".join(condition_words(one) for one in rule.conditions)
    what = remake(rule.remake)
    if rule.remake is Remake.LANGUAGE and rule.language:
        what = f"{what} ({language_name(rule.language)})"
    end = (
        translate("RulesCard", "and publish it")
        if rule.publish
        else translate("RulesCard", "and propose it")
    )
    text = translate("RulesCard", "{when}: make it {what}, {end}.")
    said = text.format(when=when, what=what, end=end)
    return said[:1].upper() + said[1:]


def _state(one: Proposal) -> str:
    if one.state is ProposalState.MAKING:
        making = translate("RulesCard", "It is being made.")
        return f"{making} {told(one.reason, one.reason_args)}" if one.reason else making
    if one.state is ProposalState.FAILED:
        failed = translate("RulesCard", "It could not be made.")
        return f"{failed} {told(one.reason, one.reason_args)}" if one.reason else failed
    text = translate("RulesCard", "Made, because it had {many}. Found by the rule “{rule}”.")
    return text.format(many=words.count(one.seen), rule=one.rule_name)
