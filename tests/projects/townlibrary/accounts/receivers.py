from django.dispatch import receiver

from accounts.models import CardEvent
from accounts.signals import card_issued, card_lost


@receiver(card_issued)
def note_issue(sender, member, number, **kwargs):
    CardEvent.objects.create(member=member, kind=CardEvent.ISSUED)


@receiver(card_lost)
def note_loss(sender, member, **kwargs):
    CardEvent.objects.create(member=member, kind=CardEvent.LOST)
