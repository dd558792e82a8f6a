"""Where higher layers add to the pages of institutions and of evidence."""

from certification.sections import Sections

on_institution = Sections()  # its applications, its certificates
on_evidence = Sections()  # where it is used
on_person = Sections()  # what an assessor can take; also on the person's own account
