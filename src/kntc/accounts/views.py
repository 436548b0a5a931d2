"""Sign-in, choice of post, own password."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kntc.accounts.access import OfficerRequest, signed_in
from kntc.accounts.forms import ChangePasswordForm, SignInForm
from kntc.accounts.middleware import POST_KEY
from kntc.accounts.officers import posts_of


class SignIn(auth_views.LoginView):
    """The front door. The session's key changes on the way in (Django does it)."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(auth_views.LogoutView):
    http_method_names = ["post"]


class ChangePassword(auth_views.PasswordChangeView):
    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("web:home")


@require_http_methods(["GET", "POST"])
@signed_in()
def choose_post(request: OfficerRequest) -> HttpResponse:
    """A person with two posts says in which one to act from now on."""
    posts = list(posts_of(request.officer.account))
    if request.method == "POST":
        chosen = next((post for post in posts if str(post.pk) == request.POST.get("post")), None)
        if chosen:
            request.session[POST_KEY] = chosen.pk
            return redirect("web:home")
    return render(request, "accounts/choose_post.html", {"posts": posts, "current": request.officer.post})


def no_post(request: HttpRequest) -> HttpResponse:
    """Signed in, but the account holds no post today."""
    return render(request, "accounts/no_post.html", status=403)


sign_out = require_POST(SignOut.as_view())
