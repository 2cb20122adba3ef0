"""Addresses of the mails that readers get, below /mail/ and the prefix of a language."""

from django.urls import path

from initiatives.following.views import AskPage, ConfirmPage, ManagePage

app_name = "following"
urlpatterns = [
    path("", AskPage.as_view(), name="ask"),
    path("confirm/<str:token>/", ConfirmPage.as_view(), name="confirm"),
    path("manage/<str:token>/", ManagePage.as_view(), name="manage"),
]
