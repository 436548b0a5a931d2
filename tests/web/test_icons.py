import re
from pathlib import Path

import pytest

import kntc
from kntc.web.icons import FOLDER, UnknownIcon, icon
from kntc.web.navigation import ENTRIES

SOURCES = Path(kntc.__file__).parent
NAMED = [r'{%\s*icon "([a-z0-9-]+)"', r'\bicon="([a-z0-9-]+)"', r'<c-icon name="([a-z0-9-]+)"']


def icons_in_templates() -> set[str]:
    texts = [file.read_text(encoding="utf-8") for file in SOURCES.rglob("templates/**/*.html")]
    return {name for text in texts for pattern in NAMED for name in re.findall(pattern, text)}


def test_every_icon_that_a_template_names_is_vendored() -> None:
    named = icons_in_templates() | {entry.icon for entry in ENTRIES}
    assert len(named) > 20
    assert {name for name in named if not (FOLDER / f"{name}.svg").is_file()} == set()


def test_a_decoration_is_hidden_and_a_label_is_spoken() -> None:
    assert 'aria-hidden="true"' in icon("lock")
    labelled = icon("lock", label='Bí mật "a"')
    assert 'role="img" aria-label="Bí mật &quot;a&quot;"' in labelled
    assert "aria-hidden" not in labelled


def test_an_icon_has_neither_inline_style_nor_the_empty_background_path() -> None:
    for file in FOLDER.glob("*.svg"):
        drawn = icon(file.stem)
        assert "style=" not in drawn
        assert "M0 0h24v24H0z" not in drawn


@pytest.mark.parametrize("name", ["no-such-icon", "../README", ""])
def test_an_unknown_icon_is_named(name: str) -> None:
    with pytest.raises(UnknownIcon):
        icon(name)
