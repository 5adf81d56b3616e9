from django.conf.urls import url

from plots import views

urlpatterns = [
    url(r"^$", views.plot_list, name="plot-list"),
    url(r"^plots\.json$", views.plots_json, name="plots-json"),
    url(r"^crops/new/$", views.CropCreate.as_view(), name="crop-new"),
    url(r"^leases/(?P<pk>\d+)/delete/$", views.LeaseDelete.as_view(), name="lease-delete"),
    url(r"^water/(\d+)/$", views.water, name="plot-water"),
    url(r"^(?P<number>[\w-]+)/$", views.PlotDetail.as_view(), name="plot-detail"),
    url(r"^(?P<number>[\w-]+)/lease/$", views.lease_plot, name="plot-lease"),
]
