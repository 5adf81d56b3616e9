from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.html import format_html
from django.utils.translation import ugettext_lazy as _

from accounts.models import CardEvent, Member


@admin.register(Member)
class MemberAdmin(UserAdmin):
    list_display = ['username', 'last_name', 'first_name', 'card', 'newsletter']
    list_filter = ['newsletter', 'is_staff']
    actions = ['issue_cards']
    fieldsets = UserAdmin.fieldsets + ((_('Library'), {'fields': ['card_number', 'newsletter', 'street']}),)

    def card(self, obj):
        if not obj.card_number:
            return ''
        return format_html('<code>{}</code>', obj.card_number)
    card.short_description = _('card')
    card.admin_order_field = 'card_number'

    def issue_cards(self, request, queryset):
        for member in queryset.filter(card_number=''):
            member.issue_card()
    issue_cards.short_description = _('Issue cards to those without')


@admin.register(CardEvent)
class CardEventAdmin(admin.ModelAdmin):
    list_display = ['member', 'kind', 'at']
    date_hierarchy = 'at'
