import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import ugettext_lazy as _

from catalogue.models import Book, Copy

DAYS = 28
FIRST_DAY = datetime.datetime(2012, 5, 2, tzinfo=timezone.utc)


class Loan(models.Model):
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name='loans')
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name='loans')
    since = models.DateTimeField(_('since'), default=timezone.now)
    returned = models.DateTimeField(_('returned'), null=True, blank=True)
    damaged = models.NullBooleanField(_('came back damaged'))

    class Meta:
        ordering = ['-since', 'pk']
        verbose_name = _('loan')
        index_together = [('member', 'returned')]

    def __str__(self):
        return '%s: %s' % (self.member, self.copy)

    @property
    def due(self):
        return self.since + datetime.timedelta(days=DAYS)

    @property
    def is_overdue(self):
        return self.returned is None and self.due < datetime.datetime.now(timezone.utc)

    def give_back(self, damaged=None):
        self.returned = timezone.now()
        self.damaged = damaged
        self.save()
        Copy.objects.filter(pk=self.copy_id).update(on_loan=False)


class Reservation(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ['created', 'pk']
        unique_together = [('book', 'member')]
        verbose_name = _('reservation')

    def __str__(self):
        return '%s for %s' % (self.book, self.member)
