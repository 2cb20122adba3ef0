"""Addresses of the pages beside the feeds, below /feeds/ and the prefix of a language."""

from django.urls import path

from initiatives.public.pages.feeds import FeedPage
from initiatives.public.subscriptions.contents import FEEDS

app_name = "feeds"
urlpatterns = [
    path(f"{feed.address}/", FeedPage.as_view(scope=feed.scope, feed=feed), name=feed.name)
    for feed in FEEDS
]
