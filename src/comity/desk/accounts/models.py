"""Officers of this node. Who may do what is decided in ``policy.py``."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from comity.terms.names import Name, best_name


class Role(models.TextChoices):
    READER = "reader", _("reader")
    DRAFTER = "drafter", _("drafter")
    SECRETARY = "secretary", _("secretary")
    SIGNATORY = "signatory", _("signatory")


class Officer(models.Model):
    """A user's place in the secretariat. ``keyid`` is set if a key in custody signs for this person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="officer")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.READER)
    names = models.JSONField(default=list)
    title = models.JSONField(default=list)
    keyid = models.CharField(max_length=64, blank=True)
    operator = models.BooleanField(default=False)
    everywhere = models.BooleanField(default=True)  # false: the role holds only where a MechanismRole says so

    def __str__(self) -> str:
        return self.name

    def role_in(self, mechanism: str | None) -> str:
        """The role in one mechanism; empty is for what founds one, None asks for the strongest anywhere."""
        general = self.role if self.everywhere else Role.READER.value
        if mechanism == "":
            return general
        given = self._given
        if mechanism is not None:
            return given.get(mechanism, general)
        return max([general, *given.values()], key=Role.values.index)

    @cached_property
    def _given(self) -> dict[str, str]:
        return {given.mechanism: given.role for given in self.roles.all()}

    @property
    def name(self) -> str:
        """The name for the language of the page."""
        return _best(self.names) or self.user.get_username()

    @property
    def office(self) -> str:
        return _best(self.title)


class MechanismRole(models.Model):
    """An officer's role in one mechanism, instead of her general one."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="roles")
    mechanism = models.CharField(max_length=64)
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "mechanism"], name="one_role_each")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.mechanism[:12]}: {self.role}"


def _best(raw: list[dict[str, str]]) -> str:
    names = [Name(n["text"], n["lang"]) for n in raw]
    return best_name(names, page_language()).text if names else ""


def page_language() -> str:
    """The BCP 47 tag of the page's language: ``zh-Hans``, ``ru`` or ``en``."""
    language = translation.get_language() or "en"
    return "zh-Hans" if language.lower().startswith("zh") else language.split("-")[0]
