from django.urls import path

from kntc.agencies import views

app_name = "agencies"

urlpatterns = [
    path("co-quan/tim/", views.find_bodies, name="find-bodies"),
    path("co-quan/de-nghi/", views.propose, name="propose"),
    path("dia-ban/tim/", views.find_places, name="find-places"),
]
