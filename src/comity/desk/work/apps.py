"""The app's name and label; the index of words is made after the tables, and follows drafts and remarks as they are saved."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save


class Config(AppConfig):
    name = "comity.desk.work"
    label = "work"

    def ready(self) -> None:
        from comity.desk.record.models import Draft
        from comity.desk.work import words
        from comity.desk.work.indexing import forget_own, index_draft, index_remark
        from comity.desk.work.models import Remark
        from comity.desk.work.telling import tell_of_draft

        post_migrate.connect(words.prepare, sender=self)
        post_save.connect(index_draft, sender=Draft)
        post_save.connect(tell_of_draft, sender=Draft)
        post_save.connect(index_remark, sender=Remark)
        post_delete.connect(forget_own, sender=Draft)
        post_delete.connect(forget_own, sender=Remark)
