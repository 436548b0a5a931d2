"""The addresses of the system and the developers' style page, which otherwise stands only with DEBUG."""

from django.urls import path

from kntc.config.urls import handler400, handler403, handler404, handler500
from kntc.config.urls import urlpatterns as system
from kntc.web.style_page import style_page

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [path("phong-cach/", style_page), *system]
