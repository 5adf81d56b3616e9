import datetime

from django.contrib.auth.models import User
from django.test import TestCase

from villagevotes.ballots.models import Ballot, Choice


class BallotTests(TestCase):
    def setUp(self):
        self.ballot = Ballot.objects.create(question='Shall we build a bridge?', day=datetime.date(2012, 5, 1))
        self.yes = Choice.objects.create(ballot=self.ballot, text='Yes')

    def test_the_list_links_to_each_ballot(self):
        response = self.client.get('/')
        self.assertContains(response, 'Shall we build a bridge?')
        self.assertContains(response, '/%s/' % self.ballot.pk)

    def test_a_ballot_shows_its_choices(self):
        self.assertContains(self.client.get('/%s/' % self.ballot.pk), 'Yes: 0')

    def test_a_vote_is_counted(self):
        User.objects.create_user('eve', 'eve@example.org', 'secret')
        self.client.login(username='eve', password='secret')
        response = self.client.post('/%s/vote/' % self.ballot.pk, {'choice': self.yes.pk})
        self.assertEqual(response.status_code, 302)
        self.assertEqual(Choice.objects.get(pk=self.yes.pk).votes, 1)

    def test_no_vote_without_an_account(self):
        response = self.client.post('/%s/vote/' % self.ballot.pk, {'choice': self.yes.pk})
        self.assertEqual(response.status_code, 403)
        self.assertEqual(Choice.objects.get(pk=self.yes.pk).votes, 0)
