from django.urls import path

from . import views

urlpatterns = [
    path("<int:year>/", views.yearly_report, name="yearly_report"),
    path("<int:year>.pdf", views.yearly_pdf, name="yearly_pdf"),
    path("<int:year>.csv", views.yearly_csv, name="yearly_csv"),
    path("<int:year>.xlsx", views.yearly_xlsx, name="yearly_xlsx"),
]
