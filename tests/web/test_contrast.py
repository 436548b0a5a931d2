"""The theme's pairs of text and ground reach WCAG AA, computed from the style sheet itself."""

import re
from pathlib import Path

import pytest

import kntc

THEME = (Path(kntc.__file__).parent / "web/static/web/theme.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--tblr-([a-z-]+): (#[0-9a-f]{6});", THEME))
TONES = sorted(name.removesuffix("-ink") for name in COLOURS if name.endswith("-ink"))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_all_tones_are_there() -> None:
    assert {"primary", "secondary", "blue", "red", "orange", "yellow", "green", "teal", "purple"} <= set(
        TONES
    )


@pytest.mark.parametrize("tone", TONES)
def test_badge_text_on_its_light_ground(tone: str) -> None:
    assert contrast(COLOURS[f"{tone}-ink"], COLOURS[f"{tone}-lt"]) >= 4.5


@pytest.mark.parametrize("tone", TONES)
def test_white_on_the_full_tone_and_the_tone_on_the_page(tone: str) -> None:
    assert contrast(COLOURS[tone], "#ffffff") >= 4.5
    assert contrast(COLOURS[tone], "#f9fafb") >= 4.5


@pytest.mark.parametrize(
    "name", ["secondary-color", "tertiary-color", "icon-color", "link-color", "link-hover-color"]
)
def test_text_on_the_page_and_on_cards(name: str) -> None:
    assert min(contrast(COLOURS[name], ground) for ground in ("#ffffff", "#f9fafb", "#f6f7f9")) >= 4.5


def test_borders_of_inputs_and_the_focus_ring_stand_out() -> None:
    border = re.search(r"--kntc-input-border: (#[0-9a-f]{6})", THEME)
    ring = re.search(r"--kntc-focus: (#[0-9a-f]{6})", THEME)
    assert border is not None
    assert ring is not None
    assert contrast(border[1], "#ffffff") >= 3
    assert contrast(ring[1], "#ffffff") >= 3
