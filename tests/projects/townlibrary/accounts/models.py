from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.encoding import force_text
from django.utils.translation import ugettext_lazy as _

from accounts.signals import card_issued, card_lost


class Member(AbstractUser):
    """A member of the library; the card number stands on the card."""

    card_number = models.CharField(_('card number'), max_length=12, blank=True)
    newsletter = models.NullBooleanField(_('wants the newsletter'))
    street = models.CharField(_('street'), max_length=120, blank=True)

    class Meta:
        verbose_name = _('member')
        verbose_name_plural = _('members')
        index_together = [('last_name', 'first_name')]

    def __str__(self):
        return force_text(self.get_full_name() or self.username)

    def issue_card(self):
        self.card_number = get_random_string(length=12, allowed_chars='0123456789')
        self.save()
        card_issued.send(sender=type(self), member=self, number=self.card_number)
        return self.card_number

    def lose_card(self):
        self.card_number = ''
        self.save()
        card_lost.send(sender=type(self), member=self)


class CardEvent(models.Model):
    """What happened to a card, for the desk."""

    ISSUED, LOST = 'issued', 'lost'
    KINDS = [(ISSUED, _('issued')), (LOST, _('lost'))]

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name='card_events')
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self):
        return '%s: %s' % (self.member, self.get_kind_display())
