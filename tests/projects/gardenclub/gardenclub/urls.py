from django.conf.urls import include, url
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.views.generic import TemplateView

from events.feeds import LatestEvents
from plots.sitemaps import PlotSitemap

urlpatterns = [
    url(r"^$", TemplateView.as_view(template_name="home.html"), name="home"),
    url(r"^admin/", admin.site.urls),
    url(r"^plots/", include("plots.urls")),
    url(r"^events/", include("events.urls")),
    url(r"^members/", include("members.urls", namespace="members")),
    url(r"^feed/$", LatestEvents(), name="feed"),
    url(r"^sitemap\.xml$", sitemap, {"sitemaps": {"plots": PlotSitemap}}, name="sitemap"),
]
