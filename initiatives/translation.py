"""Which texts are held in four languages. django-modeltranslation looks for this file by name."""

from modeltranslation.translator import TranslationOptions, register

from initiatives import models


@register([models.Country, models.Sector, models.Organisation])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(models.Initiative)
class InitiativeTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "outcome", "not_delivered", "withdrawn_reason")


@register(models.Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "place", "outcome")


@register(models.InitiativeEvent)
class InitiativeEventTranslation(TranslationOptions):
    fields = ("decision",)


@register([models.StatusChange, models.DateRevision, models.DocumentRemoval])
class ReasonTranslation(TranslationOptions):
    fields = ("reason",)


@register(models.Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title", "dropped_reason")


@register(models.Funding)
class NoteTranslation(TranslationOptions):
    fields = ("note",)
