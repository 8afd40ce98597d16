"""Training a stream: the learner, its settings and callbacks, metrics and results, and upgrades."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    checkpointing=['Checkpoint', 'FitState', 'check_fit_state', 'load_callbacks', 'load_run_state', 'named_cbs',
        'run_key', 'run_state'],
    class_names=['all_classes', 'renumbered', 'vocab_of'],
    comparing=['Flips', 'calibration_bins', 'calibration_error', 'class_flips', 'joint_outputs', 'labelled_outputs',
        'plot_calibration', 'right_by_scenario', 'scenario_accuracies'],
    costs=['CostAccount', 'Meter', 'total_costs'],
    evaluation=['ForwardTransfer', 'OwnProbability', 'accuracies', 'all_outputs', 'graded', 'joint_scores',
        'pad_batch', 'right_answers', 'task_confusion', 'test_outputs'],
    guard=['GuardedTask', 'LeakError', 'LeakGuard', 'Watch', 'guarded'],
    kept_statistics=['Featured', 'KeptStats', 'as_validated', 'dl_features', 'measure_kept', 'probe_image', 'probe_of',
        'stats_of'],
    learner=['ContinualLearner'],
    metrics=['average_accuracies', 'average_accuracy', 'average_incremental_accuracy', 'backward_transfer',
        'check_matrix', 'forgetting', 'forward_transfer', 'n_learned', 'plot_curves', 'plot_matrix'],
    old_network=['Adapted', 'OldNetwork', 'as_normalize', 'image_size', 'load_trusted', 'normalize_of'],
    progress=['Bar', 'DivergedError', 'FiniteLoss', 'TaskProgress', 'format_seconds', 'quiet', 'task_line'],
    report_page=['plot_upgrade', 'upgrade_page'],
    results=['Result', 'load_network', 'load_run', 'report', 'save_run', 'scenarios', 'side_by_side', 'text_table',
        'versions'],
    resuming=['FitCheckpoint', 'training_key'],
    settings=['Optim', 'Training', 'as_callbacks', 'as_training', 'compile_modes', 'constant', 'one_cycle',
        'optimizers', 'plain_sgd', 'protocols', 'schedules', 'sgd'],
    stability=['StabilityGap', 'lowest', 'plot_stability', 'stability_gap'],
    stream_measures=['StreamMeasures', 'measures_table', 'recency_bias'],
    task_check=['own_tasks'],
    tracking=['TensorBoard', 'Tracker', 'WandB', 'task_figures'],
    upgrade_method=['ExemplarReplay', 'OldClassKD', 'SyntheticOldImages', 'UpgradeMethod', 'all_class_kd',
        'as_upgrade_method', 'exemplar_replay', 'first_batches', 'method_callbacks', 'synthesize', 'upgrade_methods'],
    upgrade_report=['TestImages', 'UpgradeReport', 'make_report'],
    upgrade_statistics=['SuccessorStats', 'altered', 'answer_by', 'exemplar_features', 'find_kept', 'in_order',
        'shrinkage', 'source_said', 'spread_images', 'statistics_source'],
    upgrading=['OldClasses', 'Preparation', 'UpgradeData', 'new_learner', 'train_with', 'upgrade', 'upgrade_training'],
))
