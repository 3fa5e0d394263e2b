"""The way between our processes and Rasa: the input channel inside Rasa, and its client."""
