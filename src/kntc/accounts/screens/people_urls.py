"""Addresses of Người dùng, under /quan-tri/nguoi-dung/."""

from django.urls import path

from kntc.accounts.screens import factors, leavers, new_person, people, person

urlpatterns = [
    path("", people.people, name="people"),
    path("them/", new_person.new_person, name="new-person"),
    path("them/ten-dang-nhap/", new_person.propose_login, name="propose-login"),
    path("them/nhu-ai/", new_person.choices_of_like, name="like"),
    path("phieu-kich-hoat/", people.activation_slips, name="slips"),
    path("phieu-kich-hoat/gui/", people.mail_slips, name="mail-slips"),
    path("bo-khong/", leavers.sweep, name="sweep"),
    path("thoi-su-dung/", leavers.retire, name="retire"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/sua/", person.edit, name="person-edit"),
    path("<int:pk>/doi-ten/", person.rename, name="person-rename"),
    path("<int:pk>/cap-lai-mat-khau/", person.reset, name="person-reset"),
    path("<int:pk>/khoa/", person.lock, name="person-lock"),
    path("<int:pk>/mo-khoa/", person.unlock, name="person-unlock"),
    path("<int:pk>/go-xac-thuc/", factors.drop, name="person-factors"),
    path("<int:pk>/dang-xuat/", person.sign_out, name="person-sign-out"),
    path("<int:pk>/xoa/", person.delete, name="person-delete"),
    path("<int:pk>/vi-tri/them/", person.add_post, name="person-add"),
    path("<int:pk>/vi-tri/<int:post_pk>/chuc-danh/", person.retitle, name="person-retitle"),
    path("<int:pk>/vi-tri/<int:post_pk>/vai-tro/", person.change_role, name="person-role"),
    path("<int:pk>/vi-tri/<int:post_pk>/chuyen/", person.move, name="person-move"),
    path("<int:pk>/vi-tri/<int:post_pk>/ket-thuc/", person.end_post, name="person-end"),
]
