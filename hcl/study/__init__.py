"""Studies and grids of runs: jobs, the store and the table of their results, statistics and plots."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    additions=['add_runs', 'changed_figures', 'stated_figures'],
    commands=['run_command'],
    design=['Study'],
    jobs=['Job', 'check_grid', 'grid', 'job_name'],
    pages=['page_verdicts', 'plot_mean_matrices', 'results_page', 'run_page'],
    plan=['Claim', 'Plan', 'Row', 'kept_bytes', 'markdown_table', 'read_plan'],
    plots=['plot_bars', 'plot_learning', 'plot_methods'],
    power=['pooled_sd', 'power_of', 'seeds_needed'],
    published=['Published', 'different_settings', 'ledger', 'read_published', 'reproduction'],
    statistics=['check_seeds', 'holm', 'interval', 'paired_test', 'summary', 'task_accuracies', 'verdicts'],
    store=['engines', 'is_done', 'load_runs', 'results', 'run_grid', 'run_job', 'seal'],
    table=['Matrices', 'as_frame', 'chosen_records', 'class_order', 'explanation', 'figure_columns', 'figures',
        'label_run', 'matrix_text', 'parse_matrix', 'portable', 'read_table', 'readout_labels', 'run_records',
        'table_faults', 'write_table'],
))
