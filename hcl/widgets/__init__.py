"""Interactive views for notebooks: stream builder, dashboard, explorers."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    base=['TwoViews', 'WidgetBase', 'button', 'figure', 'has_kernel', 'png', 'stack', 'text_and_picture',
        'training_lock'],
    builder=['ArchGrid', 'StreamBuilder', 'black_images', 'call_text', 'image_shapes'],
    dashboard=['Dashboard'],
    gate=['Gate'],
    qdi_explorer=['QDIExplorer', 'montage', 'play_slider'],
    results_explorer=['ResultsExplorer'],
    stopwatch=['Stopwatch', 'duration'],
    watch=['StopTraining', 'WatchTraining', 'loss_curve'],
))
