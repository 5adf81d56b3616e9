from django.utils import six
from django.utils.functional import allow_lazy
from django.utils.http import is_safe_url
from django.utils.translation import string_concat, ugettext_lazy as _


def shout(text):
    return text.upper()


shout = allow_lazy(shout, six.text_type)


def texts(request):
    title = string_concat(_('Price'), ': ', 3)
    return [
        six.text_type(title), six.text_type(shout(_('Now'))),
        is_safe_url('/a/', host=request.get_host()), is_safe_url('http://b.example.com/'),
    ]
