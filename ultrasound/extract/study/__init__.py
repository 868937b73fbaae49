"""Facts of the study beside its findings: whose exam it is, why, how, and how far."""
