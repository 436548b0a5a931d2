"""PDF by LibreOffice: what the paper looks like, and what happens when LibreOffice does not play along."""

import os
import stat
import threading
import time
from pathlib import Path

import psutil
import pypdf
import pytest

from kntc.documents import pdf as pdf_module
from kntc.documents.measure import balanced_lines, text_width
from kntc.documents.pdf import PdfProblem, to_pdf
from kntc.documents.word import render_word
from tests.documents.papers import Word, lines_of, paper, words_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "bao-cao.pdf"
    path.write_bytes(to_pdf(render_word(paper())))
    return path


@pytest.fixture(scope="module")
def words(made: Path) -> list[Word]:
    return words_of(made)


def test_the_name_of_the_country_stands_on_one_line__R46(made: Path, words: list[Word]) -> None:
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in lines_of(made))
    assert any("Độc lập - Tự do - Hạnh phúc" in line for line in lines_of(made))
    country = words[[word.text for word in words].index("CỘNG") :][:8]
    assert len({round(word.top, 1) for word in country}) == 1
    assert country[-1].right <= 190


def test_nothing_stands_in_the_margins_but_the_number_of_the_page(words: list[Word]) -> None:
    inside = [w for w in words if w.left >= 29.5 and w.right <= 190.5 and w.top >= 19 and w.bottom <= 277.5]
    outside = [word for word in words if word not in inside]
    assert [(word.text, word.page) for word in outside] == [("2", 2), ("3", 3)]
    assert all(word.top < 20 and 100 < (word.left + word.right) / 2 < 120 for word in outside)


def test_the_paper_is_a4_and_has_the_pages_it_needs(made: Path) -> None:
    pages = pypdf.PdfReader(made).pages
    assert len(pages) == 3
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pages} == {(595, 842)}


def test_the_letters_are_times_or_its_double(made: Path) -> None:
    fonts = {str(f) for page in pypdf.PdfReader(made).pages for f in fonts_of(page)}
    assert fonts
    assert all("Times" in font or "Liberation" in font for font in fonts)


def fonts_of(page: pypdf.PageObject) -> list[str]:
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]


def test_the_signature_goes_with_the_end_of_the_text(words: list[Word]) -> None:
    end = next(word for word in words if word.text.endswith("./."))
    signer = next(word for word in words if word.text == "TM.")
    assert signer.page == end.page


def test_our_measure_of_a_line_is_what_the_page_shows(words: list[Word]) -> None:
    first = [word.text for word in words].index("CỘNG")
    shown = words[first + 7].right - words[first].left
    assert text_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True) == pytest.approx(shown, abs=0.5)
    place = [word.text for word in words].index("Số:")
    assert text_width("Số: 05/BC-UBND", 13) == pytest.approx(
        words[place + 1].right - words[place].left, abs=0.8
    )


def test_long_names_are_broken_into_lines_of_like_length() -> None:
    assert balanced_lines("ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH", 58, 13, bold=True) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH BÌNH ĐỊNH",
    ]
    assert balanced_lines("SỞ Y TẾ", 58, 13, bold=True) == ["SỞ Y TẾ"]
    assert balanced_lines("", 58, 13) == []
    assert balanced_lines("M" * 90, 58, 13) == ["M" * 90]


def test_two_at_once_do_not_disturb_each_other() -> None:
    data, made = render_word(paper()), []
    threads = [threading.Thread(target=lambda: made.append(to_pdf(data))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one[:5] for one in made] == [b"%PDF-"] * 3


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(PdfProblem, match=r"chưa cài LibreOffice.*tải bản Word"):
        to_pdf(b"x")


def fake_office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_a_libreoffice_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "child"
    fake_office(tmp_path, f"sleep 600 & echo $! > {note}; wait", monkeypatch)
    began = time.monotonic()
    with pytest.raises(PdfProblem, match="quá 1 giây"):
        to_pdf(b"x", timeout=1)
    assert time.monotonic() - began < 10
    child = int(note.read_text())
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


def test_a_libreoffice_that_makes_nothing_is_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_office(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(PdfProblem, match="không lập được PDF"):
        to_pdf(b"x")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module.tempfile, "tempdir", str(tmp_path))
    to_pdf(render_word(paper()))
    assert list(tmp_path.iterdir()) == []
