"""SQL conditions for the guards of the catalogue: does a row belong to a published set?"""

_SET = "standards_standardset s WHERE s.state = 'published' AND s.id ="
IN_PUBLISHED_SET = f"EXISTS (SELECT 1 FROM {_SET} {{row}}.standard_set_id)"
AREA_PUBLISHED = (
    f"EXISTS (SELECT 1 FROM standards_area a, {_SET} a.standard_set_id AND a.id = {{row}}.area_id)"
)
STANDARD_PUBLISHED = (
    f"EXISTS (SELECT 1 FROM standards_standard d, standards_area a, {_SET} a.standard_set_id "
    "AND a.id = d.area_id AND d.id = {row}.standard_id)"
)
CRITERION_PUBLISHED = (
    "EXISTS (SELECT 1 FROM standards_criterion c, standards_standard d, standards_area a, "
    f"{_SET} a.standard_set_id AND a.id = d.area_id AND d.id = c.standard_id "
    "AND c.id = {row}.criterion_id)"
)
