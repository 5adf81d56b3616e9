from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver

from members.models import LoginCount, Member


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def make_member(sender, instance, created, **kwargs):
    if created and not kwargs.get("raw"):
        Member.objects.create(user=instance)


@receiver(user_logged_in)
def count_login(sender, user, **kwargs):
    count, _ = LoginCount.objects.get_or_create(member=user.member)
    count.count += 1
    count.save()
