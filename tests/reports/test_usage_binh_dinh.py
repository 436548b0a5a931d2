"""The founding report over again: Bình Định's register through the importer, its figures in Word (R20, R21, R22)."""

from datetime import date
from io import BytesIO

import docx
import pytest

from kntc.accounts.officers import Officer
from kntc.agencies.load import load_catalogues
from kntc.agencies.models import Agency
from kntc.audit.walls import acting_as
from kntc.documents.word import render_word
from kntc.ops.demo import binh_dinh
from kntc.reports.usage import words
from kntc.reports.usage.figures import Basis, Kinds, Usage, compile_usage
from kntc.reports.usage.queries import chosen, reportable
from tests.documents.papers import all_text
from tests.factories import make_officer


@pytest.fixture
def officer(db: None) -> Officer:
    """Of Gia Lai, which answers for Bình Định today."""
    load_catalogues()
    binh_dinh.load(lambda _done, _of: None)
    return make_officer(Agency.objects.get(code="GLA"))


def usage_of(officer: Officer) -> Usage:
    with acting_as(officer):
        agency = chosen(reportable(officer), "BDI", officer)
        return compile_usage(
            agency=agency,
            officer=officer,
            start=date(2018, 1, 1),
            end=date(2019, 4, 15),
            basis=Basis.RECEIVED,
        )


def test_the_founding_report_comes_out_of_the_register__R20_R21_R22(officer: Officer) -> None:
    usage = usage_of(officer)
    kinds = usage.kinds
    assert (kinds.complaint, kinds.denunciation, kinds.reflection, kinds.total) == (280, 42, 317, 639)
    assert [(group.label, group.using, len(group.units)) for group in usage.groups] == [
        ("huyện, thị xã, thành phố", 11, 11),
        ("sở, ban, ngành", 25, 25),
    ]
    assert usage.backfilled == 639
    assert sum((unit.kinds for unit in usage.units), usage.own) == kinds
    assert usage.own == Kinds()
    paper = words.build_paper(
        usage, words.default_texts(usage), words.default_head(usage.agency, date(2019, 4, 26))
    )
    read = all_text(docx.Document(BytesIO(render_word(paper))))
    for expected in (
        "11/11 huyện, thị xã, thành phố và 25/25 sở, ban, ngành có sử dụng Hệ thống",
        "639 đơn, trong đó 280 khiếu nại; 42 tố cáo; 317 kiến nghị, phản ánh",
        "/BC-UBND",
        "Bình Định, ngày 26 tháng 4 năm 2019",
        "UBND thành phố Quy Nhơn",
    ):
        assert expected in read
