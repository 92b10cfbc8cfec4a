"""How the site speaks to other programs: feeds, calendars, site maps."""
