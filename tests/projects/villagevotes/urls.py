from django.conf.urls.defaults import include, patterns, url
from django.contrib import admin

admin.autodiscover()

urlpatterns = patterns('villagevotes.ballots.views',
    url(r'^$', 'index', name='ballots'),
    url(r'^(?P<ballot_id>\d+)/$', 'detail', name='ballot'),
    url(r'^(?P<ballot_id>\d+)/vote/$', 'vote', name='vote'),
    url(r'^admin/', include(admin.site.urls)),
)
