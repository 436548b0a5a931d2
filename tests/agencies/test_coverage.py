"""The delivered catalogue has every type of body that petitions come from and go to (R43, R45; NĐ 55/2022 Đ6.2)."""

import pytest
from django.test import Client
from django.urls import reverse

from kntc.agencies.kinds import DESTINATIONS, Destination
from kntc.agencies.models import Agency, BodyKind
from tests.agencies.conftest import Catalogue
from tests.agencies.test_pickers import labels, sign_in

# One of each type as people ask for it, in the province itself.
ASKED = {
    "Ban giải phóng mặt bằng tỉnh": "Ban Giải phóng mặt bằng tỉnh Gia Lai",
    "benh vien da khoa tinh": "Bệnh viện Đa khoa tỉnh Gia Lai",
    "thpt chuyên hùng vương": "Trường THPT Chuyên Hùng Vương",
    "tinh uy": "Tỉnh ủy Gia Lai",
    "mttq tỉnh": "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Gia Lai",
    "ldld tinh": "Liên đoàn Lao động tỉnh Gia Lai",
    "đoàn đbqh": "Đoàn đại biểu Quốc hội tỉnh Gia Lai",
    "hđnd tỉnh": "Hội đồng nhân dân tỉnh Gia Lai",
    "tand tinh": "Tòa án nhân dân tỉnh Gia Lai",
    "vksnd tinh": "Viện kiểm sát nhân dân tỉnh Gia Lai",
    "thi hành án dân sự tỉnh": "Cục Thi hành án dân sự tỉnh Gia Lai",
    "ktnn": "Kiểm toán Nhà nước",
    "bchqs": "Bộ Chỉ huy Quân sự tỉnh Gia Lai",
    "ca tỉnh": "Công an tỉnh Gia Lai",
    "điện lực gia lai": "Công ty Điện lực Gia Lai",
    "bao gia lai": "Báo và phát thanh, truyền hình Gia Lai",
    "giao hoi phat giao": "Ban Trị sự Giáo hội Phật giáo Việt Nam tỉnh Gia Lai",
}


def test_every_kind_has_bodies__R45(catalogue: Catalogue) -> None:
    there = set(Agency.objects.listed().values_list("kind", flat=True))
    assert {kind.value for kind in BodyKind} - there <= {BodyKind.OTHER.value}


def test_every_class_of_destination_has_bodies__R45(catalogue: Catalogue) -> None:
    there = {DESTINATIONS[BodyKind(kind)] for kind in Agency.objects.bodies().values_list("kind", flat=True)}
    assert there | {Destination.OTHER} == set(Destination)


@pytest.mark.parametrize("text", ASKED)
def test_it_is_found_in_the_first_lines__R43(client: Client, catalogue: Catalogue, text: str) -> None:
    sign_in(client, catalogue.now)
    found = labels(client.get(reverse("agencies:find-bodies"), {"q": text}).text)
    names = [agency.name for agency in Agency.objects.filter(short_name__in=found[:3])]
    assert any(name.lower().startswith(ASKED[text].lower()) for name in names), found
