"""Addresses: the pages under a language prefix, machine formats also without one."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
