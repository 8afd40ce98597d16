"""Architectures: the networks of the benchmarks, and any other by its name."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    layers=['DenseLayer', 'Inception', 'Residual', 'SEBlock', 'basic_block', 'bottleneck', 'conv', 'conv_bn',
        'conv_bn_relu', 'make_body', 'scale_channels', 'se_gate'],
    nets=['AlexNet', 'DenseNet121', 'GoogLeNet', 'LeNet', 'Net', 'RegNetX200MF', 'ResNeXt29', 'ResNet18', 'SENet18',
        'VGG16', 'he_init', 'inception_blocks'],
    pretrained=['pretrained_timm', 'pretrained_torchvision', 'published_head', 'read_weights', 'renamed_weights',
        'with_outputs'],
    pretrained_arch=['Pretrained', 'Resized', 'to_size'],
    zoo=['Headed', 'arch_name', 'check_arch', 'check_end', 'check_kind', 'check_memory', 'create_model', 'find_head',
        'find_maker', 'flops', 'list_models', 'meta_model', 'model_registry', 'model_sources', 'plot_zoo',
        'register_model', 'renew_outputs', 'split_width', 'with_head', 'zoo_table'],
))
