"""Durable jobs: work in steps that survives kills, restarts and power cuts."""

from __future__ import annotations

from app.runtime.jobs.context import JobContext
from app.runtime.jobs.engine import JobEngine
from app.runtime.jobs.model import JobInfo, JobKind, Schedule, StepInfo

__all__ = ["JobContext", "JobEngine", "JobInfo", "JobKind", "Schedule", "StepInfo"]
