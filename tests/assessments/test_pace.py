import pytest

from certification.assessments.pace import Pace, duration


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (25, "25 min"), (60, "1 godz."), (70, "1 godz. 10 min"), (600, "10 godz.")],
)
def test_minutes_in_words(minutes, said):
    assert duration(minutes) == said


@pytest.mark.parametrize(
    ("seconds", "done", "total", "spent", "left"),
    [
        (0, 0, 54, "", ""),
        (59, 5, 54, "", ""),
        (120, 2, 54, "2 min", ""),  # too few to say how long the rest takes
        (5400, 27, 54, "1 godz. 30 min", "1 godz. 30 min"),
        (7200, 54, 54, "2 godz.", ""),
        (60, 53, 54, "1 min", "5 min"),
    ],
)
def test_what_is_left_goes_by_what_it_took(seconds, done, total, spent, left):
    pace = Pace(seconds, done, total)
    assert (pace.spent, pace.left) == (spent, left)
