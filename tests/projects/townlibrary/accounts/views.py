from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.http import is_safe_url
from django.utils.translation import ugettext as _

from accounts.forms import MemberForm


@login_required
def profile(request):
    form = MemberForm(request.POST or None, instance=request.user)
    if request.method == 'POST' and form.is_valid():
        form.save()
        messages.success(request, _('Your details are saved.'))
        target = request.POST.get('next', '')
        if is_safe_url(target, allowed_hosts={request.get_host()}):
            return redirect(target)
        return redirect('accounts:profile')
    return render(request, 'accounts/profile.html', {'form': form})


@login_required
def card(request):
    if request.method == 'POST':
        if 'lost' in request.POST:
            request.user.lose_card()
        else:
            request.user.issue_card()
        return redirect('accounts:profile')
    return render(request, 'accounts/card.html')
