"""What is due to be reminded of and what stands in its way: the run, pauses and disputes, schedules."""
