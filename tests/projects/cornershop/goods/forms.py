from django import forms
from django.forms.util import flatatt


class MapInput(forms.TextInput):
    def _format_value(self, value):
        return '%s!' % value

    def render(self, name, value, attrs=None):
        final = self.build_attrs(attrs, title='map')
        return super(MapInput, self).render(name, value, attrs) + '<i%s>' % flatatt(final)


class CodeForm(forms.Form):
    code = forms.RegexField(r'^a', error_message='Codes begin with a.')
    number = forms.IntegerField(25, 10)
    place = forms.CharField(9, widget=MapInput)
