"""What every page keeps."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.contracts.sources import ROOT, imported
from ui.catalogue import CATALOGUE

PAGES = sorted(
    folder
    for folder in (ROOT / "ui" / "pages").iterdir()
    if folder.is_dir() and folder.name != "__pycache__"
)


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_a_page_is_a_view_a_view_model_and_a_test(folder: Path) -> None:
    assert (folder / "page.py").is_file()
    assert (folder / "viewmodel.py").is_file()
    tests = list((ROOT / "tests" / "ui").glob(f"test_{folder.name}*.py"))
    assert tests, f"tests/ui/test_{folder.name}*.py"


def test_every_page_of_the_catalogue_exists_and_every_page_is_in_it() -> None:
    assert {entry.name for entry in CATALOGUE} == {folder.name for folder in PAGES}
    for entry in CATALOGUE:
        tree = ast.parse((ROOT / (entry.module.replace(".", "/") + ".py")).read_text())
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert "create" in names, entry.module


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_a_view_model_knows_qtcore_only(folder: Path) -> None:
    tree = ast.parse((folder / "viewmodel.py").read_text())
    qt = {name.split(".")[1] for name in imported(tree) if name.startswith("PySide6.")}
    assert qt <= {"QtCore"}
    assert not any(name.startswith("ui.widgets") for name in imported(tree))
