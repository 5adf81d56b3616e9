from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import ugettext_lazy as _


class Member(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member")
    phone = models.CharField(_("phone"), max_length=20, blank=True, validators=[RegexValidator(r"^\+\d{7,15}$")])
    newsletter = models.NullBooleanField(_("newsletter"))

    def __str__(self):
        return self.user.get_username()


class LoginCount(models.Model):
    member = models.OneToOneField(Member, on_delete=models.CASCADE)
    count = models.PositiveIntegerField(default=0)
