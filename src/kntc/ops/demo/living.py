"""Gia Lai in 2026: petitions and visits that come in, move and wait, through the real actions, day by day."""

import heapq
from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from kntc.ops.demo import stories
from kntc.ops.demo.past import Past
from kntc.ops.demo.stories import KINDS, Story
from kntc.ops.demo.world import YEAR, World
from kntc.ops.progress import Report

PETITIONS, VISITS = 600, 320


def load(report: Report) -> None:
    """Play the year up to today, or to its end."""
    play(World(min(timezone.localdate(), date(YEAR, 12, 31))), report)


def play(world: World, report: Report) -> None:
    """All stories side by side in the order of their moments, so that numbers and logs run as in a real year."""
    stage = Stage(world.past, until=timezone.now())
    world.begin = stage.begin
    for story in _beginnings(world):
        stage.begin(story)
    stage.play(report)
    world.past.settle()


class Stage:
    """Stories waiting for their next moment."""

    def __init__(self, past: Past, until: datetime) -> None:
        self._past, self._until = past, until
        self._queue: list[tuple[datetime, int, Story]] = []
        self._order = count()
        self._now: datetime | None = None

    def begin(self, story: Story) -> None:
        """Let a story run to its next moment; one that lies ahead of the end is left there."""
        moment = next(story, None)
        if moment is None:
            return
        if self._now is not None:
            moment = max(moment, self._now + timedelta(minutes=1))
        if moment <= self._until:
            heapq.heappush(self._queue, (moment, next(self._order), story))

    def play(self, report: Report) -> None:
        start = self._queue[0][0]
        while self._queue:
            self._now, _, story = heapq.heappop(self._queue)
            with self._past.at(self._now):
                self.begin(story)
            report(int((self._now - start).total_seconds()), int((self._until - start).total_seconds()))


def _beginnings(world: World) -> list[Story]:
    province, ward = world.agencies["GLA"], world.agencies["GLA-23575"]
    return [
        # What the sign-ins of the demonstration find on their desks, whatever chance brings.
        stories.crowd(world, province, 47),
        stories.handed_over(world, province, ward, regrets=False),
        stories.handed_over(world, ward, province, regrets=True),
        *(
            stories.petition(world, world.receiver(), world.weighted(KINDS), world.working_day())
            for _ in range(PETITIONS)
        ),
        *(stories.visit(world, world.receiver(), world.working_day()) for _ in range(VISITS)),
    ]
