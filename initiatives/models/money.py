"""Money: promised, committed, paid. Undisclosed is not zero and a pledge is not a payment."""

from decimal import Decimal

from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.choices import AmountKind, FundingType, Instrument, TransactionType
from initiatives.fields import LineField, MoneyField, PartialDateField, ProseField
from initiatives.models.checks import CheckConstraint
from initiatives.models.evidence import Source
from initiatives.models.initiatives import Initiative
from initiatives.models.record import NaturalKeyManager, Record
from initiatives.models.reference import Country, Organisation
from initiatives.notation.exact import grouped, with_currency


def known_currency(code: str) -> None:
    """Raises ValidationError unless `code` is an ISO 4217 code."""
    if code not in list_currencies():
        raise ValidationError(
            _("“%(code)s” is not a currency code of ISO 4217."), params={"code": code[:10]}
        )


class Funding(Record):
    """One amount. `usd_rate` is the price of one unit of `currency` in US dollars.

    `reference` is the name that somebody else's books give to it (@ref of a transaction in IATI);
    a further import finds the line by it.
    `transaction_type` and `finance_type` are codes of IATI where those say more than `type` and
    `instrument`: several of theirs are one of ours.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="funding", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"))
    type = LineField(_("type"), max_length=20, choices=FundingType.choices)
    provider = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_provided",
        verbose_name=_("provider"),
    )
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_received",
        verbose_name=_("receiver"),
    )
    provider_country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_provided",
        verbose_name=_("provider country"),
    )
    instrument = LineField(
        _("instrument"), max_length=20, choices=Instrument.choices, default=Instrument.UNKNOWN
    )
    amount = MoneyField(_("amount"), null=True, blank=True)
    amount_max = MoneyField(_("upper amount"), null=True, blank=True)
    amount_kind = LineField(
        _("kind of amount"), max_length=12, choices=AmountKind.choices, default=AmountKind.EXACT
    )
    currency = LineField(
        _("currency"), max_length=3, blank=True, default="", validators=[known_currency]
    )
    date = PartialDateField(_("date"))
    usd_rate = models.DecimalField(
        _("rate to USD"), max_digits=18, decimal_places=9, null=True, blank=True
    )
    usd_rate_on = models.DateField(_("day of the rate"), null=True, blank=True)
    usd_rate_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source of the rate")
    )
    note = ProseField(_("note"), blank=True)
    reference = LineField(
        _("reference"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("How the payer or its register names this line, for example TF-0C123/7."),
    )
    value_date = models.DateField(
        _("day of the value"),
        null=True,
        blank=True,
        help_text=_("The day of the rate at which others convert the amount, if it is another."),
    )
    transaction_type = LineField(
        _("IATI transaction type"), max_length=2, blank=True, choices=TransactionType.choices
    )
    finance_type = LineField(_("IATI finance type"), max_length=4, blank=True)

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ("initiative", "number")
        indexes = [models.Index(fields=["currency"], name="funding_currency")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="funding_number"),
            CheckConstraint(condition=Q(type__in=FundingType.values), name="funding_type_known"),
            CheckConstraint(
                condition=Q(amount_kind="undisclosed", amount__isnull=True)
                | (~Q(amount_kind="undisclosed") & Q(amount__isnull=False)),
                name="funding_undisclosed_has_no_amount",
                violation_error_message=_(
                    "Give an amount, or mark the amount as undisclosed; undisclosed is not zero."
                ),
            ),
            CheckConstraint(
                condition=(
                    Q(amount_kind="range", amount_max__isnull=False) & Q(amount_max__gt=F("amount"))
                )
                | (~Q(amount_kind="range") & Q(amount_max__isnull=True)),
                name="funding_range_has_an_upper_amount",
                violation_error_message=_(
                    "A range needs an upper amount above the lower one; other kinds have none."
                ),
            ),
            CheckConstraint(
                condition=~Q(currency="") | Q(amount__isnull=True),
                name="funding_amount_has_a_currency",
                violation_error_message=_("An amount needs a currency."),
            ),
            CheckConstraint(
                condition=Q(usd_rate__isnull=True)
                | Q(usd_rate__gt=0, usd_rate_on__isnull=False, usd_rate_source__isnull=False),
                name="funding_rate_has_day_and_source",
                violation_error_message=_("A rate needs its day and its source."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self._amount_told()}"

    def _amount_told(self) -> str:
        if self.amount is None:
            return f"{self.get_amount_kind_display()} {self.currency}".strip()
        language, ends = get_language() or "en", (self.amount, self.amount_max)
        # What neither a form nor the database has read may be a text still.
        told = [
            grouped(end, language) if isinstance(end, Decimal) else str(end)
            for end in ends
            if end is not None
        ]
        return with_currency(" – ".join(told), self.currency, language).strip()
