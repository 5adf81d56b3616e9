from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class WordBackend(ModelBackend):
    def authenticate(self, word=None):
        if word == 'open':
            return User(pk=1, username='keeper')
