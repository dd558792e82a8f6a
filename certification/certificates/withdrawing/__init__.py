"""How a certificate is taken away: charges in writing, the reply, the decision, the appeal."""
