"""What people write when a certificate may be taken away."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from certification.certificates.forms import Day
from certification.certificates.models import (
    Appeal,
    AppealRefusal,
    Charges,
    ChargesDropping,
    ChargesReply,
    Reinstatement,
    Withdrawal,
)

MOST_DAYS = 90


class ChargesForm(forms.Form):
    text = forms.CharField(
        label=_("Charges"),
        max_length=Charges._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Printed as you write them; an empty line begins a paragraph. Seen by the holder and "
            "by those who handle the case. Not published."
        ),
    )
    days = forms.IntegerField(
        label=_("Days for the reply"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=lambda: settings.CHARGES_REPLY_DAYS,
        help_text=_("Counted from today. A last day that is free moves to the next working day."),
    )
    confirmed = forms.BooleanField(
        label=_("I confirm that the Committee examined these charges. The holder is told at once.")
    )


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Reply to the charges"),
        max_length=ChargesReply._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Read by the Committee and the office. Not published."),
    )


class PaperReplyForm(ReplyForm):
    received_on = Day(label=_("Day on which the reply came"))

    field_order = ("received_on", "text")


class DroppingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why are the charges dropped?"),
        max_length=ChargesDropping._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The holder reads this. Nothing of it is published."),
    )


class WithdrawalForm(forms.Form):
    withdrawn_on = Day(label=_("Day of the Committee's decision to withdraw"))
    reason = forms.CharField(
        label=_("Reason to be published"),
        max_length=Withdrawal._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to whoever checks this certificate. Name no persons."),
    )
    confirmed = forms.BooleanField(
        label=_("I confirm that the Committee withdrew this certificate. It cannot be undone.")
    )


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Appeal to the Board"),
        max_length=Appeal._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Read by the Board, the Committee and the office. Not published."),
    )


class PaperAppealForm(AppealForm):
    appealed_on = Day(label=_("Day of the holder's appeal"))

    field_order = ("appealed_on", "text")


class ResolutionForm(forms.Form):
    """What the Board resolved on an appeal."""

    resolution_number = forms.CharField(
        label=_("Number of the resolution"),
        max_length=Reinstatement._meta.get_field("resolution_number").max_length,
        help_text=_("e.g. 7/2026"),
    )
    adopted_on = Day(label=_("Day of the resolution"))


class ReinstatementForm(ResolutionForm):
    reason = forms.CharField(
        label=_("Reason to be published"),
        max_length=Reinstatement._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to whoever checks this certificate. Name no persons."),
    )


class RefusalForm(ResolutionForm):
    reason = forms.CharField(
        label=_("Why is the appeal refused?"),
        max_length=AppealRefusal._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The holder reads this. Nothing of it is published."),
    )
