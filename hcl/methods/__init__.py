"""Methods of continual learning, made of fastai callbacks, found by name."""

# Made by .ci/rooms.py from the modules: do not edit.
import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach(__name__, submod_attrs=dict(
    all_networks=['AllNetworks', 'OwnClasses'],
    buffer=['Buffer'],
    callbacks=['CostCounter', 'ExtraBatch', 'Resumable', 'StreamEvents', 'TaskCallback', 'cost_kinds'],
    carrying=['CarriedStatistics', 'KeptStatistics', 'Readouts', 'check_owners', 'common_heads', 'current_map',
        'extra_pairs', 'feature_batches', 'learn_map', 'map_images', 'map_kinds', 'measure', 'other_images', 'owners',
        'past_labels_of', 'past_statistics', 'recalled', 'statistics_kinds', 'true_statistics', 'with_covariance'],
    class_statistics=['ClassStats', 'FeatureSums', 'checked_features', 'class_stats', 'covariances', 'feature_sums',
        'statistics_bytes'],
    feature_map=['FeatureMap', 'cholesky', 'choose_ridge', 'fit_map', 'fit_with_heads', 'held_out_r2', 'identity_map',
        'needs_kinds', 'pair_sums', 'perturbations', 'perturbed', 'residual', 'ridges', 'same_features',
        'shuffle_tiles'],
    features=['FeatureStats', 'channel_dim', 'feature_layers', 'hooked', 'measure_features', 'moments'],
    frozen_features=['FrozenFeatures'],
    icarl=['Exemplars', 'Herded', 'ICaRL', 'NearestMean', 'herd', 'nearest_mean'],
    inversion=['Descent', 'Synthetic', 'check_inputs', 'check_settings', 'inversion_presets', 'invert', 'inverted',
        'learning_rates', 'objective', 'past_labels', 'target_loss', 'terms', 'total_variation', 'warm_cosine'],
    inversion_check=['adversarial_noise', 'controls', 'inversion_table', 'inverted_shares', 'least_inverted', 'rms',
        'warn_unless_inverted'],
    losses=['AmongClasses', 'PlainCE', 'kd_loss', 'over_all', 'smooth_ce'],
    quick_inversion=['answers_of', 'deep_inversion', 'nearest', 'plot_gallery', 'plot_history', 'qdi'],
    readouts=['GaussianReadout', 'LinearReadout', 'among_all', 'covariance_for', 'create_readout', 'of_network',
        'readout_covariances', 'shrunk', 'unseen_score', 'write_head'],
    registry=['Joint', 'Method', 'create_method', 'create_readouts', 'di_replay', 'distillation', 'ensemble',
        'finetune', 'frozen', 'joint', 'kd', 'kd_buffer', 'kd_terms', 'list_methods', 'list_readouts',
        'method_registry', 'method_settings', 'own_readout', 'qdi_replay', 'readout_settings', 'readout_variants',
        'register_method', 'split_readouts', 'stream_alpha', 'synthetic_replay', 'synthetic_terms', 'with_buffer'],
    regularisation=['Anchored', 'EWC', 'LwF', 'OneArchitecture', 'PathIntegral', 'SI', 'fisher', 'weights'],
    replay=['AGEM', 'DERpp', 'ER', 'ERACE', 'KDBuffer', 'Replay', 'outputs_of', 'project'],
    synthetic=['DI', 'KeptImages', 'QDI', 'SyntheticImages', 'SyntheticReplay', 'stream_preset'],
    teacher=['CheckedTerm', 'Distillation', 'KD', 'KnowsClasses', 'Teacher', 'WithTeacher', 'checked_new'],
    weight_aligning=['WeightAligning', 'align_weights'],
))
