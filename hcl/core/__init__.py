"""Foundations: errors, files, devices, precision, processes, and the fast fastai learner."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    checkpoints=['last_checkpoint', 'random_state', 'read_checkpoint', 'remove_checkpoint', 'save_checkpoint',
        'set_random_state'],
    devices=['device_name', 'fast_math', 'find_device', 'keep_memory', 'peak_memory', 'small_step', 'step_threads'],
    distributed=['DataParallel', 'all_reduce_mean', 'broadcast_object', 'connect', 'disconnect', 'is_first',
        'local_batch_size', 'local_shard', 'sync_weights', 'world_size'],
    errors=['HclError', 'in_range', 'one_of'],
    fast_learner=['DeviceLoss', 'DeviceRecorder', 'EventPlan', 'FastLearner', 'batch_events'],
    files=['cache_dir', 'save_atomic'],
    modules=['evaluating', 'fingerprint', 'forward_flops', 'n_params'],
    precision=['autocast', 'best_precision', 'has_bf16', 'precisions', 'to_channels_last'],
    registry=['Registry'],
    testing=['kill_at'],
))
