"""The calendar: a week or a month of days with their posts, moved by mouse and by keys alike."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDate, QLocale, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.post import Post, PostId
from ui import publishing_words as said
from ui.pages.publishing.days import WEEK, Span, Stretch, by_day, moved, on_day
from ui.pages.publishing.post_card import HIGH, LOW, TALL, PostCard
from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton

HEAD = 42  # pixels at 100 % of the line with the day
MOST = {Span.WEEK: 6, Span.MONTH: 3}
"""Posts of a day that are shown; the others are behind “+ n more”."""
TIGHT_BELOW = 1100
LEAST = {Span.WEEK: 3, Span.MONTH: 2}


class DayHead(PaintedButton):
    """The name of a day; pressed, it begins a post of that day."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, 8, parent)
        self.today = self.quiet = False

    def show_day(self, text: str, spoken: str, *, today: bool, quiet: bool) -> None:
        """Show a day; `quiet` for one of another month."""
        self.today, self.quiet = today, quiet
        self.setText(text)
        self.setAccessibleName(spoken)
        self.setToolTip(self.tr("A new post on this day"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        theme = self._theme
        painter = QPainter(self)
        if self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(8), theme.px(8))
        tone = "accent" if self.today else "faint" if self.quiet else "dim"
        painter.setPen(theme.color(tone))
        painter.setFont(theme.font(14, 700 if self.today else 500))
        room = self.rect().adjusted(theme.px(6), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())


class MoreLine(PaintedButton):
    """“+ 3 more”: opens the day."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, 8, parent)
        self.date = QDate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setPen(self._theme.color("text" if self.underMouse() else "dim"))
        painter.setFont(self._theme.font(13, 500))
        room = self.rect().adjusted(self._theme.px(12), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())


class CalendarView(QWidget):
    """Builds only the days that are shown, and of each day only its first posts."""

    opened = Signal(object)
    """A post."""
    move_wished = Signal(object, float)
    new_wished = Signal(float)
    """A time on the day that was pressed."""
    day_wished = Signal(QDate)
    hint_changed = Signal(str)
    """What the keys do now, while a post is in the hand; empty when none is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._span, self._shown, self._now = Span.WEEK, Stretch(QDate(2026, 1, 5), 0, 1), 0.0
        self._rows = [1]
        self._day_posts: dict[int, list[Post]] = {}
        self._tight = False  # the days are narrow
        self.heads: list[DayHead] = []
        self._cards: dict[PostId, PostCard] = {}
        self._more: dict[int, MoreLine] = {}
        self._target: int | None = None  # the place of a day a drag is over
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Calendar"))

    @property
    def cards(self) -> tuple[PostCard, ...]:
        """The posts that are shown."""
        return tuple(self._cards.values())

    def card(self, post: PostId) -> PostCard:
        """The card of a post that is shown."""
        return self._cards[post]

    def more(self, date: QDate) -> MoreLine | None:
        """The line of a day that has more."""
        return self._more.get(date.toJulianDay())

    def show_posts(self, span: Span, shown: Stretch, posts: tuple[Post, ...], now: float) -> None:
        """Show these days; a card that stays keeps its place in the focus."""
        self._span, self._shown, self._now = span, shown, now
        self._day_posts = by_day(posts, now)
        self._show_heads()
        wanted = self._wanted()
        for gone in [one for one in self._cards if one not in wanted]:
            self._drop(self._cards.pop(gone))
        for post in wanted.values():
            card = self._cards.get(post.id) or self._make_card(post.id)
            if not card.held:
                card.show_post(post, now, low=span is Span.MONTH)
        self._show_more()
        self._arrange()

    def focus_first(self) -> bool:
        """The next post from now on, else today; False when neither is shown."""
        later = [card for card in self._cards.values() if card.at >= self._now]
        target: QWidget | None = min(later, key=lambda card: card.at, default=None)
        target = target or next((head for head in self.heads if head.today), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        return target is not None

    def sizeHint(self) -> QSize:
        """As high as its weeks."""
        return QSize(self._theme.px(900), sum(self._rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths of the days."""
        tight = self.width() < self._theme.px(TIGHT_BELOW)
        if tight != self._tight:
            self._tight = tight
            self._wanted()
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the lines, and the day a drag is over."""
        theme, radius = self._theme, self._theme.px(16)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface1"))
        painter.drawRoundedRect(frame, radius, radius)
        for column in range(1, WEEK):
            left = self._left(column) + 0.5
            painter.drawLine(QPointF(left, 1), QPointF(left, self.height() - 2))
        top = 0.5
        for high in self._rows[:-1]:
            top += high
            painter.drawLine(QPointF(1, top), QPointF(self.width() - 2, top))
        if self._target is not None:
            painter.setPen(QPen(theme.color("accent"), theme.px(2)))
            painter.setBrush(theme.color("accent_soft"))
            room = QRectF(self._room(self._target)).adjusted(3, 3, -3, -3)
            painter.drawRoundedRect(room, radius / 2, radius / 2)

    # What is shown.

    def _show_heads(self) -> None:
        dates = self._shown.dates()
        while len(self.heads) < len(dates):
            head = DayHead(self._theme, self)
            head.clicked.connect(partial(self._on_day, len(self.heads)))
            head.show()
            self.heads.append(head)
        while len(self.heads) > len(dates):
            self._drop(self.heads.pop())
        today, locale = said.local(self._now).date(), QLocale()
        for head, date in zip(self.heads, dates, strict=True):
            short = locale.toString(date, "ddd d" if self._span is Span.WEEK else "d")
            quiet = self._span is Span.MONTH and date.month() != self._shown.month
            spoken = locale.toString(date, QLocale.FormatType.LongFormat)
            many = len(self._day_posts.get(date.toJulianDay(), ()))
            counted = self.tr("%n post(s)", "", many)
            text = short[:1].upper() + short[1:]
            head.show_day(text, f"{spoken}, {counted}", today=date == today, quiet=quiet)

    def _wanted(self) -> dict[PostId, Post]:
        """The posts that get a card, and how high the weeks are."""
        found, counts, most = dict[PostId, Post](), list[int](), MOST[self._span]
        for date in self._shown.dates():
            posts = self._day_posts.get(date.toJulianDay(), [])
            found.update((post.id, post) for post in posts[:most])
            counts.append(min(len(posts), most) + (len(posts) > most) * 0.6)  # type: ignore[arg-type]  # a line more
        px, week = self._theme.px, self._span is Span.WEEK
        one = px(self._high() + 10) if week else px(LOW + 4)
        least = LEAST[self._span] * one - (px(20) if week else 0)
        self._rows = [
            px(HEAD) + max(least, round(max(counts[start : start + WEEK]) * one)) + px(12)
            for start in range(0, len(counts), WEEK)
        ]
        return found

    def _show_more(self) -> None:
        most = MOST[self._span]
        over = {day: posts for day, posts in self._day_posts.items() if len(posts) > most}
        for gone in [day for day in self._more if day not in over]:
            self._drop(self._more.pop(gone))
        for day, posts in over.items():
            if day not in self._more:
                line = self._more[day] = MoreLine(self._theme, self)
                line.date = QDate.fromJulianDay(day)
                line.clicked.connect(partial(self._on_more, day))
                line.show()
            line = self._more[day]
            line.setText(self.tr("+ %n more", "", len(posts) - most))
            spoken = QLocale().toString(line.date, QLocale.FormatType.LongFormat)
            line.setAccessibleName(f"{spoken}: {line.text()}")

    def _make_card(self, post: PostId) -> PostCard:
        card = self._cards[post] = PostCard(self._theme, self)
        card.opened.connect(lambda: self.opened.emit(card.post))
        card.taken.connect(partial(self._on_taken, card))
        card.stepped.connect(partial(self._on_stepped, card))
        card.dropped.connect(partial(self._on_dropped, card))
        card.let_go.connect(partial(self._on_let_go, card))
        card.dragged.connect(partial(self._on_dragged, card))
        card.drag_ended.connect(partial(self._on_drag_ended, card))
        card.show()
        return card

    def _drop(self, widget: QWidget) -> None:
        if isinstance(widget, PostCard) and widget.held:
            self.hint_changed.emit("")
        widget.hide()
        widget.deleteLater()

    # Where it stands.

    def _high(self) -> int:
        return TALL if self._tight else HIGH

    def _left(self, column: int) -> int:
        return round(self.width() * column / WEEK)

    def _room(self, place: int) -> QRect:
        row, column = divmod(place, WEEK)
        top, left = sum(self._rows[:row]), self._left(column)
        return QRect(left, top, self._left(column + 1) - left, self._rows[row])

    def _arrange(self) -> None:
        if self.minimumHeight() != sum(self._rows):
            self.setFixedHeight(sum(self._rows))
        px, week = self._theme.px, self._span is Span.WEEK
        edge = px(10 if week and not self._tight else 6)
        gap, high = px(10 if week else 4), px(self._high() if week else LOW)
        before: QWidget | None = None
        for place, date in enumerate(self._shown.dates()):
            room, day = self._room(place), date.toJulianDay()
            parts: list[QWidget] = [self.heads[place]]
            self.heads[place].setGeometry(room.left() + px(6), room.top() + px(7),
                                          room.width() - px(12), px(28))  # fmt: skip
            top = room.top() + px(HEAD)
            for post in self._day_posts.get(day, [])[: MOST[self._span]]:
                card = self._cards[post.id]
                card.set_tall(week and self._tight)
                card.setGeometry(room.left() + edge, top, room.width() - 2 * edge, high)
                parts.append(card)
                top += high + gap
            if day in self._more:
                line = self._more[day]
                line.setGeometry(room.left() + edge, top - px(2), room.width() - 2 * edge, px(24))
                parts.append(line)
            for part in parts:
                if before is not None:
                    QWidget.setTabOrder(before, part)
                before = part
        for card in self._cards.values():
            if card.held:
                self._carry(card)
        self.update()

    def _place_at(self, point: QPoint) -> int | None:
        """The place of the day under a point of the screen."""
        inside = self.mapFromGlobal(point)
        places = range(len(self._shown.dates()))
        return next((one for one in places if self._room(one).contains(inside)), None)

    # What is done.

    def _on_day(self, place: int) -> None:
        date = self._shown.dates()[place]
        self.new_wished.emit(on_day(_next_hour(self._now), date))

    def _on_more(self, day: int) -> None:
        self.day_wished.emit(QDate.fromJulianDay(day))

    def _on_taken(self, card: PostCard) -> None:
        for other in self._cards.values():
            if other.held:
                self._on_let_go(other)
        card.set_held(True)
        card.raise_()
        self._hint(card)

    def _on_stepped(self, card: PostCard, days: int, hours: int) -> None:
        at = moved(card.at, days, hours)
        if at >= self._now:
            card.show_time(at)
            self._arrange()
            self._hint(card)

    def _carry(self, card: PostCard) -> None:
        """Set a post that is in the hand over the day it would be put down on."""
        home = self._place_of(card.post.at or self._now) if card.post is not None else -1
        place = self._place_of(card.at)
        if home >= 0 and place >= 0:
            card.move(card.pos() + self._room(place).topLeft() - self._room(home).topLeft())

    def _place_of(self, at: float) -> int:
        """The place of the day of a time; -1 when it is not shown."""
        place = self._shown.first.daysTo(said.local(at).date())
        return place if 0 <= place < len(self.heads) else -1

    def _on_dropped(self, card: PostCard) -> None:
        post, at = card.post, card.at
        card.set_held(False)
        self.hint_changed.emit("")
        if post is None:
            return
        if at == post.at:
            self.opened.emit(post)  # taken and put down where it was: one wants to see it
        else:
            self.move_wished.emit(post, at)

    def _on_let_go(self, card: PostCard) -> None:
        card.set_held(False)
        self.hint_changed.emit("")
        if card.post is not None:
            card.show_post(card.post, self._now, low=card.low)
        self._arrange()

    def _on_dragged(self, card: PostCard, point: QPoint) -> None:
        place = self._place_at(point)
        card.raise_()
        card.move(self.mapFromGlobal(point) - QPoint(card.width() // 2, card.height() // 2))
        if card.post is not None and place is not None:
            card.show_time(on_day(card.post.at or self._now, self._shown.dates()[place]))
        if place != self._target:
            self._target = place
            self.update()

    def _on_drag_ended(self, card: PostCard, point: QPoint) -> None:
        place, self._target = self._place_at(point), None
        if card.post is not None and place is not None:
            at = on_day(card.post.at or self._now, self._shown.dates()[place])
            if at >= self._now and at != card.post.at:
                self.move_wished.emit(card.post, at)
        self._on_let_go(card)

    def _hint(self, card: PostCard) -> None:
        said_ = self.tr("{moment} · arrows move it, OK puts it down")
        text = said_.format(moment=said.moment(card.at, self._now))
        self.hint_changed.emit(text[:1].upper() + text[1:])


def _next_hour(now: float) -> float:
    return moved(now - now % 3600, hours=1)
