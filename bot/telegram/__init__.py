"""The Telegram process: takes in what residents write, asks the assistant, sends what the outbox holds."""
