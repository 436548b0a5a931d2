"""Bình Định as it was on 30/6/2025: districts and communes open, with the petitions of its register and people in them.

What the reorganisation of 01/7/2025 is demonstrated on.
"""

from dataclasses import replace

from kntc.accounts.models import Account, Group, Membership, Post
from kntc.accounts.roles import Role
from kntc.agencies.catalogue import Catalogue
from kntc.agencies.load import load_catalogues
from kntc.agencies.models import Agency
from kntc.agencies.seed import BEFORE, NOW, build
from kntc.ops.demo import binh_dinh
from kntc.ops.progress import Report


def catalogue_before() -> Catalogue:
    """The delivered catalogue without the new province, its old agencies still open."""
    whole = build()
    before = Catalogue(whole.units)
    for entry in whole.entries.values():
        home = entry.code.split("-")[0]
        if home != NOW and entry.parent != NOW:
            before.add(replace(entry, valid_to=None) if home == BEFORE else entry)
    return before


def load(report: Report) -> None:
    """The catalogue, one officer and one administrator in each of the old agencies, the register of 639 petitions."""
    load_catalogues(catalogue_before())
    _people()
    binh_dinh.load(report)


def _people() -> None:
    agencies = list(Agency.objects.subtree(Agency.objects.get(code=BEFORE)))
    for agency in agencies:
        group = Group.objects.create(agency=agency, name="Tổ Tiếp công dân", rights=["import"])
        for role, title in ((Role.OFFICER, "Công chức tiếp dân"), (Role.UNIT_ADMIN, "Quản trị đơn vị")):
            login = f"{agency.code.lower()}.{role.value.split('_')[0]}"
            account = Account(login=login, full_name=f"{title} {agency.short_name}"[:150])
            account.set_unusable_password()
            account.save()
            post = Post.objects.create(account=account, agency=agency, role=role, title=title)
            Membership.objects.create(group=group, post=post)
