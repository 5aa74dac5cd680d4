from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0003_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='extra',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='what it tells beside its meetings'),
        ),
    ]
