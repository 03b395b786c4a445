"""Reminders on screen: pauses, disputes, schedules, rates."""
