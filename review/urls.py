from __future__ import annotations

from django.urls import path

from review import views
from review.asking import views as asking
from review.clocks import pause_views as pausing
from review.clocks import views as clocks
from review.cover import views as cover
from review.desk import team_views as team
from review.desk import views as desk
from review.oral import views as oral
from review.regime import first_view
from review.regime import views as regime

app_name = "review"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("first-days/", regime.first_days, name="first-days"),
    path("first-days/order/", regime.order, name="full-review"),
    path("give/", team.give, name="give"),
    path("saved/", desk.save, name="save-view"),
    path("team/", team.show, name="team"),
    path("team/spread/", team.spread, name="spread"),
    path("team/absence/", team.absence, name="absence"),
    path("cover/", cover.cover, name="cover"),
    path("cover/take/", cover.take, name="cover-take"),
    path("figures/", team.own_figures, name="figures"),
    path("next/", views.next_decision, name="next"),
    path("<uuid:decision_id>/", views.detail, name="detail"),
    path("reminders/<uuid:notification_id>/seen/", clocks.seen, name="seen"),
    path("<uuid:decision_id>/question/", asking.question, name="question"),
    path("<uuid:decision_id>/pause/", pausing.pause, name="pause"),
    path("<uuid:decision_id>/oral/", oral.record, name="oral"),
    path("<uuid:decision_id>/view/", first_view.record, name="view"),
    path("<uuid:decision_id>/claim/", views.claim, name="claim"),
    path("<uuid:decision_id>/release/", views.release, name="release"),
]
