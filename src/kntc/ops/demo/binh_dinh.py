"""The register of Bình Định, 2018–2019: 639 petitions, through the importer that everybody uses (R20)."""

from importlib.resources import files

from kntc.agencies.models import Agency
from kntc.audit.actors import SystemActor
from kntc.audit.walls import acting_as
from kntc.ops.progress import Report
from kntc.registers.actions import start_import, upload_register
from kntc.registers.examining import examine
from kntc.registers.running import bring_in_all

FILE = "so-theo-doi-don-binh-dinh-2018-2019.xlsx"


def load(report: Report) -> None:
    """Reading the file takes about as long as bringing its rows in."""
    by, agency = SystemActor(), Agency.objects.get(code="BDI")
    content = files("kntc.ops.demo").joinpath("data", FILE).read_bytes()
    with acting_as(by):
        batch = upload_register(agency=agency, file_name=FILE, content=content, by=by)
    batch = examine(batch, by)
    report(1, 2)
    with acting_as(by):
        batch = start_import(batch=batch, by=by)
    bring_in_all(batch, by, lambda done, of: report(of + done, 2 * of))
