"""The tracker's own addresses, and those of its peers."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from benchmarks.large.peers import stock_page
from benchmarks.large.ready import ready_page
from tracker.urls import urlpatterns as own

urlpatterns = [
    *i18n_patterns(path("bench/ready/<str:name>/", ready_page), path("bench/stock/", stock_page)),
    *own,
]
