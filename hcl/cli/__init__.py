"""The commands `hcl_run`, `hcl_grid`, `hcl_report`, `hcl_results` and `hcl_upgrade`."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    beside=['Beside'],
    common=['Terminated', 'call', 'comma_separated', 'complain', 'hide_import_warnings', 'one_line'],
    entry=['EndAtOnce', 'console_grid', 'console_report', 'console_results', 'console_run', 'console_upgrade',
        'end_at_once'],
    grid=['hcl_grid', 'hcl_report', 'main_grid', 'main_report', 'make_jobs'],
    options=['check_settings', 'describe', 'method_args', 'read_settings', 'typed'],
    results=['hcl_results', 'main_results'],
    run=['checkpoint_name', 'claim_folder', 'hcl_run', 'hold_folder', 'lock_name', 'main', 'make_method',
        'make_stream', 'make_training'],
    upgrade=['check_options', 'class_of', 'common_size', 'hcl_upgrade', 'image_dls', 'main_upgrade'],
))
