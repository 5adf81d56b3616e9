from django.conf import settings
from django.core.files.storage import default_storage
from django.test import RequestFactory, TestCase
from freezegun import freeze_time

from core.context_processors import branch
from core.middleware import opening_hours


class MiddlewareTests(TestCase):
    def test_branch_is_remembered(self):
        response = self.client.get('/?branch=harbour')
        self.assertEqual(response.cookies['branch'].value, 'harbour')
        self.assertContains(self.client.get('/'), '<body class="harbour">')

    def test_main_branch(self):
        self.assertContains(self.client.get('/'), '<body class="main">')

    @freeze_time('2019-12-02 12:00:00')
    def test_open(self):
        self.assertTrue(self.ask())

    @freeze_time('2019-12-02 21:00:00')
    def test_closed(self):
        self.assertFalse(self.ask())

    def ask(self):
        request = RequestFactory().get('/')
        opening_hours(lambda request: None)(request)
        return request.desk_is_open

    def test_context(self):
        self.assertEqual(branch(RequestFactory().get('/')), {'branch': 'main', 'desk_is_open': False})


class SettingsTests(TestCase):
    def test_storage(self):
        self.assertEqual(default_storage.url('covers/a.png'), '/media/covers/a.png')

    def test_languages(self):
        self.assertEqual([code for code, name in settings.LANGUAGES], ['en', 'de'])
