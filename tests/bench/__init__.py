"""`make bench`: this project beside the stock `rasa init` pipeline. Measured on demand, not part of the tests."""
