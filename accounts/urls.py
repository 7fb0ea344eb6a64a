"""Addresses of sign-in and sign-out."""

from __future__ import annotations

from django.urls import path

from accounts import views
from accounts.training import views as training_views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("training/", training_views.training, name="training"),
]
