"""The view-models of the Publishing page, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.audit_model import AuditModel
from ui.pages.publishing.editor_model import EditorModel
from ui.pages.publishing.link_days_model import LinkDaysModel
from ui.pages.publishing.links_model import LinksModel
from ui.pages.publishing.results_model import ResultsModel
from ui.pages.publishing.videos_model import VideosModel
from ui.pages.publishing.viewmodel import PublishingViewModel
from ui.pages.publishing.watched import WatchedModel


@dataclass(frozen=True, slots=True)
class Models:
    """The view-models of the page's views."""

    posts: PublishingViewModel
    accounts: AccountsModel
    editor: EditorModel
    videos: VideosModel
    films: VideosModel  # what a link may lead to
    links: LinksModel
    days: LinkDaysModel  # the figures of the link that is open
    results: ResultsModel
    audit: AuditModel
    watched: WatchedModel
