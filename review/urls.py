from __future__ import annotations

from django.urls import path

from review import views
from review.desk import views as desk
from review.regime import views as regime

app_name = "review"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("first-days/", regime.first_days, name="first-days"),
    path("first-days/order/", regime.order, name="full-review"),
    path("next/", views.next_decision, name="next"),
    path("<uuid:decision_id>/", views.detail, name="detail"),
    path("<uuid:decision_id>/claim/", views.claim, name="claim"),
    path("<uuid:decision_id>/release/", views.release, name="release"),
]
