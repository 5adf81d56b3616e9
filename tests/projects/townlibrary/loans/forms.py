from django import forms
from django.utils.translation import ugettext_lazy as _

from catalogue.models import Copy
from loans.models import Loan, Reservation


class LoanForm(forms.ModelForm):
    class Meta:
        model = Loan
        fields = ['copy', 'member']

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields['copy'].queryset = Copy.objects.filter(on_loan=False)

    def save(self, commit=True):
        loan = super().save(commit=commit)
        Copy.objects.filter(pk=loan.copy_id).update(on_loan=True)
        return loan


class ReservationForm(forms.ModelForm):
    class Meta:
        model = Reservation
        fields = ['book']

    def __init__(self, *args, member=None, **kwargs):
        self.member = member
        super().__init__(*args, **kwargs)

    def clean_book(self):
        book = self.cleaned_data['book']
        if Reservation.objects.filter(book=book, member=self.member).exists():
            raise forms.ValidationError(_('You have reserved that already.'))
        return book


class ReturnForm(forms.Form):
    loan = forms.ModelChoiceField(queryset=Loan.objects.filter(returned=None), widget=forms.HiddenInput)
    back = forms.BooleanField(required=False)


ReturnFormSet = forms.formset_factory(ReturnForm, extra=0)
