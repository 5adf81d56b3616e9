from django.contrib.sitemaps import Sitemap

from plots.models import Plot


class PlotSitemap(Sitemap):
    changefreq = "monthly"

    def items(self):
        return Plot.objects.all()
