from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "certification.audit"
    label = "audit"

    def ready(self) -> None:
        from .append_only import install_guards, lift_guards

        pre_migrate.connect(lift_guards, dispatch_uid="append-only")
        # After every migration, because SQLite drops a table's triggers when it rebuilds the table.
        post_migrate.connect(install_guards, dispatch_uid="append-only")
