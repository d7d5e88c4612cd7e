"""The Studio page: all projects, one of them, a new one, or the asset library."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.events import NoticeLevel
from app.domain.project import Asset, ProjectId
from app.domain.studio import LogLine, ProjectCard
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.studio.asset_view import AssetLibraryView
from ui.pages.studio.assets_model import AssetsModel
from ui.pages.studio.form import NewVideo
from ui.pages.studio.form_model import BriefModel
from ui.pages.studio.log_panel import LogPanel
from ui.pages.studio.picture_panel import PicturePanel
from ui.pages.studio.project_model import ProjectModel
from ui.pages.studio.project_view import OpenProject
from ui.pages.studio.projects import ProjectsView
from ui.pages.studio.scene_editor import SceneEditor
from ui.pages.studio.viewmodel import StudioViewModel
from ui.undo import offer_undo
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.scroll_body import BAR, RING


@dataclass(frozen=True, slots=True)
class Models:
    """The view-models of the page's views."""

    projects: StudioViewModel
    project: ProjectModel
    brief: BriefModel
    assets: AssetsModel
    change: BriefModel


class StudioPage(Page):
    """One view at a time; each has its own states."""

    def __init__(self, context: PageContext, models: Models) -> None:
        super().__init__()
        self._context, self._models = context, models
        self._visit: dict[str, object] = {}
        theme, posters = context.theme, context.posters
        self.projects = ProjectsView(theme, posters, models.projects, self)
        self.project = OpenProject(theme, posters, models.project, self)
        self.form = NewVideo(theme, models.brief, self)
        self.change = NewVideo(theme, models.change, self, again=True)
        self.assets = AssetLibraryView(theme, posters, models.assets, self)
        self.stack = QStackedWidget(self)
        for view in (self.projects, self.project, self.form, self.change, self.assets):
            self.stack.addWidget(view)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.stack)
        self._connect()
        self._connect_project()

    def opened(self, **args: object) -> None:
        """All projects; ``project`` opens one, ``new`` the form, ``assets`` the asset library.

        With ``project`` and ``change``: what it is made with.
        """
        self._visit = args
        project = args.get("project")
        if isinstance(project, str) and project:
            self._models.project.open(ProjectId(project))
            changing = bool(args.get("change")) and self._models.project.view is not None
            self.stack.setCurrentWidget(self.change if changing else self.project)
            return
        self._models.project.rest()
        if args.get("new"):
            self.form.begin(str(args.get("topic", "")))
            self.stack.setCurrentWidget(self.form)
        elif args.get("assets"):
            self._models.assets.load()
            self.stack.setCurrentWidget(self.assets)
        else:
            self._models.projects.load()
            self.stack.setCurrentWidget(self.projects)

    def left(self) -> None:
        """Nobody looks at the project any more."""
        self._models.project.rest()

    def shut(self) -> None:
        """The program ends: what was removed goes now."""
        self._models.projects.finish()

    def where(self) -> dict[str, object]:
        """What is shown, for a page that is built anew."""
        return dict(self._visit)

    def search_field(self) -> QWidget | None:
        """The search of the asset library."""
        return self.assets.field if self.stack.currentWidget() is self.assets else None

    def focus_first(self) -> None:
        """What one most likely wants in the view that is shown."""
        view = self.stack.currentWidget()
        if isinstance(view, ProjectsView | OpenProject | NewVideo | AssetLibraryView):
            view.focus_first()

    def open_scene(self, scene: str) -> SceneEditor:
        """Open a scene over the page."""
        theme, posters = self._context.theme, self._context.posters
        editor = SceneEditor(theme, posters, self._models.project, scene, self.window())
        editor.open()
        return editor

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the drawing."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        right = max(0, margin - theme.px(RING + BAR))
        self._column.setContentsMargins(margin - theme.px(RING), theme.px(28), right, 0)

    def _connect(self) -> None:
        model, view = self._models.projects, self.projects
        navigator = self._context.navigator
        view.open_wished.connect(lambda project: navigator.open("studio", project=project))
        view.new_wished.connect(lambda topic: navigator.open("studio", new=True, topic=topic))
        view.assets_wished.connect(lambda: navigator.open("studio", assets=True))
        view.quick_wished.connect(lambda topic: model.create(self._models.brief.quick(topic)))
        model.made.connect(self._on_made)
        self._models.brief.failed.connect(self._tell)
        self._models.brief.play_ready.connect(self._play)
        model.failed.connect(self._on_list_failed)
        model.removed.connect(self._on_removed)
        model.put_away.connect(self._on_put_away)
        self.form.wished.connect(model.create)
        model.busy_changed.connect(self.form.set_busy)
        for part in (self.form, self.project, self.assets):
            part.back_wished.connect(lambda: navigator.open("studio"))
        self.assets.play_wished.connect(self._models.project.play_asset)
        self.assets.picture_pressed.connect(self._show_picture)
        self._models.assets.failed.connect(self._on_assets_failed)

    def _connect_project(self) -> None:
        model = self._models.project
        self.project.scene_pressed.connect(self.open_scene)
        self.project.copied.connect(lambda: self._context.toasts.show(self.tr("Copied")))
        self.project.export_wished.connect(self._choose_folder)
        model.failed.connect(self._tell)
        model.play_ready.connect(self._play)
        model.exported.connect(self._on_exported)
        model.logged.connect(self._show_log)
        model.brief_kept.connect(self._back_to_project)
        self.project.change_wished.connect(self._change_brief)
        self.project.publish_wished.connect(self._publish)
        self.change.wished.connect(model.change_brief)
        self.change.back_wished.connect(self._back_to_project)
        model.busy_changed.connect(self._on_busy)
        self._models.change.failed.connect(self._tell)
        self._models.change.play_ready.connect(self._play)

    def _change_brief(self) -> None:
        model = self._models.project
        if model.view is not None:
            self.change.begin_again(model.view.brief)
            self._context.navigator.open("studio", project=model.project, change=True)

    def _publish(self) -> None:
        project = self._models.project.project
        self._context.navigator.open("publishing", new=True, project=project)

    def _back_to_project(self) -> None:
        self._context.navigator.open("studio", project=self._models.project.project)

    def _on_busy(self, name: str, on: bool) -> None:  # noqa: FBT001 - a signal's
        if name == "brief":
            self.change.set_busy(on)

    def _on_made(self, project: str) -> None:
        self.form.clear()
        self._context.navigator.open("studio", project=project)

    def _play(self, ticket: object) -> None:
        self._context.navigator.open("player", ticket=ticket)

    def _tell(self, error: BaseException) -> None:
        self._context.toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8.0)

    def _on_list_failed(self, error: BaseException) -> None:
        if self._models.projects.cards is not None or self._models.projects.error is None:
            self._tell(error)  # else the list says so itself

    def _on_assets_failed(self, error: BaseException) -> None:
        if self._models.assets.assets is not None:
            self._tell(error)

    def _show_picture(self, asset: Asset, path: str) -> None:
        theme, posters = self._context.theme, self._context.posters
        PicturePanel(theme, posters, asset, path, self.window()).open()

    def _show_log(self, lines: tuple[LogLine, ...]) -> None:
        LogPanel(self._context.theme, lines, self.window()).open()

    def _choose_folder(self) -> None:
        """Ask where to, inside the window, so that a remote can do it too."""
        picker = FolderPicker(self._context.theme, self.window())
        picker.chosen.connect(self._models.project.export)
        picker.open()

    def _on_exported(self, path: str) -> None:
        text = self.tr("The video was copied to {0}").format(path)
        self._context.toasts.show(text, level=NoticeLevel.GOOD, seconds=8.0)

    def _on_removed(self, card: ProjectCard) -> None:
        text = self.tr("“{0}” was removed.").format(card.title)
        model = self._models.projects
        offer_undo(self._context.toasts, text, lambda: model.put_back(card.id))

    def _on_put_away(self, card: ProjectCard) -> None:
        text = self.tr("“{0}” was put away.").format(card.title)
        model = self._models.projects
        offer_undo(self._context.toasts, text, lambda: model.archive(card, away=False))


def create(context: PageContext) -> Page:
    """Build the page."""
    bridge, services = context.bridge, context.services
    studio, budget = services.studio, getattr(services, "budget", None)
    accounts = getattr(services, "accounts", None)
    models = Models(
        StudioViewModel(bridge, studio),
        ProjectModel(bridge, studio, services.playback, budget),
        BriefModel(bridge, studio, services.playback, accounts),
        AssetsModel(bridge, studio),
        BriefModel(bridge, studio, services.playback, accounts),
    )
    page = StudioPage(context, models)
    for part in (models.projects, models.project, models.brief, models.assets, models.change):
        part.setParent(page)
    return page
