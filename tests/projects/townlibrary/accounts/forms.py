from django import forms
from django.utils.translation import ugettext_lazy as _

from accounts.models import Member


class MemberForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ['first_name', 'last_name', 'email', 'street', 'newsletter']

    def clean_email(self):
        email = self.cleaned_data['email']
        if email.endswith('@spam.example'):
            raise forms.ValidationError(_('We do not write to that address.'))
        return email
