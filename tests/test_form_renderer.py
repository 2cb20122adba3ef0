"""Fields that are written without templates are the same to the byte as those of Django's."""

import pytest
from django import forms
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils import translation
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from tests.desk import address, make_chief, signed_in
from tests.factories import make_initiative
from tests.full_records import make_full
from tracker.form_renderer import _WRITERS, FormRenderer

SHARP = """<b> & "two" 'one'"""
pytestmark = pytest.mark.once
ATTRIBUTES = {
    **{"required": True, "disabled": False, "data-none": None, "data-number": 1234.5, "rows": 0},
    **{"title": SHARP, "data-safe": mark_safe("&amp;"), "data-lazy": gettext_lazy("Status")},
    **{"<odd": "", "data-pair": (1, "<"), "class": lazystr("a < b")},
}
VALUES = [None, "", 0, 1234567, 1234.5, True, SHARP, mark_safe("<i>"), gettext_lazy("Status")]
CHOICES = [
    ("", "---------"),
    *((value, value) for value in VALUES),
    (SHARP, [(1, "one"), (2, SHARP), (3, mark_safe("<i>three</i>"))]),
    ("Empty", []),
    (gettext_lazy("Status"), [(1000, 1000)]),
]
WIDGETS = (
    *(forms.TextInput, forms.NumberInput, forms.URLInput, forms.EmailInput, forms.HiddenInput),
    *(forms.Textarea, forms.Select, forms.SelectMultiple, forms.NullBooleanSelect),
)


def both(write):
    """What is written by way of our renderer and of Django's, in a language of big numbers."""
    with translation.override("ru"):
        return write(FormRenderer()), write(DjangoTemplates())


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("kind", WIDGETS)
def test_a_widget_is_written_as_by_its_template(kind, value):
    widget = kind(attrs=ATTRIBUTES)
    if hasattr(widget, "choices") and kind is not forms.NullBooleanSelect:
        widget.choices = CHOICES
    ours, theirs = both(lambda renderer: widget.render("a<b", value, {"id": "x"}, renderer))
    assert ours == theirs
    assert ours.count("<") >= 1


@pytest.mark.parametrize("attributes", [None, ATTRIBUTES], ids=["plain", "attributes"])
@pytest.mark.parametrize("text", [SHARP, mark_safe("<i>x</i>"), gettext_lazy("Status")])
def test_a_label_is_written_as_by_its_template(text, attributes):
    class Form(forms.Form):
        field = forms.CharField(label=text)

    for id_for_label, tag in (("", None), ("x", None), ("x", "legend")):
        field = {"widget": forms.TextInput(attrs={"id": id_for_label})}

        def write(renderer, tag=tag, field=field):
            form = Form(renderer=renderer)
            form.fields["field"].widget = field["widget"]
            return form["field"].label_tag(attrs=attributes, tag=tag)

        ours, theirs = both(write)
        assert ours == theirs


def test_an_option_with_a_template_of_its_own_keeps_it():
    class Select(forms.Select):
        option_template_name = "django/forms/widgets/radio.html"

    widget = Select(choices=CHOICES)
    ours, theirs = both(lambda renderer: widget.render("a", 1, {}, renderer))
    assert ours == theirs
    assert "<option" not in ours


@pytest.mark.django_db
def test_the_form_of_a_record_is_the_same_with_all_that_is_written(monkeypatch):
    """Each field of it, with its real choices; what differs between two answers is not written."""
    written, ours = FormRenderer.render, []

    def compared(self, template_name, context, request=None):
        text = written(self, template_name, context, request)
        if template_name in _WRITERS:
            ours.append(template_name)
            assert text == DjangoTemplates.render(self, template_name, context, request)
        return text

    monkeypatch.setattr(FormRenderer, "render", compared)
    record = make_full(make_initiative(), 1)
    answer = signed_in(make_chief()).get(address("initiative", "change", record.pk))
    assert answer.status_code == 200
    wanted = {"django/forms/label.html"}
    wanted |= {f"django/forms/widgets/{kind}.html" for kind in ("select", "text", "textarea")}
    assert wanted <= set(ours)
    for group in answer.context["inline_admin_formsets"]:
        assert str(group.media) == str(InlineAdminFormSet.media.fget(group)) != ""


@pytest.mark.parametrize("errors", [[], ["First", SHARP]], ids=len)
def test_errors_are_written_as_by_their_template(errors):
    ours, theirs = both(lambda renderer: ErrorList(errors, renderer=renderer).as_ul())
    assert ours == theirs
    assert ours.count("<li>") == len(errors)
