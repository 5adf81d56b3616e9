from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DeleteView, DetailView

from plots.forms import LeaseForm, SearchForm
from plots.models import Crop, Lease, Plot


def plot_list(request):
    form = SearchForm(request.GET)
    plots = Plot.objects.select_related("section").prefetch_related("crops")
    if form.is_valid():
        if form.cleaned_data["q"]:
            plots = plots.filter(number__icontains=form.cleaned_data["q"])
        if form.cleaned_data["section"]:
            plots = plots.filter(section=form.cleaned_data["section"])
    page = Paginator(plots, 10).get_page(request.GET.get("page"))
    return render(request, "plots/list.html", {"form": form, "page": page, "total": page.paginator.count})


class PlotDetail(DetailView):
    model = Plot
    slug_field = "number"
    slug_url_kwarg = "number"
    template_name = "plots/detail.html"

    def get_context_data(self, **kwargs):
        kwargs["leases"] = self.object.leases.select_related("tenant")
        return super(PlotDetail, self).get_context_data(**kwargs)


@login_required
def lease_plot(request, number):
    plot = get_object_or_404(Plot, number=number)
    form = LeaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lease = form.save(commit=False)
        lease.plot = plot
        lease.tenant = request.user
        lease.save()
        messages.success(request, "You have leased %s." % plot)
        return redirect(plot)
    return render(request, "plots/lease.html", {"form": form, "plot": plot})


class CropCreate(PermissionRequiredMixin, CreateView):
    model = Crop
    fields = ["name"]
    permission_required = "plots.add_crop"
    template_name = "plots/crop_form.html"
    success_url = reverse_lazy("plot-list")


class LeaseDelete(PermissionRequiredMixin, DeleteView):
    model = Lease
    permission_required = "plots.delete_lease"
    template_name = "plots/lease_confirm_delete.html"
    success_url = reverse_lazy("plot-list")


def plots_json(request):
    plots = Plot.objects.select_related("section")
    rows = [
        {"number": plot.number, "section": plot.section.name, "size": plot.size, "soil": plot.get_soil_display()}
        for plot in plots
    ]
    return JsonResponse({"plots": rows, "count": len(rows)})


@require_POST
def water(request, pk):
    if not request.user.is_authenticated:
        return HttpResponseBadRequest("Log in first.")
    plot = get_object_or_404(Plot, pk=pk)
    plot.has_water = not plot.has_water
    plot.save()
    return JsonResponse({"plot": plot.number, "water": plot.has_water})
