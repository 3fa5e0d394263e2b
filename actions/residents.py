"""temporary"""
def answer_latest(dispatcher, tracker):
    dispatcher.utter_message(text="tijdelijk"); return []
def stop_updates(dispatcher, tracker):
    dispatcher.utter_message(text="tijdelijk"); return []
