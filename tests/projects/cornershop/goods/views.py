from django.core.urlresolvers import reverse
from django.http import HttpResponse
from django.shortcuts import render_to_response
from django.template import Context, RequestContext
from django.template.loader import get_template, render_to_string


def index(request):
    return render_to_response('a.html', {'name': 'n'}, context_instance=RequestContext(request))


def item(request, pk, kind):
    if request.user.is_authenticated():
        return HttpResponse('in')
    return HttpResponse('item %s %s %s' % (pk, kind, reverse('goods.views.item', args=[3])))


def text(request):
    t = get_template('b.html')
    c = Context({'name': 'c'})
    return HttpResponse(t.render(c) + render_to_string('a.html', {'name': 's'}, RequestContext(request)))
