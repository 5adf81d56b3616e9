from django.db import models


class Tag(models.Model):
    name = models.CharField(max_length=9)


class Place(models.Model):
    name = models.CharField(max_length=9)


class Bar(Place):
    place = models.OneToOneField(Place)


class Item(models.Model):
    name = models.CharField(max_length=9)
    parent = models.ForeignKey('self', null=True)
    marks = models.CommaSeparatedIntegerField(max_length=9)
    tags = models.ManyToManyField(Tag)

    @models.permalink
    def get_absolute_url(self):
        return ('goods.views.item', [self.pk])


def facts():
    names = Item._meta.get_all_field_names()
    names += [one.get_accessor_name() for one in Tag._meta.get_all_related_many_to_many_objects()]
    names += [one.get_accessor_name() for one in Item._meta.get_all_related_objects()]
    names.append(Item._meta.get_field_by_name('parent')[0].rel.to.__name__)
    return sorted(names)


def tagged():
    item = Item.objects.create(name='a', marks='1,2')
    item.tags = [Tag.objects.create(name='t')]
    return [tag.name for tag in item.tags.all()]
