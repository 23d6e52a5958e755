"""Records for the eye: in a terminal, as a page, as a picture."""

from onrecord.view.inputs import holds_records
from onrecord.view.page import to_cell, to_html
from onrecord.view.svg import draw_svg
from onrecord.view.terminal import render_claims, render_record

__all__ = ["draw_svg", "holds_records", "render_claims", "render_record", "to_cell", "to_html"]
