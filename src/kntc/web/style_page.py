"""A page for developers, only with DEBUG: every component once, as it should look."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kntc.web.badges import HANDLINGS, KINDS, STATES


class SampleForm(forms.Form):
    received_on = forms.DateField(label="Ngày nhận đơn", widget=forms.DateInput(attrs={"data-date": True}))
    name = forms.CharField(label="Họ và tên người viết đơn", help_text="Ghi như trong đơn.")
    kind = forms.ChoiceField(label="Loại đơn", choices=[(key, badge.label) for key, badge in KINDS.items()])
    content = forms.CharField(label="Nội dung đơn", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    channel = forms.ChoiceField(
        label="Cách nhận", widget=forms.RadioSelect, choices=[("direct", "Trực tiếp"), ("post", "Bưu điện")]
    )
    anonymous = forms.BooleanField(label="Đơn không có tên", required=False)


def chart(kinds: int = 3) -> dict[str, Any]:
    months = [f"Th{month}" for month in range(1, 12)]
    series = [("Khiếu nại", "blue", 32), ("Tố cáo", "red", 8), ("Kiến nghị, phản ánh", "green", 45)][:kinds]
    return {
        "categories": months,
        "series": [
            {
                "name": name,
                "tone": tone,
                "values": [base + (at * 7) % 13 for at in range(len(months))],
                "urls": [f"?loai={tone}&thang={at + 1}" for at in range(len(months))],
            }
            for name, tone, base in series
        ],
    }


def share() -> dict[str, Any]:
    return {
        "categories": ["Khiếu nại", "Tố cáo", "Kiến nghị, phản ánh"],
        "tones": ["blue", "red", "green"],
        "series": [{"name": "Số đơn", "values": [280, 42, 317], "urls": ["?loai=1", "?loai=2", "?loai=3"]}],
    }


def style_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "today": today,
        "now": timezone.now(),
        "kinds": list(KINDS),
        "states": list(STATES),
        "handlings": list(HANDLINGS),
        "tones": [
            "blue",
            "azure",
            "indigo",
            "purple",
            "pink",
            "red",
            "orange",
            "yellow",
            "lime",
            "green",
            "teal",
            "cyan",
        ],
        "deadlines": [None, *(today + timedelta(days=days) for days in (-12, 0, 2, 30))],
        "form": SampleForm(),
        "wrong_form": SampleForm(
            {"wrong-kind": "complaint", "wrong-received_on": "31/02/2018"}, prefix="wrong"
        ),
        "by_month": chart(),
        "share": share(),
        "tabs": [
            {"label": "Nội dung", "url": "?phan=1", "active": True},
            {"label": "Văn bản", "url": "?phan=2", "count": 3},
            {"label": "Lịch sử", "url": "?phan=3", "count": 1248},
        ],
        "crumbs": [{"label": "Xử lý đơn", "url": "?muc=don"}],
        "rows": [
            ("52.21769-000001", "Phạm Thanh Sự", "reflection", 3, "received"),
            ("52.21769-000002", "Đặng Hữu Sự", "denunciation", -4, "settling"),
            ("52.21769-000003", "Lê Văn Ánh", "complaint", 20, "settled"),
        ],
    }
    return render(request, "web/style_page.html", context)
