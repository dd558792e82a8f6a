"""Reading a file of institutions into rows, and one of employees into lines.

What is done with them: services/importing and services/employees.py.
"""

from institutions.import_files.people import read_people
from institutions.import_files.reading import read_file, read_table
from institutions.import_files.rows import Reading, Row, UnreadableFile
from institutions.import_files.yaml_list import read_yaml

__all__ = [
    "Reading",
    "Row",
    "UnreadableFile",
    "read_file",
    "read_people",
    "read_table",
    "read_yaml",
]
