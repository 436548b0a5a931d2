from django.conf import settings
from django.urls import path

from kntc.web import style_page, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("quan-tri/", views.unit, name="unit"),
    path("phien/", views.session_state, name="session"),
]
if settings.DEBUG:
    urlpatterns.append(path("phong-cach/", style_page.style_page, name="style"))
