"""The domain: items, triage, actions, outbox, situations, templates, the engine, the store and the desk."""
