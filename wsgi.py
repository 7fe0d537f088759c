"""Starts the application: `gunicorn wsgi:app`, or `flask --app wsgi …` for its commands."""

from app import create_app

app = create_app()
