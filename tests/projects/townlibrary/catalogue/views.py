from django.db.models import Count
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.encoding import force_text
from django.utils.translation import ugettext as _
from django.utils.translation import ungettext
from django.views.generic import DetailView, ListView

from catalogue.models import Author, Book


class Home(ListView):
    model = Book
    template_name = 'catalogue/home.html'
    context_object_name = 'books'
    paginate_by = 10

    def get_queryset(self):
        books = super().get_queryset()
        query = self.request.GET.get('q')
        return books.filter(title__icontains=query) if query else books

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        count = self.get_queryset().count()
        context['count_text'] = ungettext('%(count)d book', '%(count)d books', count) % {'count': count}
        return context


class BookDetail(DetailView):
    model = Book
    template_name = 'catalogue/book.html'


def author(request, slug):
    found = get_object_or_404(Author, slug=slug)
    return render(request, 'catalogue/author.html', {'author': found, 'books': found.books.all()})


def by_year(request, year):
    books = Book.objects.filter(year=int(year))
    return render(request, 'catalogue/year.html', {'year': year, 'books': books})


def suggest(request):
    """Titles for the search box; a plain list of lines where no script asks."""
    titles = list(Book.objects.filter(title__istartswith=request.GET.get('q', '')).values_list('title', flat=True)[:5])
    if request.is_ajax():
        return JsonResponse({'titles': titles, 'label': force_text(_('Suggestions'))})
    return HttpResponse('\n'.join(titles), content_type='text/plain')


def shelves(request, shelf=None):
    counts = Book.objects.values('copies__shelf').annotate(n=Count('copies')).order_by('copies__shelf')
    if shelf:
        counts = counts.filter(copies__shelf=shelf)
    return JsonResponse({row['copies__shelf'] or '-': row['n'] for row in counts})
