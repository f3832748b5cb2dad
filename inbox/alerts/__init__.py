"""Alerts: telling whoever is on watch what cannot wait: rules, channels, and the alarm between them."""
