from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import ugettext as _

from catalogue.models import Book
from loans.forms import LoanForm, ReservationForm, ReturnFormSet
from loans.models import Loan


@login_required
def mine(request):
    loans = request.user.loans.select_related('copy__book')
    if request.is_ajax():
        return JsonResponse({'loans': [str(loan.copy) for loan in loans]})
    return render(request, 'loans/mine.html', {'loans': loans})


@login_required
def reserve(request, slug):
    book = get_object_or_404(Book, slug=slug)
    form = ReservationForm(request.POST or None, member=request.user, initial={'book': book})
    if request.method == 'POST' and form.is_valid():
        reservation = form.save(commit=False)
        reservation.member = request.user
        reservation.save()
        text = render_to_string('loans/reserved.txt', {'reservation': reservation})
        send_mail(_('Reserved'), text, None, [request.user.email])
        return redirect(book)
    return render(request, 'loans/reserve.html', {'form': form, 'book': book})


@staff_member_required
def lend(request):
    form = LoanForm(request.POST or None)
    if request.method == 'POST' and form.is_valid():
        form.save()
        return redirect('loans:lend')
    return render(request, 'loans/lend.html', {'form': form})


@staff_member_required
def give_back(request):
    initial = [{'loan': loan.pk} for loan in Loan.objects.filter(returned=None)]
    formset = ReturnFormSet(request.POST or None, initial=initial)
    if request.method == 'POST' and formset.is_valid():
        for row in formset.cleaned_data:
            if row.get('back'):
                row['loan'].give_back()
        return redirect('loans:give_back')
    return render(request, 'loans/give_back.html', {'formset': formset})
