"""Images, streams of tasks, augmentation and loaders."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    augment=['Augment', 'ColorJitter', 'brightness', 'contrast', 'gray', 'hue', 'random_crop', 'random_flip',
        'saturation', 'window'],
    benchmarks=['benchmark', 'classes_per_task', 'find_images', 'first_archs', 'presets', 'spread'],
    datasets=['cached', 'image_suffixes', 'list_folder', 'load_cifar', 'load_digits', 'load_folder', 'load_images',
        'load_tiny_imagenet', 'load_tiny_imagenet100', 'tiny_imagenet'],
    fastai_images=['RGBImage'],
    images=['Images', 'check_size', 'decode', 'decode_all', 'max_size', 'modes', 'pick', 'sha256_of', 'to_rgb'],
    loaders=['Normalization', 'NormalizeBatch', 'TensorDL', 'TensorSet', 'augment_tfms', 'augmentations',
        'free_memory', 'place', 'task_dls'],
    streams=['Stream', 'Task', 'class_groups', 'hold_out', 'join_tasks', 'mean_and_deviation', 'split_tasks'],
    toy=['tiny_conv', 'tiny_mlp', 'toy_images', 'toy_settings', 'toy_stream'],
    toy_folder=['color_folder', 'folder_dls', 'toy_colors'],
))
