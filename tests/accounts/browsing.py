"""A browser against a server that runs as in operation."""

from typing import Any

from django.db import connection
from django.test import Client


class WebClient(Client):
    """Each request runs as the role that owns nothing: what only the owner of the tables could do fails here too."""

    def request(self, **request: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE kntc_app")
            try:
                return super().request(**request)
            finally:
                cursor.execute("RESET ROLE")
