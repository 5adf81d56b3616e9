from django.db import models


class Ballot(models.Model):
    question = models.CharField(max_length=200)
    day = models.DateField()
    open = models.BooleanField()

    def __unicode__(self):
        return self.question

    @models.permalink
    def get_absolute_url(self):
        return('ballot', [self.pk])


class Choice(models.Model):
    ballot = models.ForeignKey(Ballot)
    text = models.CharField(max_length=200)
    votes = models.IntegerField(default=0)
