"""E-mail on its way: written with the verb it tells of, sent once that is committed."""
