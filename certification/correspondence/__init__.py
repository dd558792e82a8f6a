"""What the institution and the CAL office write to each other about a case."""
