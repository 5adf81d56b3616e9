from django.core import mail  # noqa
from django.test import TestCase
from django.urls import reverse

from accounts.forms import MemberForm
from accounts.models import CardEvent, Member
from accounts.signals import card_issued


class MemberTests(TestCase):
    def setUp(self):
        self.member = Member.objects.create_user('ada', email='ada@example.org', password='secret-lace')

    def test_name_or_username(self):
        self.assertEqual(str(self.member), 'ada')
        self.member.first_name, self.member.last_name = 'Ada', 'King'
        self.assertEqual(str(self.member), 'Ada King')

    def test_newsletter_is_unknown_at_first(self):
        self.assertIsNone(self.member.newsletter)

    def test_newsletter_can_be_refused(self):
        self.member.newsletter = False
        self.member.save()
        self.assertIs(Member.objects.get().newsletter, False)

    def test_card_number_has_twelve_digits(self):
        number = self.member.issue_card()
        self.assertEqual(len(number), 12)
        self.assertTrue(number.isdigit())

    def test_card_events(self):
        self.member.issue_card()
        self.member.lose_card()
        self.assertQuerysetEqual(CardEvent.objects.all(), ['issued', 'lost'], transform=lambda event: event.kind)

    def test_event_text(self):
        self.member.issue_card()
        self.assertEqual(str(CardEvent.objects.get()), 'ada: issued')

    def test_signal_carries_the_number(self):
        seen = []

        def receiver(sender, member, number, **kwargs):
            seen.append((member, number))

        card_issued.connect(receiver)
        try:
            number = self.member.issue_card()
        finally:
            card_issued.disconnect(receiver)
        self.assertEqual(seen, [(self.member, number)])

    def test_lost_card_is_gone(self):
        self.member.issue_card()
        self.member.lose_card()
        self.assertEqual(Member.objects.get().card_number, '')


class ProfileTests(TestCase):
    def setUp(self):
        self.member = Member.objects.create_user('ada', email='ada@example.org', password='secret-lace')
        self.client.login(username='ada', password='secret-lace')
        self.url = reverse('accounts:profile')
        self.data = {'first_name': 'Ada', 'last_name': 'King', 'email': 'a@example.org', 'street': '', 'newsletter': 'true'}

    def test_needs_login(self):
        self.client.logout()
        self.assertRedirects(self.client.get(self.url), '/accounts/login/?next=/accounts/profile/')

    def test_shows_missing_card(self):
        self.assertContains(self.client.get(self.url), 'You have no card yet.')

    def test_shows_card(self):
        number = self.member.issue_card()
        self.assertContains(self.client.get(self.url), '<p class="card">%s</p>' % number, html=True)

    def test_saves(self):
        self.assertRedirects(self.client.post(self.url, self.data), self.url)
        self.assertEqual(Member.objects.get().get_full_name(), 'Ada King')
        self.assertIs(Member.objects.get().newsletter, True)

    def test_goes_on_to_a_safe_place(self):
        response = self.client.post(self.url, dict(self.data, next='/about/'))
        self.assertRedirects(response, '/about/')

    def test_does_not_go_elsewhere(self):
        response = self.client.post(self.url, dict(self.data, next='https://evil.example/'))
        self.assertRedirects(response, self.url)

    def test_spam_address(self):
        response = self.client.post(self.url, dict(self.data, email='x@spam.example'))
        self.assertFormError(response, 'form', 'email', 'We do not write to that address.')

    def test_bad_address(self):
        response = self.client.post(self.url, dict(self.data, email='nope'))
        self.assertFormError(response, 'form', 'email', ['Enter a valid email address.'])

    def test_form_fields(self):
        self.assertEqual(list(MemberForm().fields), ['first_name', 'last_name', 'email', 'street', 'newsletter'])

    def test_issue_by_post(self):
        self.client.post(reverse('accounts:card'), {'issue': ''})
        self.assertEqual(len(Member.objects.get().card_number), 12)

    def test_lose_by_post(self):
        self.member.issue_card()
        self.client.post(reverse('accounts:card'), {'lost': ''})
        self.assertEqual(Member.objects.get().card_number, '')

    def test_card_page(self):
        self.assertContains(self.client.get(reverse('accounts:card')), '/static/css/site.css')

    def test_logout(self):
        self.client.post(reverse('accounts:logout'))
        self.assertNotIn('_auth_user_id', self.client.session)

    def test_login_page(self):
        self.client.logout()
        response = self.client.post(reverse('accounts:login'), {'username': 'ada', 'password': 'secret-lace'})
        self.assertRedirects(response, '/')


class MemberAdminTests(TestCase):
    def setUp(self):
        self.boss = Member.objects.create_superuser('boss', 'boss@example.org', 'secret-lace')
        self.client.force_login(self.boss)

    def test_list(self):
        self.boss.issue_card()
        self.assertContains(self.client.get('/admin/accounts/member/'), '<code>%s</code>' % self.boss.card_number)

    def test_action(self):
        data = {'action': 'issue_cards', '_selected_action': [self.boss.pk]}
        self.client.post('/admin/accounts/member/', data)
        self.assertEqual(len(Member.objects.get().card_number), 12)

    def test_change_page(self):
        self.assertContains(self.client.get('/admin/accounts/member/%d/change/' % self.boss.pk), 'Library')

    def test_events(self):
        self.boss.issue_card()
        self.assertContains(self.client.get('/admin/accounts/cardevent/'), 'issued')
