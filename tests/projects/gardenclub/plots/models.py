from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import ugettext_lazy as _


class Section(models.Model):
    name = models.CharField(max_length=30, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Plot(models.Model):
    SOILS = [("clay", _("Clay")), ("sand", _("Sand")), ("loam", _("Loam"))]
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="plots")
    number = models.SlugField(max_length=8, unique=True)
    size = models.DecimalField(max_digits=6, decimal_places=2)
    soil = models.CharField(max_length=10, choices=SOILS, default="loam")
    has_water = models.BooleanField(default=False)
    crops = models.ManyToManyField("Crop", blank=True, related_name="plots")

    class Meta:
        ordering = ["-size", "number"]

    def __str__(self):
        return "Plot %s" % self.number

    def get_absolute_url(self):
        return reverse("plot-detail", kwargs={"number": self.number})


class Crop(models.Model):
    name = models.CharField(max_length=40)

    def __str__(self):
        return self.name


class Lease(models.Model):
    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="leases")
    tenant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    rent = models.DecimalField(max_digits=7, decimal_places=2)
    signed = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-begins"]

    def __str__(self):
        return "%s by %s" % (self.plot, self.tenant)

    @property
    def is_running(self):
        return self.ends is None or self.ends > self.begins
