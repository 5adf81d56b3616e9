import datetime

from django.core import mail
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from accounts.models import Member
from catalogue.models import Book, Copy
from loans.forms import LoanForm, ReservationForm
from loans.models import FIRST_DAY, Loan, Reservation


class Desk(TestCase):
    def setUp(self):
        self.member = Member.objects.create_user('ada', email='ada@example.org', password='secret-lace')
        self.boss = Member.objects.create_superuser('boss', 'boss@example.org', 'secret-lace')
        self.book = Book.objects.create(title='Rings', year=1921)
        self.copy = Copy.objects.create(book=self.book, shelf='A1')


class LoanTests(Desk):
    def lend(self, **kwargs):
        Copy.objects.update(on_loan=True)
        return Loan.objects.create(copy=self.copy, member=self.member, **kwargs)

    def test_due(self):
        since = datetime.datetime(2019, 11, 1, tzinfo=timezone.utc)
        self.assertEqual(self.lend(since=since).due, datetime.datetime(2019, 11, 29, tzinfo=timezone.utc))

    def test_first_day(self):
        self.assertEqual(FIRST_DAY.isoformat(), '2012-05-02T00:00:00+00:00')

    def test_overdue(self):
        since = datetime.datetime(2019, 11, 1, tzinfo=timezone.utc)
        loan = self.lend(since=since)
        self.assertTrue(loan.is_overdue)
        loan.give_back()
        self.assertFalse(loan.is_overdue)

    def test_not_overdue(self):
        self.assertFalse(self.lend().is_overdue)

    @freeze_time('2019-12-01 10:00:00')
    def test_return_time(self):
        loan = self.lend()
        loan.give_back(damaged=True)
        self.assertEqual(Loan.objects.get().returned, datetime.datetime(2019, 12, 1, 10, tzinfo=timezone.utc))
        self.assertIs(Loan.objects.get().damaged, True)

    def test_copy_is_free_again(self):
        self.lend().give_back()
        self.assertFalse(Copy.objects.get().on_loan)

    def test_text(self):
        self.assertEqual(str(self.lend()), 'ada: Rings (A1)')

    def test_order(self):
        first = self.lend(since=timezone.now() - datetime.timedelta(days=3))
        second = self.lend()
        self.assertEqual(list(Loan.objects.all()), [second, first])


class FormTests(Desk):
    def test_loan(self):
        form = LoanForm({'copy': self.copy.pk, 'member': self.member.pk})
        self.assertTrue(form.is_valid())
        form.save()
        self.assertTrue(Copy.objects.get().on_loan)

    def test_loan_of_a_lent_copy(self):
        Copy.objects.update(on_loan=True)
        self.assertFalse(LoanForm({'copy': self.copy.pk, 'member': self.member.pk}).is_valid())

    def test_reserve_once(self):
        Reservation.objects.create(book=self.book, member=self.member)
        form = ReservationForm({'book': self.book.pk}, member=self.member)
        self.assertEqual(form.errors, {'book': ['You have reserved that already.']})


class PageTests(Desk):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.member)

    def test_empty(self):
        self.assertContains(self.client.get(reverse('loans:mine')), 'Nothing.')

    def test_mine(self):
        Loan.objects.create(copy=self.copy, member=self.member, since=FIRST_DAY)
        response = self.client.get(reverse('loans:mine'))
        self.assertContains(response, 'class="overdue"')
        self.assertContains(response, '2012-05-30')

    def test_mine_by_script(self):
        Loan.objects.create(copy=self.copy, member=self.member)
        response = self.client.get(reverse('loans:mine'), HTTP_X_REQUESTED_WITH='XMLHttpRequest')
        self.assertEqual(response.json(), {'loans': ['Rings (A1)']})

    def test_reserve(self):
        response = self.client.post(reverse('loans:reserve', kwargs={'slug': 'rings'}), {'book': self.book.pk})
        self.assertRedirects(response, '/book/rings/')
        self.assertEqual(str(Reservation.objects.get()), 'Rings for ada')

    def test_reserve_writes(self):
        self.client.post(reverse('loans:reserve', kwargs={'slug': 'rings'}), {'book': self.book.pk})
        self.assertEqual(mail.outbox[0].subject, 'Reserved')
        self.assertIn('We keep Rings for you.', mail.outbox[0].body)
        self.assertEqual(mail.outbox[0].from_email, 'desk@library.example')

    def test_reserve_twice(self):
        Reservation.objects.create(book=self.book, member=self.member)
        response = self.client.post(reverse('loans:reserve', kwargs={'slug': 'rings'}), {'book': self.book.pk})
        self.assertFormError(response, 'form', 'book', 'You have reserved that already.')

    def test_reserve_page(self):
        self.assertEqual(self.client.get('/loans/reserve/rings/').status_code, 200)

    def test_lend_is_for_staff(self):
        self.assertEqual(self.client.get(reverse('loans:lend')).status_code, 302)

    def test_lend(self):
        self.client.force_login(self.boss)
        self.client.post(reverse('loans:lend'), {'copy': self.copy.pk, 'member': self.member.pk})
        self.assertEqual(Loan.objects.count(), 1)

    def test_lend_needs_a_member(self):
        self.client.force_login(self.boss)
        response = self.client.post(reverse('loans:lend'), {'copy': self.copy.pk})
        self.assertFormError(response, 'form', 'member', 'This field is required.')

    def test_give_back(self):
        loan = Loan.objects.create(copy=self.copy, member=self.member)
        self.client.force_login(self.boss)
        data = {'form-TOTAL_FORMS': 1, 'form-INITIAL_FORMS': 1, 'form-0-loan': loan.pk, 'form-0-back': 'on'}
        self.client.post(reverse('loans:give_back'), data)
        self.assertIsNotNone(Loan.objects.get().returned)

    def test_give_back_page(self):
        Loan.objects.create(copy=self.copy, member=self.member)
        self.client.force_login(self.boss)
        self.assertContains(self.client.get(reverse('loans:give_back')), 'form-0-back')


class AdminTests(Desk):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.boss)

    def test_states(self):
        Loan.objects.create(copy=self.copy, member=self.member, since=FIRST_DAY)
        self.assertContains(self.client.get('/admin/loans/loan/'), '<b>overdue</b>')

    def test_take_back(self):
        loan = Loan.objects.create(copy=self.copy, member=self.member)
        data = {'action': 'take_back', '_selected_action': [loan.pk]}
        response = self.client.post('/admin/loans/loan/', data, follow=True)
        self.assertContains(response, '1 book is back.')
