"""The system's addresses and one page with both pickers, as a form of another room would have them."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django_cotton.compiler_regex import CottonCompiler

from kntc.agencies.models import Agency, Place
from kntc.config.urls import handler400, handler403, handler404, handler500
from kntc.config.urls import urlpatterns as system

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGE = """{% extends "web/base.html" %}{% load static %}
{% block title %}Chọn cơ quan{% endblock %}{% block page_title %}Chọn cơ quan{% endblock %}
{% block styles %}<link rel="stylesheet" href="{% static 'agencies/picker.css' %}">{% endblock %}
{% block scripts %}{{ block.super }}<script src="{% static 'agencies/picker.js' %}" defer></script>{% endblock %}
{% block content %}<form method="post">{% csrf_token %}
<c-body-picker :field="form.body" /><c-place-picker :field="form.place" />
<button class="btn btn-primary" type="submit">Lưu</button></form>
<p id="saved">{{ saved }}</p>{% endblock %}"""


class Example(forms.Form):
    body = forms.ModelChoiceField(
        Agency.objects.all(), label="Cơ quan chuyển đến", widget=forms.HiddenInput, required=False
    )
    place = forms.ModelChoiceField(
        Place.objects.all(), label="Địa bàn", widget=forms.HiddenInput, required=False
    )


def page(request: HttpRequest) -> HttpResponse:
    form = Example(request.POST or None)
    saved = ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        saved = f"{chosen['body'] or 'không'} | {chosen['place'].pk if chosen['place'] else 'không'}"
    template = engines["django"].from_string(CottonCompiler().process(PAGE))
    return HttpResponse(template.render({"form": form, "saved": saved}, request))


urlpatterns = [path("chon-co-quan/", page), *system]
