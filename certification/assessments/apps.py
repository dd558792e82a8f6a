from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "certification.assessments"
    label = "assessments"
