"""Small files that a customer might upload, made here: no personal data and nothing binary in the repository."""

import io

from PIL import Image

# The smallest document that a PDF reader opens: one empty page.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def sample_file(word: str) -> tuple[str, bytes, str]:
    """(file name, content, MIME type) of a small picture named after `word`, or of a PDF when it ends in pdf."""
    if word.endswith("pdf"):
        return f"{word.removesuffix('pdf').rstrip('._') or 'document'}.pdf", PDF, "application/pdf"
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), (90, 140, 200)).save(buffer, "JPEG")
    return f"{word}.jpg", buffer.getvalue(), "image/jpeg"
