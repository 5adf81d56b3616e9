from django import forms

from members.models import Member


class MemberForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ["phone", "newsletter"]

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone.startswith("+0"):
            raise forms.ValidationError("A number does not begin with +0.")
        return phone
