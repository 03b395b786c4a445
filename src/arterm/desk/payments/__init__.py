"""Money that came or is credited: booked, allocated, moved, given back; offers it settles."""
