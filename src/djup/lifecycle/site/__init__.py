"""The site: pages, API, calendars, feeds and badges made of product pages."""
