"""WSGI config for townlibrary project."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'townlibrary.settings')

application = get_wsgi_application()
