"""Judges how playing stands from what a renderer says, of which some say too much; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.api import CastMedia, CastState

RUNS = frozenset({"PLAYING", "TRANSITIONING", "RECORDING"})
HALTS = frozenset({"PAUSED_PLAYBACK", "PAUSED_RECORDING"})
AT_THE_END = 2.5
"""Seconds before the end in which a film that stops has ended: times come in whole seconds."""
STARTS_WITHIN = 10.0
SAYS_NO_TIME = 3.0
OPENS_WITHIN = 8.0
"""Seconds in which one that says it plays has read how long the film is, or has not got it."""
MOVES_WITHIN = 30.0
STALLS_AFTER = 6.0
RESTS_AT_THE_END = 3.0
"""Seconds at the very end after which a film is over, whatever the renderer calls it."""
JUMP = 2.5
OVER = frozenset({CastState.ENDED, CastState.STOPPED, CastState.FAILED, CastState.IDLE})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a renderer said at a moment (seconds of a clock that only goes forward)."""

    at: float
    transport: str  # TransportState of AVTransport
    trouble: bool = False  # TransportStatus is ERROR_OCCURRED
    url: str = ""
    position: float | None = None
    duration: float | None = None


class Playback:
    """What plays, how far it is, and whether it really moves."""

    def __init__(self) -> None:
        self.state = CastState.IDLE
        self.url = ""
        self.duration: float | None = None
        self.subtitle: int | None = None  # it never says
        self.reason = ""
        self.args: Mapping[str, object] = {}
        self.jumped = 0  # how often it went elsewhere than time does
        self._position = 0.0
        self._position_at = 0.0  # when it was last seen to change
        self._mark: float | None = None  # where it was when it began to run
        self._moved = False  # since it began to run
        self._ever_moved = False
        self._ran_since: float | None = None
        self._ours = False
        self._loaded_at = 0.0
        self._told_duration: float | None = None
        self._duration_before: float | None = None  # of what was on before we sent something
        self._stopping = False

    @property
    def runs(self) -> bool:
        """Whether it says that it runs, or did since it was loaded."""
        return self._ran_since is not None

    def loads(self, media: CastMedia, now: float) -> None:
        """We sent it something."""
        before = self.duration
        self._begin(media.url, now)
        self._ours, self._duration_before = True, before
        self._told_duration = None if media.live else media.duration
        self.duration = self._told_duration
        self.state = CastState.LOADING

    def stops(self) -> None:
        """We told it to stop."""
        self._stopping = True

    def jumps(self, position: float, now: float) -> None:
        """We told it to go somewhere: it must move there before it plays."""
        self._position, self._position_at = position, now
        self._halt_clock()

    def fails(self, reason: str, **args: object) -> None:
        """It does not play what we sent."""
        self.state, self.reason, self.args = CastState.FAILED, reason, args

    def forgets(self) -> None:
        """It was away and knows nothing of before."""
        self.__init__()  # type: ignore[misc]  # begins anew, field for field

    def position(self, now: float) -> float:
        """How far it is now; while it plays, between two readings too."""
        if self.state is not CastState.PLAYING:
            return self._position
        reached = self._position + min(now - self._position_at, STALLS_AFTER)
        return min(reached, self.duration) if self.duration else reached

    def read(self, said: Reading) -> None:
        """Take in what a renderer says now."""
        if said.url and said.url != self.url and not self._still_loading(said):
            self._begin(said.url, said.at)
        if said.duration:
            self.duration = said.duration
        if said.transport in RUNS:
            if self.state is not CastState.FAILED or self._moves_after_all(said):
                self._runs(said)
        elif said.transport in HALTS:
            self._take_position(said)
            self._halt_clock()
            self._ran_since = self._ran_since or said.at
            self.state = CastState.PAUSED
        elif self.state not in OVER:
            self._rests(said)

    def _moves_after_all(self, said: Reading) -> bool:
        """Whether one that was given up plays now: somebody pressed something there."""
        return said.position is not None and said.position != self._position

    def _still_loading(self, said: Reading) -> bool:
        """Whether it only still names what was on before we sent it something."""
        return self._ours and self._ran_since is None and said.at - self._loaded_at < STARTS_WITHIN

    def _begin(self, url: str, now: float) -> None:
        self.__init__()  # type: ignore[misc]  # another film: nothing of the one before
        self.url = url
        self._loaded_at = now

    def _halt_clock(self) -> None:
        self._mark, self._moved = None, False

    def _runs(self, said: Reading) -> None:
        if self._ran_since is None or self.state in OVER:
            self._ran_since = said.at
            self._stopping = False
            self.reason, self.args = "", {}
        if self._rests_at_its_end(said):
            self.state = CastState.ENDED
            return
        if said.transport == "TRANSITIONING":
            self._halt_clock()
            self._take_position(said)
            self.state = CastState.LOADING
            return
        self._watch_it_move(said)
        stalled = said.at - self._position_at > STALLS_AFTER and said.position is not None
        if stalled and self._moved:
            self._halt_clock()
        self.state = CastState.PLAYING if self._moved else CastState.LOADING
        if self._ours and not self._ever_moved and self._only_says_so(said):
            self.fails("errors.cast_did_not_play")

    def _rests_at_its_end(self, said: Reading) -> bool:
        """Whether it stands at the last second and never says that it stopped: some do not."""
        ends = max(self.duration or 0.0, self._told_duration or 0.0)
        if not ends or said.position is None or said.position != self._position:
            return False
        rested = said.at - self._position_at > RESTS_AT_THE_END
        return rested and said.position >= ends - 1  # whole seconds

    def _only_says_so(self, said: Reading) -> bool:
        """Whether it says that it plays, and does nothing: it was refused, or got nonsense."""
        assert self._ran_since is not None
        patience = MOVES_WITHIN if self._opened(said) else OPENS_WITHIN
        return said.position is not None and said.at - self._ran_since > patience

    def _opened(self, said: Reading) -> bool:
        """Whether it has read how long the film is; some still tell that of the one before."""
        if not self._told_duration:
            return True
        if not said.duration:
            return False
        other = abs(said.duration - self._told_duration) > JUMP
        return not (other and said.duration == self._duration_before)

    def _watch_it_move(self, said: Reading) -> None:
        if said.position is None:  # it never says: believe it after a while
            assert self._ran_since is not None
            if said.at - self._ran_since > SAYS_NO_TIME:
                if not self._moved:
                    self._position_at = said.at
                self._moved = self._ever_moved = True
            return
        if self._mark is None:
            self._mark = said.position
        elif said.position != self._mark:
            self._moved = self._ever_moved = True
        self._take_position(said)

    def _take_position(self, said: Reading) -> None:
        if said.position is None:
            return
        if abs(said.position - self.position(said.at)) > JUMP:
            self.jumped += 1
        if said.position != self._position or not self._position_at:
            self._position, self._position_at = said.position, said.at

    def _rests(self, said: Reading) -> None:
        if self._stopping:
            self.state = CastState.STOPPED
        elif said.trouble:
            self.fails("errors.cast_did_not_play")
        elif self._ran_since is None:
            if not self._ours:
                self.state = CastState.IDLE
            elif said.at - self._loaded_at > STARTS_WITHIN:
                self.fails("errors.cast_did_not_play")
        elif self._came_to_its_end(said):
            self.state = CastState.ENDED
            self._position = self.duration or self._position
        elif not self._ever_moved and self._ours:
            self.fails("errors.cast_did_not_play")
        else:
            self.state = CastState.STOPPED

    def _came_to_its_end(self, said: Reading) -> bool:
        if not self.duration:
            return False
        if not self._ever_moved:  # a very short one, between two readings
            assert self._ran_since is not None
            return said.at - self._ran_since >= self.duration - 0.5
        reached = self._position
        if self.state is CastState.PLAYING:
            reached += said.at - self._position_at
        return reached >= self.duration - AT_THE_END
