"""A site as Django 1.3 laid it out, its checkout a package and its tests among those of all apps, on Python 2.7."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.road.conftest import as_repository, git

pytestmark = [pytest.mark.slow, pytest.mark.network]

SITE = Path(__file__).parent.parent / "projects" / "villagevotes"

Djup = Callable[..., subprocess.CompletedProcess[str]]


SOUTH = """
from south.db import db
from south.v2 import SchemaMigration


class Migration(SchemaMigration):
    def forwards(self, orm):
        print "making the tables"
        db.create_table('ballots_ballot', (
            ('id', self.gf('django.db.models.fields.AutoField')(primary_key=True)),
            ('question', self.gf('django.db.models.fields.CharField')(max_length=200)),
            ('day', self.gf('django.db.models.fields.DateField')()),
            ('open', self.gf('django.db.models.fields.BooleanField')(default=False)),
        ))
        db.send_create_signal('ballots', ['Ballot'])
        db.create_table('ballots_choice', (
            ('id', self.gf('django.db.models.fields.AutoField')(primary_key=True)),
            ('ballot', self.gf('django.db.models.fields.related.ForeignKey')(to=orm['ballots.Ballot'])),
            ('text', self.gf('django.db.models.fields.CharField')(max_length=200)),
            ('votes', self.gf('django.db.models.fields.IntegerField')(default=0)),
        ))
        db.send_create_signal('ballots', ['Choice'])

    def backwards(self, orm):
        db.delete_table('ballots_choice')
        db.delete_table('ballots_ballot')

    models = {
        'ballots.ballot': {
            'Meta': {'object_name': 'Ballot'},
            'day': ('django.db.models.fields.DateField', [], {}),
            'id': ('django.db.models.fields.AutoField', [], {'primary_key': 'True'}),
            'open': ('django.db.models.fields.BooleanField', [], {'default': 'False'}),
            'question': ('django.db.models.fields.CharField', [], {'max_length': '200'})
        },
        'ballots.choice': {
            'Meta': {'object_name': 'Choice'},
            'ballot': ('django.db.models.fields.related.ForeignKey', [], {'to': "orm['ballots.Ballot']"}),
            'id': ('django.db.models.fields.AutoField', [], {'primary_key': 'True'}),
            'text': ('django.db.models.fields.CharField', [], {'max_length': '200'}),
            'votes': ('django.db.models.fields.IntegerField', [], {'default': '0'})
        }
    }

    complete_apps = ['ballots']
"""


def lay_out(tmp_path: Path, *, south: bool = False) -> Path:
    root = tmp_path / "villagevotes"
    shutil.copytree(SITE, root)
    if south:
        (root / "ballots/migrations").mkdir()
        (root / "ballots/migrations/__init__.py").touch()
        (root / "ballots/migrations/0001_initial.py").write_text(SOUTH)
        settings = (root / "settings.py").read_text()
        (root / "settings.py").write_text(
            settings.replace("'villagevotes.ballots',", "'villagevotes.ballots', 'south',")
        )
        with (root / "requirements.txt").open("a") as file:
            file.write("South==1.0.2\n")
    return as_repository(root)


def test_each_release_from_1_4_on_is_green(tmp_path: Path, djup: Djup):
    root = lay_out(tmp_path)
    ran = djup("upgrade", "-y", "--to", "1.8", root)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made = json.loads(djup("report", "--format", "json", root).stdout)
    assert made["verdict"] == "green"
    assert [one["to"]["django"] for one in made["hops"]][1:] == ["1.5.12", "1.6.11", "1.7.11", "1.8.19"]
    assert made["tests"]["baseline"]["total"] == made["tests"]["final"]["passed"] == 4
    assert "tests of installed packages ran as well; they are not counted" in ran.stderr
    assert "os.pardir" in git(root, "show", "djup/1.8:manage.py")
    assert "render(request, 'ballots/detail.html', context)" in git(root, "show", "djup/1.8:ballots/views.py")


def test_with_south_and_on_python_2_it_reaches_python_3(tmp_path: Path, djup: Djup):
    root = lay_out(tmp_path, south=True)
    ran = djup("upgrade", "-y", "--to", "2.2", "--via", "lts", root)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made = json.loads(djup("report", "--format", "json", root).stdout)
    assert made["verdict"] == "green"
    assert made["reached"]["django"].startswith("2.2.")
    assert made["reached"]["python"].startswith("3.")
    assert made["tests"]["baseline"]["total"] == made["tests"]["final"]["passed"] == 4
    assert "first migrations were written of ballots" in ran.stderr
    first = git(root, "show", "djup/2.2:ballots/migrations/0001_initial.py")
    assert "migrations.CreateModel" in first
    assert "def __str__(self):" in git(root, "show", "djup/2.2:ballots/models.py")
    subjects = git(root, "log", "--format=%s", "djup/2.2").splitlines()
    for subject in (
        "Take South's migrations away",
        "Give each app its first migrations",
        "Give the text of objects by __str__()",
    ):
        assert subject in subjects
