"""Waiting that ends early when the process is asked to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Collection
from typing import Any, TypeVar

T = TypeVar("T")


async def pause(seconds: float, *wakers: asyncio.Event) -> None:
    """Wait so many seconds, or until one of the events (at least one) is set."""
    waits = [asyncio.ensure_future(event.wait()) for event in wakers]
    try:
        await asyncio.wait(waits, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _end(waits)


async def unless_stopped(work: Awaitable[T], stop: asyncio.Event) -> T | None:
    """The outcome of `work`; None, and the work cancelled, when the stop comes first."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        await _end((task, stopped))


async def _end(tasks: Collection[asyncio.Future[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
