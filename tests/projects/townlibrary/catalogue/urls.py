from django.conf.urls import url
from django.urls import path

from catalogue import views

app_name = 'catalogue'

urlpatterns = [
    url(r'^$', views.Home.as_view(), name='home'),
    url(r'^book/(?P<slug>[-\w]+)/$', views.BookDetail.as_view(), name='book'),
    url(r'^author/(?P<slug>[-a-zA-Z0-9_]+)/$', views.author, name='author'),
    url(r'^year/(?P<year>[0-9]{4})/$', views.by_year, name='year'),
    url(r'^suggest/$', views.suggest, name='suggest'),
    url(r'^shelves/(?:(?P<shelf>[A-Z]\d+)/)?$', views.shelves, name='shelves'),
    path('about/', views.Home.as_view(template_name='catalogue/about.html'), name='about'),
]
