"""Begins an A/B test, takes the result of one the platform made, and writes rules."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDoubleSpinBox, QHBoxLayout, QLineEdit, QWidget

from app.domain.post import AccountId
from app.domain.results import ABTest, Condition, Metric, PostResult, Remake, Rule, RuleId, Variant
from app.services.results.abtests import GUIDE, GUIDED_ON
from ui.languages import language_name
from ui.messages import sentence, told
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.editor_parts import PICTURES
from ui.pages.publishing.results_model import ResultsModel
from ui.pages.publishing.rules_card import metric, remake
from ui.pages.publishing.video_picker import ask_file
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip, ChipRow, ChoiceChip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.switch import Switch

VARIANTS = 3
OVER = (100, 500, 1_000, 5_000, 10_000, 100_000)
HOURS = (24, 48, 72, 168, 0)
LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl")
SECONDS = (30, 45, 60)


class ABForm(Overlay):
    """Two or three titles and thumbnails. It deletes itself when it is closed."""

    def __init__(
        self, theme: Theme, posters: PosterCache, model: ResultsModel, post: PostResult,
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(theme, window, 860, 700)
        self._model, self._post = model, post
        self.titles: list[QLineEdit] = []
        self.pictures: list[Picture] = []
        guided = post.platform in GUIDED_ON
        ways: list[tuple[str, object]] = [(self.tr("Sokoul changes it in turns"), False)]
        if guided:
            ways.append((self.tr("YouTube tests it"), True))
        self.way = ChipRow(theme, ways)
        self.told = Label("", "secondary", wrap=True)
        self.begin = Button(theme, self.tr("Begin the test"), "main", "play")
        self.failed = Label("", "secondary", "bad", wrap=True)
        self._lay_out(theme, posters)
        self.way.chosen.connect(lambda _way: self._explain())
        self.begin.clicked.connect(lambda _on=False: self._on_begin())
        model.test_made.connect(self.dismiss)
        model.failed.connect(self._on_failed)
        self.closed.connect(self.deleteLater)
        self._explain()

    def focus_first(self) -> None:
        """The second title: the first is the one it has."""
        self.titles[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def variants(self) -> list[Variant]:
        """Those that say something; the first is what the post has."""
        found = []
        for place, (line, picture) in enumerate(zip(self.titles, self.pictures, strict=True)):
            title, path = line.text().strip(), picture.path
            if place == 0 or title or path:
                found.append(Variant(title, os.fsencode(path)))
        return found

    def _lay_out(self, theme: Theme, posters: PosterCache) -> None:
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head, foot, area = QHBoxLayout(), QHBoxLayout(), ScrollBody(theme)
        head.addWidget(Label(self.tr("A/B test · {0}").format(self._post.title), "section"), 1)
        head.addWidget(close)
        area.column.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        area.column.addWidget(self.told)
        for place in range(VARIANTS):
            area.column.addLayout(self._variant(theme, posters, place))
        area.column.addStretch(1)
        foot.addWidget(self.failed, 1)
        foot.addWidget(self.begin)
        self.column.addLayout(head)
        self.column.addWidget(area, 1)
        self.column.addLayout(foot)

    def _variant(self, theme: Theme, posters: PosterCache, place: int) -> QHBoxLayout:
        letter = "ABC"[place]
        line = QLineEdit()
        line.setMaxLength(300)
        line.setAccessibleName(self.tr("Title {0}").format(letter))
        line.setProperty("radius", theme.px(14))
        line.setPlaceholderText(self._post.title)
        if place == 0:
            line.setText(self._post.title)
        picture = Picture(theme, posters, 8, pressable=True, mark="image")
        picture.setFixedSize(theme.px(128), theme.px(72))
        picture.show_path("", f"{self._post.title}{letter}")
        picture.setAccessibleName(self.tr("Thumbnail {0}").format(letter))
        picture.clicked.connect(
            lambda _on=False: ask_file(
                self, self.tr("Pictures"), PICTURES, lambda path: picture.show_path(path, letter)
            )
        )
        self.titles.append(line)
        self.pictures.append(picture)
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        row.addWidget(Label(letter, "section"))
        row.addWidget(line, 1)
        row.addWidget(picture)
        return row

    def _explain(self) -> None:
        if self.way.value:
            self.told.setText("\n".join(f"{n + 1}. {told(key)}" for n, key in enumerate(GUIDE)))
        else:
            text = self.tr("Each is shown for six hours at a time, in an order drawn by lot, for "
                           "two weeks at most. It stops when one is surely better, or says that "
                           "there is no difference.")  # fmt: skip
            self.told.setText(text)

    def _on_begin(self) -> None:
        variants = self.variants()
        if len(variants) < 2:
            self.failed.setText(self.tr("Write a second title, or choose a second thumbnail."))
            self.focus_first()
            return
        self.begin.set_busy(True)
        self._model.begin(self._post.post, variants, guided=bool(self.way.value))

    def _on_failed(self, error: BaseException) -> None:
        self.begin.set_busy(False)
        self.failed.setText(sentence(error))


class ABResult(Overlay):
    """What came out of a test the platform made. It deletes itself when it is closed."""

    def __init__(self, theme: Theme, model: ResultsModel, test: ABTest, window: QWidget) -> None:
        super().__init__(theme, window, 680)
        self._model, self._test = model, test
        self.shares: list[QDoubleSpinBox] = []
        names = [one.variant.title or test.post_title for one in test.standings]
        choices: list[tuple[str, object]] = [
            (f"{letter}: {name}"[:40], place)
            for place, (letter, name) in enumerate(zip("ABC", names, strict=False))
        ]
        self.winner = ChoiceChip(theme, self.tr("Winner"), lit=False)
        self.winner.set_choices([(self.tr("No difference"), None), *choices])
        card = Card(theme)
        for letter, name in zip("ABC", names, strict=False):
            spin = QDoubleSpinBox()
            spin.setRange(0.0, 100.0)
            spin.setDecimals(1)
            spin.setSuffix(" %")
            spin.setFixedWidth(theme.px(130))
            spin.setAccessibleName(self.tr("Share of {0}").format(name))
            spin.setProperty("radius", theme.px(14))
            self.shares.append(spin)
            about = self.tr("Its share of the watch time, 0 when it is not told")
            card.add(Row(theme, f"{letter}: {name}", about, [spin], "", card))
        card.add(Row(theme, self.tr("Winner"), self.tr("As the platform says"), [self.winner]))
        self.keep = Button(theme, self.tr("Keep the result"), "main", "check")
        self.keep.clicked.connect(lambda _on=False: self._on_keep())
        self.column.addWidget(Label(self.tr("The result of the test"), "section"))
        self.column.addWidget(card)
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.closed.connect(self.deleteLater)

    def _on_keep(self) -> None:
        shares = [spin.value() / 100 if spin.value() else None for spin in self.shares]
        winner = self.winner.value if isinstance(self.winner.value, int) else None
        self._model.enter(self._test.id, shares, winner)
        self.dismiss()


class RuleForm(Overlay):
    """A rule on the numbers. It deletes itself when it is closed."""

    def __init__(
        self, theme: Theme, model: ResultsModel, accounts: AccountsModel, rule: Rule | None,
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(theme, window, 860, 700)
        self._model = model
        first = rule.conditions[0] if rule is not None and rule.conditions else Condition()
        self._rule = rule or Rule(RuleId(""), "", (first,))
        self.name = QLineEdit(self._rule.name)
        self.name.setMaxLength(60)
        self.name.setFixedWidth(theme.px(280))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("Upright when it does well"))
        self.name.setProperty("radius", theme.px(14))
        self.figure = ChipRow(theme, [(metric(one), one) for one in Metric])
        self.figure.set_value(first.metric)
        self.over = ChoiceChip(theme, self.tr("More than"), lit=False)
        self.over.set_choices([(f"{one:,}", one) for one in sorted({*OVER, first.over})])
        self.over.set_value(first.over)
        self.hours = ChoiceChip(theme, self.tr("Within"), lit=False)
        self.hours.set_choices([(self._hours(one), one) for one in HOURS])
        self.hours.set_value(round(first.hours))
        self.remake = ChipRow(theme, [(remake(one), one) for one in Remake])
        self.remake.set_value(self._rule.remake)
        self.language = ChoiceChip(theme, self.tr("Language"), lit=False)
        self.language.set_choices([(language_name(one), one) for one in LANGUAGES])
        self.language.set_value(self._rule.language or "fr")
        self.publish = Switch(theme, self._rule.publish, self.tr("Publish it without asking"))
        self.accounts: dict[AccountId, Chip] = {}
        self.told = Label("", "secondary", "bad", wrap=True)
        self.save = Button(theme, self.tr("Keep the rule"), "main", "check")
        self._group = QButtonGroup(self)
        self._lay_out(theme, accounts)
        self.save.clicked.connect(lambda _on=False: self._on_save())
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """Its name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hours(self, hours: int) -> str:
        if not hours:
            return self.tr("whenever")
        if hours % 24 == 0 and hours > 72:
            return self.tr("%n day(s)", "", hours // 24)
        return self.tr("%n hour(s)", "", hours)

    def _lay_out(self, theme: Theme, accounts: AccountsModel) -> None:
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head, foot, area, card = QHBoxLayout(), QHBoxLayout(), ScrollBody(theme), Card(theme)
        title = self.tr("Change the rule") if self._rule.id else self.tr("New rule")
        head.addWidget(Label(title, "section"), 1)
        head.addWidget(close)
        for name, about, part in (
            (self.tr("Name"), "", self.name),
            (self.tr("When a post has more"), "", self.figure),
            (self.tr("More than"), "", self.over),
            (self.tr("Within"), self.tr("Counted from when it went out"), self.hours),
            (self.tr("Make it"), "", self.remake),
            (self.tr("Language"), self.tr("Of one in another language"), self.language),
            (self.tr("Publish it without asking"),
             self.tr("Else it is proposed, and waits for one press"), self.publish),
        ):  # fmt: skip
            card.add(Row(theme, name, about, [part], "", card))
        holder = QWidget()
        flow = FlowLayout(theme.px(8), holder)
        for account in accounts.accounts or ():
            text = account.platform_name
            text = text if account.name in ("", text) else f"{text} · {account.name}"
            chip = self.accounts[account.id] = Chip(theme, text, parent=holder)
            chip.setChecked(account.id in self._rule.accounts)
            flow.addWidget(chip)
        area.column.addWidget(card)
        area.column.addWidget(Label(self.tr("Where it goes"), "strong"))
        area.column.addWidget(holder)
        area.column.addStretch(1)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.save)
        self.column.addLayout(head)
        self.column.addWidget(area, 1)
        self.column.addLayout(foot)

    def rule(self) -> Rule:
        """The rule as it is written."""
        kind, over, hours = self.figure.value, self.over.value, self.hours.value
        what, language = self.remake.value, self.language.value
        condition = Condition(
            kind if isinstance(kind, Metric) else Metric.VIEWS,
            over if isinstance(over, int) else 1_000,
            float(hours) if isinstance(hours, int) else 48.0,
        )
        made = what if isinstance(what, Remake) else Remake.VERTICAL
        return Rule(
            self._rule.id, self.name.text().strip() or self.name.placeholderText(), (condition,),
            made, tuple(one for one, chip in self.accounts.items() if chip.isChecked()),
            self._rule.sources, self.publish.isChecked(),
            str(language) if made is Remake.LANGUAGE else "", self._rule.seconds,
            self._rule.enabled,
        )  # fmt: skip

    def _on_save(self) -> None:
        rule = self.rule()
        if not rule.accounts:
            self.told.setText(self.tr("Choose where it goes."))
            first = next(iter(self.accounts.values()), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._model.put(rule)
        self.dismiss()
