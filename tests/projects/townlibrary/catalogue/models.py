from django.db import models
from django.urls import reverse
from django.utils.encoding import force_text
from django.utils.http import urlquote
from django.utils.text import slugify
from django.utils.translation import ugettext_lazy as _


class Author(models.Model):
    name = models.CharField(_('name'), max_length=100)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ['name']
        verbose_name = _('author')

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse('catalogue:author', kwargs={'slug': self.slug})


class BookQuerySet(models.QuerySet):
    def available(self):
        return self.filter(copies__on_loan=False).distinct()

    def for_children(self):
        return self.filter(for_children=True)


class Book(models.Model):
    title = models.CharField(_('title'), max_length=200)
    slug = models.SlugField(unique=True)
    authors = models.ManyToManyField(Author, related_name='books')
    isbn = models.CharField(_('ISBN'), max_length=13, blank=True)
    year = models.PositiveIntegerField(_('year'))
    for_children = models.NullBooleanField(_('for children'), help_text=_('Unknown where nobody has looked.'))
    pages = models.PositiveIntegerField(_('pages'), default=1)
    cover = models.FileField(upload_to='covers', blank=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering = ['title']
        verbose_name = _('book')
        index_together = [['year', 'title']]
        constraints = [
            models.CheckConstraint(check=models.Q(pages__gte=1), name='book_has_pages'),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = slugify(force_text(self.title))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse('catalogue:book', kwargs={'slug': self.slug})

    def search_link(self):
        return 'https://search.example/?q=' + urlquote(self.title)


class Copy(models.Model):
    """One copy of a book on a shelf."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name='copies')
    shelf = models.CharField(_('shelf'), max_length=10)
    on_loan = models.BooleanField(default=False)

    class Meta:
        ordering = ['shelf', 'pk']
        verbose_name = _('copy')
        verbose_name_plural = _('copies')

    def __str__(self):
        return '%s (%s)' % (self.book, self.shelf)
