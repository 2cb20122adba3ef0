"""Budgets: what is planned to be spent in a period."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import BudgetStatus, BudgetType
from initiatives.fields import LineField, MoneyField, PartialDateField
from initiatives.models.checks import CheckConstraint
from initiatives.models.initiatives import Initiative
from initiatives.models.money import known_currency
from initiatives.models.record import NaturalKeyManager, Record


class Budget(Record):
    """What is planned to be spent from `start` to `end`; neither a commitment nor a payment.

    `value_date` is the day of the rate at which others convert the amount.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="budgets", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"))
    type = LineField(
        _("type"), max_length=1, choices=BudgetType.choices, default=BudgetType.ORIGINAL
    )
    status = LineField(
        _("status"), max_length=1, choices=BudgetStatus.choices, default=BudgetStatus.INDICATIVE
    )
    start = PartialDateField(_("period from"))
    end = PartialDateField(_("period to"))
    amount = MoneyField(_("amount"))
    currency = LineField(_("currency"), max_length=3, validators=[known_currency])
    value_date = models.DateField(_("day of the value"), null=True, blank=True)

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ("initiative", "number")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="budget_number"),
            CheckConstraint(condition=Q(type__in=BudgetType.values), name="budget_type_known"),
            CheckConstraint(
                condition=Q(status__in=BudgetStatus.values), name="budget_status_known"
            ),
            CheckConstraint(condition=~Q(currency=""), name="budget_has_a_currency"),
            CheckConstraint(
                condition=Q(start__first__isnull=True)
                | Q(end__last__isnull=True)
                | Q(end__last__gte=F("start__first")),
                name="budget_ends_after_it_begins",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}".strip()
