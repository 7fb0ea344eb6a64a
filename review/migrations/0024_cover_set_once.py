"""A cover that stands is set once, however often its form is sent."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_office_zone"),
        ("review", "0023_rights_of_cover"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="cover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("office", "person", "starts", "ends"),
                name="cover_is_set_once",
            ),
        ),
    ]
