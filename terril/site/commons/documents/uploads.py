"""Receive files: the whole request has an end, and a name cannot break the disk."""

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from terril.site.commons.documents.names import clean_name

FILES_A_REQUEST = 5


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Write files on disk as they come; stop when a request never ends."""

    received = 0

    def new_file(  # noqa: PLR0913, PLR0917 -- the shape Django calls
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        super().new_file(
            field_name,
            clean_name(file_name),
            content_type,
            content_length,
            charset,
            content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > FILES_A_REQUEST * settings.DOCUMENT_MAX_BYTES:
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)
