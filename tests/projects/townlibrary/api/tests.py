from rest_framework.test import APITestCase

from accounts.models import Member
from catalogue.models import Author, Book, Copy
from loans.models import Loan


class ApiTests(APITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = Member.objects.create_user('ada', password='secret-lace')
        cls.author = Author.objects.create(name='Emmy', slug='emmy')
        cls.book = Book.objects.create(title='Rings', year=1921)
        cls.book.authors.add(cls.author)
        cls.copy = Copy.objects.create(book=cls.book, shelf='A1')

    def test_books(self):
        data = self.client.get('/api/books/').json()
        self.assertEqual(data['count'], 1)
        self.assertEqual(data['results'][0]['authors'][0]['name'], 'Emmy')
        self.assertIs(data['results'][0]['available'], True)
        self.assertIsNone(data['results'][0]['for_children'])

    def test_filter_by_title(self):
        self.assertEqual(self.client.get('/api/books/?title=RIN').json()['count'], 1)
        self.assertEqual(self.client.get('/api/books/?title=xx').json()['count'], 0)

    def test_filter_since(self):
        self.assertEqual(self.client.get('/api/books/?since=1950').json()['count'], 0)

    def test_copies(self):
        self.assertEqual(self.client.get('/api/books/rings/copies/').json(), ['A1'])

    def test_write_needs_login(self):
        self.assertEqual(self.client.post('/api/books/', {'title': 'X', 'year': 1}).status_code, 403)

    def test_write(self):
        self.client.force_authenticate(self.member)
        response = self.client.post('/api/books/', {'title': 'Fields', 'slug': 'fields', 'year': 1930})
        self.assertEqual(response.status_code, 201)
        self.assertEqual(Book.objects.count(), 2)

    def test_authors(self):
        self.assertEqual(self.client.get('/api/authors/').json()['results'][0]['slug'], 'emmy')

    def test_own_loans_only(self):
        Loan.objects.create(copy=self.copy, member=self.member)
        other = Member.objects.create_user('bo', password='secret-lace')
        self.client.force_authenticate(other)
        self.assertEqual(self.client.get('/api/loans/').json()['count'], 0)
        self.client.force_authenticate(self.member)
        self.assertEqual(self.client.get('/api/loans/').json()['results'][0]['book'], 'Rings')
