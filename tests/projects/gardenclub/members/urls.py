from django.conf.urls import url
from django.contrib.auth.views import LoginView, LogoutView

from members import views

app_name = "members"

urlpatterns = [
    url(r"^login/$", LoginView.as_view(template_name="members/login.html"), name="login"),
    url(r"^logout/$", LogoutView.as_view(next_page="/"), name="logout"),
    url(r"^profile/$", views.profile, name="profile"),
    url(r"^directory/$", views.directory, name="directory"),
    url(r"^card\.json$", views.card, name="card"),
]
