"""What follows a case: who is reminded when it lies, and what its assessors learn of its end."""
