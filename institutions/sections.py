"""Where higher layers add to an institution's page: its applications, its certificates."""

from certification.sections import Sections

on_institution = Sections()
