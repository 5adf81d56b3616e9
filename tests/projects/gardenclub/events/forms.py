from django import forms


class BookingForm(forms.Form):
    guests = forms.IntegerField(min_value=0, max_value=5)
    remark = forms.CharField(required=False, widget=forms.Textarea)


class ContactForm(forms.Form):
    name = forms.CharField(max_length=50)
    email = forms.EmailField()
    message = forms.CharField(widget=forms.Textarea)
