"""The workbench: officials put a working version right, paragraph by paragraph, before it is published.

Each verb is a file: `correct`, `recast`, `split`, `merge`, `move`, `drop`, `add`. All of them go
through `steps`, which changes the rows and keeps what undoing and redoing need.
"""

from pyramid.config import Configurator

from consult.drafts.find import document, paragraph


def includeme(config: Configurator) -> None:
    base = "/officials/consultations/{slug}/{document}/workbench"
    config.add_route("workbench", base, factory=document)
    config.add_route("workbench_steps", base + "/steps", factory=document)
    config.add_route("workbench_findings", base + "/findings", factory=document)
    config.add_route("workbench_paragraph", base + "/{key}", factory=paragraph)
    config.add_route("workbench_add", base + "/{key}/add", factory=paragraph)
    config.add_form_page("workbench_steps", "workbench")
    config.add_form_page("workbench_findings", "workbench")
    config.add_form_page("workbench_paragraph", "workbench", edit="key")
    config.add_form_page("workbench_add", "workbench", add="key")
    config.scan("consult.workbench")
