"""The plugin door, version 1: everything a plugin may import, and nothing behind it.

A plugin's `provider.py` has ``async def setup(context: ProviderContext)`` returning an object
that implements the capabilities of its manifest and, when it holds anything open,
``async def close(self)``.
"""

from __future__ import annotations

from app.api.capabilities import (
    Capability,
    DescribesMedia,
    FindsSubtitles,
    Hit,
    MediaDescription,
    MediaQuestion,
    Notice,
    NoticeKind,
    Notifies,
    Searches,
    SearchQuestion,
    SubtitleFile,
    SubtitleOffer,
    SubtitleQuestion,
)
from app.api.context import Cache, Http, HttpAnswer, PluginSecrets, ProviderContext
from app.api.errors import (
    AppError,
    AuthRequired,
    InvalidInput,
    NotFound,
    Refused,
    ToolFailed,
    Unavailable,
    Unsupported,
)
from app.api.manifest import API_VERSION, Limits, Manifest, parse_manifest
from app.api.setup import Form, SetupSession
from app.domain.options import Option, OptionKind, Value

__all__ = [
    "API_VERSION",
    "AppError",
    "AuthRequired",
    "Cache",
    "Capability",
    "DescribesMedia",
    "FindsSubtitles",
    "Form",
    "Hit",
    "Http",
    "HttpAnswer",
    "InvalidInput",
    "Limits",
    "Manifest",
    "MediaDescription",
    "MediaQuestion",
    "NotFound",
    "Notice",
    "NoticeKind",
    "Notifies",
    "Option",
    "OptionKind",
    "PluginSecrets",
    "ProviderContext",
    "Refused",
    "SearchQuestion",
    "Searches",
    "SetupSession",
    "SubtitleFile",
    "SubtitleOffer",
    "SubtitleQuestion",
    "ToolFailed",
    "Unavailable",
    "Unsupported",
    "Value",
    "parse_manifest",
]
