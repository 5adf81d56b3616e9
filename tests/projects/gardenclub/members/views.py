from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import JsonResponse
from django.shortcuts import redirect, render

from members.forms import MemberForm
from members.models import Member


@login_required
def profile(request):
    member = request.user.member
    form = MemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return redirect("members:profile")
    return render(request, "members/profile.html", {"form": form, "member": member})


@permission_required("members.view_member", raise_exception=True)
def directory(request):
    return render(request, "members/directory.html", {"members": Member.objects.select_related("user").order_by("user__username")})


@login_required
def card(request):
    member = request.user.member
    return JsonResponse({"name": request.user.get_username(), "phone": member.phone, "joined": request.user.date_joined.date()})
