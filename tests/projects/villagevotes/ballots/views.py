from django.http import HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render_to_response
from django.template import RequestContext

from villagevotes.ballots.models import Ballot, Choice


def index(request):
    latest = Ballot.objects.order_by('-day')[:5]
    return render_to_response('ballots/index.html', {'latest': latest}, context_instance=RequestContext(request))


def detail(request, ballot_id):
    ballot = get_object_or_404(Ballot, pk=ballot_id)
    context = RequestContext(request, {'ballot': ballot})
    return render_to_response('ballots/detail.html', context)


def vote(request, ballot_id):
    ballot = get_object_or_404(Ballot, pk=ballot_id)
    if not request.user.is_authenticated():
        return HttpResponseForbidden('Please log in', mimetype='text/plain')
    choice = get_object_or_404(Choice, ballot=ballot, pk=request.POST['choice'])
    choice.votes += 1
    choice.save()
    return HttpResponseRedirect(ballot.get_absolute_url())
