"""Ten thousand rows come in at one go, with right counts."""

from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from random import Random

import pytest
import xlsxwriter

from kntc.petitions.models import Petition
from kntc.registers.actions import upload_register
from kntc.registers.importing import CHUNK
from kntc.registers.models import ImportedRow, RowFault
from kntc.registers.running import import_at_once
from kntc.settlement.models import Case
from tests.factories import SYSTEM, Country
from tests.registers.books import HEADER
from tests.registers.bringing import counts

ROWS = 10_000
KINDS = {"KN": "complaint", "Tố cáo": "denunciation", "KNPA": "reflection"}
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hồ", "Võ"]
TOPICS = ["thu hồi đất", "bồi thường nhà", "cấp giấy chứng nhận", "hỗ trợ tái định cư", "ô nhiễm sông"]


def register() -> tuple[bytes, Counter[str]]:
    """The file, and how many rows of each kind are good; every hundredth row has a day that is none."""
    random, kinds = Random(2018), Counter[str]()
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Sổ")
        sheet.write_row(0, 0, ["SỔ THEO DÕI ĐƠN"])
        sheet.write_row(2, 0, HEADER)
        for n in range(1, ROWS + 1):
            kind = random.choice(list(KINDS))
            day = date(2016, 1, 1) + timedelta(random.randrange(1000))
            name = f"{random.choice(FAMILY)} Văn {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}"
            content = f"{random.choice(TOPICS).capitalize()}, thửa đất số {n}, {random.choice(TOPICS)}"
            wrong = n % 100 == 0
            written = "31/02/2018" if wrong else f"{day:%d/%m/%Y}"
            number = f"{random.randrange(10**11):012d}"
            handling = "Thụ lý" if n % 2 else "Lưu đơn"
            sheet.write_row(
                n + 2, 0, [n, written, "Bưu điện", name, "xã An Lương", number, kind, content, handling]
            )
            kinds[KINDS[kind]] += not wrong
        sheet.write_row(ROWS + 3, 0, ["Tổng cộng", "", "", ROWS])
    return out.getvalue(), kinds


@pytest.fixture(scope="module")
def file() -> tuple[bytes, Counter[str]]:
    return register()


@pytest.mark.django_db(transaction=True)  # each chunk commits, as in life
def test_ten_thousand_rows_at_one_go(
    transactional_db: None, country: Country, file: tuple[bytes, Counter[str]]
) -> None:
    content, kinds = file
    batch = upload_register(agency=country.commune, file_name="so.xlsx", content=content, by=SYSTEM)
    seen: list[int] = []
    batch = import_at_once(batch, SYSTEM, lambda done, _: seen.append(done), in_parallel=True)
    assert counts(batch) == (ROWS - 100, 0, 100)
    assert batch.rows == ROWS
    assert Counter(Petition.objects.values_list("kind", flat=True)) == kinds
    assert Case.objects.count() == Petition.objects.filter(handling="accept").count() == ROWS // 2
    assert ImportedRow.objects.count() == ROWS - 100
    assert RowFault.objects.filter(level="error").count() == 100
    numbers = Petition.objects.values_list("number", flat=True)
    assert len(set(numbers)) == ROWS - 100
    assert seen == list(range(CHUNK, ROWS + 1, CHUNK)), "progress is told chunk by chunk"
