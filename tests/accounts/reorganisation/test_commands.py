"""`kntc agencies merge|split|rename|close|move|found|reorganise`: the shapes that scripts rely on."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connections
from django.utils import timezone

from kntc.agencies.models import Agency, AgencyChange, Place
from kntc.audit.errors import Refused
from kntc.audit.models import Entry
from kntc.cli.agencies import agencies
from kntc.petitions.models import Petition
from tests.factories import Country, make_petition

TODAY = timezone.localdate()


@pytest.fixture
def run(country: Country, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(connections, "close_all", lambda: None)

    def run(*arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(agencies, [*arguments, "--json"], catch_exceptions=True)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    return run


def test_merge_first_looked_at_then_done(run: Any, country: Country) -> None:
    make_petition(country.commune)
    plan = run("merge", "AAA-1", "AAA-2", "--into", "AAA-9", "--name", "Ủy ban nhân dân xã Mới", "--dry-run")
    assert (plan["dry_run"], plan["status"], plan["totals"]["petitions.petition"]) == (True, "preview", 1)
    assert not Agency.objects.filter(code="AAA-9").exists()
    done = run("merge", "AAA-1", "AAA-2", "--into", "AAA-9", "--name", "Ủy ban nhân dân xã Mới")
    assert (done["status"], done["founded"], done["ended"]) == ("done", ["AAA-9"], ["AAA-1", "AAA-2"])
    assert Petition.objects.get().keeper.code == "AAA-9"
    assert Agency.objects.get(code="AAA-9").level == "commune"
    assert Entry.objects.filter(action="agency.merge").count() == 1


def test_split_by_place_and_person(run: Any, country: Country) -> None:
    for key, name in (("C1", "Xã Một"), ("C2", "Xã Hai")):
        place = Place(id=key, code=key, name=name, kind="commune")
        place.clean_keys()
        place.save()
    make_petition(country.commune, place_id="C1")
    make_petition(country.commune, place_id="C2")
    make_petition(country.commune)
    done = run(
        "split", "AAA-1", "--to", "AAA-2=C1", "--to", "AAA-8=C2", "--rest", "AAA-2",
        "--found", "AAA-8=Ủy ban nhân dân xã Tám",
    )  # fmt: skip
    assert done["totals"]["untold"] == 1
    kept = sorted(Petition.objects.values_list("place_id", "keeper__code"), key=str)
    assert kept == [("C1", "AAA-2"), ("C2", "AAA-8"), (None, "AAA-2")]


def test_rename_move_close_found(run: Any, country: Country) -> None:
    assert run("rename", "AAA-1", "Ủy ban nhân dân phường An Lương")["renamed"][0]["code"] == "AAA-1"
    assert run("found", "AAA-7", "Ủy ban nhân dân xã Bảy", "--parent", "AAA", "--level", "commune")["founded"]
    moved = run("move", "AAA-2", "--under", "BBB", "--on", f"{TODAY:%d/%m/%Y}")
    assert moved["placed"] == [{"code": "AAA-2", "before": "AAA", "after": "BBB"}]
    assert run("close", "AAA-SXD", "--successor", "AAA")["ended"] == ["AAA-SXD"]
    assert run("show", "AAA-SXD")["successors"] == ["AAA"]
    assert [c["kind"] for c in run("changes")["changes"]] == ["close", "move", "found", "rename"]


def test_a_day_to_come_waits_and_can_be_cancelled(run: Any) -> None:
    planned = run(
        "rename", "AAA-1", "Ủy ban nhân dân phường Mới", "--on", f"{TODAY + timedelta(days=9):%Y-%m-%d}"
    )
    assert planned["status"] == "planned"
    assert Agency.objects.get(code="AAA-1").name == "Ủy ban nhân dân xã An Lương"
    assert run("cancel", str(planned["change"]))["status"] == "cancelled"


def test_undo(run: Any) -> None:
    done = run("close", "AAA-1", "--successor", "AAA-2")
    assert run("undo", str(done["change"]))["status"] == "undone"
    assert Agency.objects.get(code="AAA-1").valid_to is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("act,code,name,kind,level,parent,heir,place,default\n"
         "found,AAA-6,Ủy ban nhân dân xã Sáu,committee,commune,AAA,,,\n"
         "end,AAA-1,,,,,AAA-6,,1\nmove,AAA-SXD,,,,BBB,,,\n", "csv"),
        ('on = 2026-01-01\n[[found]]\ncode = "AAA-6"\nname = "Ủy ban nhân dân xã Sáu"\nkind = "committee"\n'
         'level = "commune"\nparent = "AAA"\n[[end]]\ncode = "AAA-1"\nheir = "AAA-6"\n'
         '[[move]]\ncode = "AAA-SXD"\nparent = "BBB"\n', "toml"),
    ],
)  # fmt: skip
def test_a_file_of_one_s_own(run: Any, country: Country, tmp_path: Path, text: str, kind: str) -> None:
    path = tmp_path / f"2026-01-01.{kind}"
    path.write_text(text, encoding="utf-8")
    assert run("reorganise", str(path), "--dry-run")["totals"]["ended"] == 1
    assert run("reorganise", str(path))["on"] == "2026-01-01"
    assert AgencyChange.objects.get().kind == "programme"
    department = Agency.objects.get(code="AAA-SXD")
    assert department.parent == country.elsewhere


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "act,code\nburn,AAA-1\n", "Dòng 2: việc “burn” không có"),
        ("a.csv", "act,code,heir\nend,AAA-1,\n", "Dòng 2: thiếu heir"),
        ("a.toml", "[[end]\n", "TOML sai"),
        ("a.toml", 'on = 2026-01-01\n[[burn]]\ncode = "X"\n', "Không có mục “burn”"),
        ("a.xlsx", "x", "phải là .csv hoặc .toml"),
        ("a.csv", "act,code,heir\nend,AAA-1,AAA-2\n", "không ghi ngày"),
    ],
)
def test_a_file_with_faults(run: Any, tmp_path: Path, name: str, text: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=says):
        run("reorganise", str(path))


def test_refusals_end_with_their_reason(run: Any) -> None:
    for arguments, says in (
        (["merge", "AAA-1", "--into", "AAA-1"], "chính mình"),
        (["move", "AAA", "--under", "AAA-1"], "vòng tròn"),
        (["close", "KHONG", "--successor", "AAA-2"], "Không có cơ quan"),
        (["reorganise", "khong-co.csv"], "Không có tệp"),
    ):
        with pytest.raises(Refused, match=says):
            run(*arguments)
    assert not AgencyChange.objects.exists()
