"""Word documents (.docx; ISO/IEC 29500, both its transitional and its strict form)."""
