"""Dialogs: calm sentences, nothing lost when they are closed."""
