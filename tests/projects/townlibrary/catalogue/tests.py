import os
import tempfile
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import TestCase
from django.urls import reverse

from accounts.models import Member
from catalogue.models import Author, Book, Copy
from catalogue.templatetags.library import shorten


class Shelf(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = Author.objects.create(name='Emmy Noether', slug='emmy-noether')
        cls.book = Book.objects.create(title='Invariants & More', year=1918, isbn='123', for_children=False)
        cls.book.authors.add(cls.author)
        cls.other = Book.objects.create(title='Rings', year=1921)
        cls.copy = Copy.objects.create(book=cls.book, shelf='A1')


class ModelTests(Shelf):
    def test_slug_is_made(self):
        self.assertEqual(self.book.slug, 'invariants-more')

    def test_a_slug_stays(self):
        book = Book.objects.create(title='X', slug='own', year=2000)
        self.assertEqual(book.slug, 'own')

    def test_texts(self):
        self.assertEqual([str(x) for x in (self.author, self.book, self.copy)],
                         ['Emmy Noether', 'Invariants & More', 'Invariants & More (A1)'])

    def test_urls(self):
        self.assertEqual(self.book.get_absolute_url(), '/book/invariants-more/')
        self.assertEqual(self.author.get_absolute_url(), '/author/emmy-noether/')

    def test_search_link(self):
        self.assertEqual(self.book.search_link(), 'https://search.example/?q=Invariants%20%26%20More')

    def test_available(self):
        self.assertQuerysetEqual(Book.objects.available(), ['Invariants & More'], transform=str)

    def test_not_available_on_loan(self):
        Copy.objects.update(on_loan=True)
        self.assertQuerysetEqual(Book.objects.available(), [])

    def test_for_children(self):
        Book.objects.filter(pk=self.other.pk).update(for_children=True)
        self.assertEqual(list(Book.objects.for_children()), [self.other])

    def test_unknown_age(self):
        self.assertIsNone(self.other.for_children)

    def test_pages_are_checked(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Book.objects.create(title='Empty', year=2000, pages=0)

    def test_order(self):
        self.assertQuerysetEqual(Book.objects.all(), ['Invariants & More', 'Rings'], transform=str)


class PageTests(Shelf):
    def test_home(self):
        response = self.client.get(reverse('catalogue:home'))
        self.assertContains(response, '2 books')
        self.assertTemplateUsed(response, 'catalogue/home.html')

    def test_search_one(self):
        response = self.client.get('/', {'q': 'ring'})
        self.assertContains(response, '1 book<')
        self.assertContains(response, 'Just one.')

    def test_search_none(self):
        self.assertContains(self.client.get('/', {'q': 'zzz'}), 'Nothing found.')

    def test_book(self):
        response = self.client.get(self.book.get_absolute_url())
        self.assertContains(response, '<a href="/author/emmy-noether/">Emmy Noether</a>', html=True)
        self.assertContains(response, '<p class="isbn">123</p>', html=True)

    def test_book_without_isbn(self):
        self.assertNotContains(self.client.get(self.other.get_absolute_url()), 'class="isbn"')

    def test_copies_here_and_away(self):
        Copy.objects.create(book=self.book, shelf='B2', on_loan=True)
        response = self.client.get(self.book.get_absolute_url())
        self.assertContains(response, 'A1: here')
        self.assertContains(response, 'B2: on loan')

    def test_missing_book(self):
        self.assertEqual(self.client.get('/book/nothing/').status_code, 404)

    def test_author(self):
        self.assertContains(self.client.get(self.author.get_absolute_url()), 'Invariants &amp; More')

    def test_year(self):
        response = self.client.get(reverse('catalogue:year', kwargs={'year': '1918'}))
        self.assertContains(response, 'Invariants')

    def test_year_has_four_digits(self):
        self.assertEqual(self.client.get('/year/191/').status_code, 404)

    def test_suggest_plain(self):
        response = self.client.get(reverse('catalogue:suggest'), {'q': 'r'})
        self.assertEqual(response.content, b'Rings')

    def test_suggest_by_script(self):
        response = self.client.get(reverse('catalogue:suggest'), {'q': 'r'}, HTTP_X_REQUESTED_WITH='XMLHttpRequest')
        self.assertEqual(response.json(), {'titles': ['Rings'], 'label': 'Suggestions'})

    def test_shelves(self):
        self.assertEqual(self.client.get(reverse('catalogue:shelves')).json(), {'A1': 1, '-': 0})

    def test_one_shelf(self):
        url = reverse('catalogue:shelves', kwargs={'shelf': 'A1'})
        self.assertEqual(url, '/shelves/A1/')
        self.assertEqual(self.client.get(url).json(), {'A1': 1})

    def test_about(self):
        self.assertContains(self.client.get('/about/'), '/static/css/site.css')

    def test_german(self):
        response = self.client.get('/', HTTP_ACCEPT_LANGUAGE='de')
        self.assertEqual(response.status_code, 200)


class TagTests(Shelf):
    def render(self, text, **context):
        return Template('{% load library %}' + text).render(Context(context))

    def test_shorten(self):
        self.assertEqual(shorten('abcdef', 4), 'abc…')
        self.assertEqual(shorten('abc', 4), 'abc')

    def test_authors(self):
        self.assertIn('Emmy Noether', self.render('{% authors_of book %}', book=self.book))

    def test_badges(self):
        self.assertEqual(self.render('{% badge book %}', book=self.book), '<b class="adult">1918</b>')
        self.assertEqual(self.render('{% badge book %}', book=self.other), '<i>?</i>')

    def test_child_badge(self):
        book = Book(title='Rings', year=1921, for_children=True)
        self.assertEqual(self.render('{% badge book %}', book=book), '<b class="child">1921</b>')


class ImportTests(TestCase):
    def write(self, text):
        handle, name = tempfile.mkstemp()
        with os.fdopen(handle, 'w') as file:
            file.write(text)
        self.addCleanup(os.remove, name)
        return name

    def test_import(self):
        out = StringIO()
        call_command('import_books', self.write('title,year,author,shelf\nA,2001,Bo Li,A1\nA,2001,Bo Li,A2\n'), stdout=out)
        self.assertEqual(out.getvalue(), '2 books\n')
        self.assertEqual(Book.objects.get().copies.count(), 2)

    def test_dry_run(self):
        call_command('import_books', self.write('title,year,author,shelf\nA,2001,B,A1\n'), dry_run=True, stdout=StringIO())
        self.assertFalse(Book.objects.exists())

    def test_missing_file(self):
        with self.assertRaisesMessage(CommandError, 'Cannot read the file'):
            call_command('import_books', '/nowhere/at/all.csv')


class AdminTests(Shelf):
    def setUp(self):
        self.client.force_login(Member.objects.create_superuser('boss', 'boss@example.org', 'secret-lace'))

    def test_list(self):
        self.assertContains(self.client.get('/admin/catalogue/book/'), '<a href="/book/rings/">Rings</a>', html=True)

    def test_action(self):
        data = {'action': 'mark_for_children', '_selected_action': [self.other.pk]}
        response = self.client.post('/admin/catalogue/book/', data, follow=True)
        self.assertContains(response, 'Marked: 1')

    def test_change(self):
        self.assertEqual(self.client.get('/admin/catalogue/book/%d/change/' % self.book.pk).status_code, 200)
