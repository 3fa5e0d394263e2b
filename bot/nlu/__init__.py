"""Rasa graph components: how Rasa comes to understand Dutch. Only this package and bot.channels import rasa."""
