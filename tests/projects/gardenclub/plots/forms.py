from django import forms

from plots.models import Lease, Section


class LeaseForm(forms.ModelForm):
    class Meta:
        model = Lease
        fields = ["begins", "ends", "rent"]

    def clean(self):
        data = super(LeaseForm, self).clean()
        if data.get("ends") and data.get("begins") and data["ends"] < data["begins"]:
            raise forms.ValidationError("A lease ends after it begins.")
        return data


class SearchForm(forms.Form):
    q = forms.CharField(required=False, label="Number")
    section = forms.ModelChoiceField(Section.objects.all(), required=False)
