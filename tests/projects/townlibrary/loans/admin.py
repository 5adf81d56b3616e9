from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import ugettext_lazy as _
from django.utils.translation import ungettext

from loans.models import Loan, Reservation


@admin.register(Loan)
class LoanAdmin(admin.ModelAdmin):
    list_display = ['copy', 'member', 'since', 'state']
    list_filter = ['returned', 'damaged']
    raw_id_fields = ['copy', 'member']
    actions = ['take_back']

    def state(self, obj):
        if obj.is_overdue:
            return format_html('<b>{}</b>', _('overdue'))
        return _('returned') if obj.returned else _('out')
    state.short_description = _('state')

    def take_back(self, request, queryset):
        loans = queryset.filter(returned=None)
        count = loans.count()
        for loan in loans:
            loan.give_back()
        self.message_user(request, ungettext('%d book is back.', '%d books are back.', count) % count)
    take_back.short_description = _('Take back')


admin.site.register(Reservation)
