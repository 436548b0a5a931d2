"""What production does with the static files: hashed names, every reference resolved."""

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

import kntc

VENDOR = Path(kntc.__file__).parent / "web/static/vendor"


def test_collectstatic_with_hashed_names_finds_every_reference(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = (tmp_path / "staticfiles.json").read_text(encoding="utf-8")
    for name in ("web/theme.css", "web/charts.js", "vendor/htmx-2.0.11/htmx.min.js"):
        assert name in manifest


@pytest.mark.parametrize("folder", sorted(VENDOR.iterdir()), ids=lambda folder: folder.name)
def test_vendored_files_keep_their_licence_and_their_version(folder: Path) -> None:
    if folder.is_dir():
        assert list(folder.glob("LICENSE*")), f"{folder.name} has no licence"
        assert folder.name in (VENDOR / "README.md").read_text(encoding="utf-8")
