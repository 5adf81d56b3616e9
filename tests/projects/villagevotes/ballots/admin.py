from django.contrib import admin

from villagevotes.ballots.models import Ballot, Choice


class ChoiceInline(admin.TabularInline):
    model = Choice


class BallotAdmin(admin.ModelAdmin):
    inlines = [ChoiceInline]
    list_display = ['question', 'day']

    def queryset(self, request):
        return super(BallotAdmin, self).queryset(request).filter(open=True)


admin.site.register(Ballot, BallotAdmin)
