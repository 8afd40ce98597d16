"""Foundations: errors, files, devices, precision, processes, and the fast fastai learner."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    checkpoints=['has_checkpoint', 'has_seal', 'last_checkpoint', 'random_state', 'read_checkpoint', 'read_sealed',
        'remove_checkpoint', 'save_checkpoint', 'save_sealed', 'set_random_state'],
    devices=['choose_device', 'device_name', 'fast_math', 'keep_memory', 'peak_memory', 'small_step', 'step_threads'],
    distributed=['DataParallel', 'all_reduce_mean', 'broadcast_object', 'connect', 'disconnect', 'is_first',
        'local_batch_size', 'local_shard', 'sync_weights', 'world_size'],
    errors=['HclError', 'check_types', 'enough_memory', 'in_range', 'lacks_memory', 'one_of', 'shown'],
    fast_learner=['DeviceLoss', 'DeviceRecorder', 'EventPlan', 'FastLearner', 'batch_events'],
    files=['cache_dir', 'encodable', 'hold', 'remove_leftovers', 'save_atomic', 'user_path'],
    modules=['evaluating', 'fingerprint', 'forward_flops', 'n_params'],
    precision=['autocast', 'best_precision', 'has_bf16', 'precisions', 'to_channels_last'],
    registry=['Registry'],
    self_contained=['html_page', 'html_table', 'inline_picture', 'plot_label', 'save_text'],
    testing=['file_changes', 'kill_at', 'kill_at_change', 'replaced_module'],
))
