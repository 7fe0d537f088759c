"""Starts the application: `gunicorn wsgi:app`, or `flask --app wsgi …` for its commands."""

import sys

from app import create_app
from app.config import SettingError
from app.council import CouncilFileError

try:
    app = create_app()
except (SettingError, CouncilFileError) as error:
    sys.exit(f"Error: {error}")
