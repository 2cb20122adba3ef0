"""Addresses that stand in old mails lead to where the same is found today."""

import pytest
from django.urls import reverse

from tests.desk import make_officer, signed_in

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:initiatives_changerequest_changelist")


@pytest.mark.parametrize("rest", ["", "7/change/", "7/", "x/../history/", "?state=waiting"])
def test_an_address_of_a_status_request_leads_to_what_waits_and_says_why(rest):
    client = signed_in(make_officer())
    answer = client.get(f"/admin/initiatives/statusrequest/{rest}", follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert "Statuses that wait stand among the changes" in answer.content.decode()


def test_who_is_not_signed_in_is_asked_to_and_led_on(client):
    at = "/admin/initiatives/statusrequest/7/change/"
    assert client.get(at)["Location"] == f"{reverse('admin:login')}?next={at}"
