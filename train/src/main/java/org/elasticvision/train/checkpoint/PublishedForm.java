package org.elasticvision.train.checkpoint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.tensor.OrderedDict;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;

/**
 * A training run in the keys that the published scripts save ({@code classify.py}): {@code epoch}, {@code arch}, {@code
 * state_dict} with the prefix of DataParallel, {@code best_err1} and {@code optimizer} in the form of {@code
 * state_dict()} of PyTorch's optimizers; and one entry of our own, in which {@value #PARAMETERS} names the parameters
 * that the optimiser only numbers.
 */
final class PublishedForm {
    static final String PREFIX = "module.";
    static final String EPOCH = "epoch";
    static final String ARCHITECTURE = "arch";
    static final String STATE_DICT = "state_dict";
    /** As timm calls it. */
    static final String AVERAGE = "state_dict_ema";

    static final String BEST_ERROR = "best_err1";
    static final String OPTIMIZER = "optimizer";
    static final String STATE = "state";
    static final String GROUPS = "param_groups";
    static final String PARAMETERS = "parameters";
    static final String TRAINING = "training";

    private PublishedForm() {}

    static Map<String, Object> of(TrainingSummary summary, TrainingState state) {
        List<String> parameters = parameters(state);
        Map<String, Object> stateDict = new LinkedHashMap<>();
        state.names().forEach(name -> stateDict.put(PREFIX + name, state.tensor(name)));
        Map<String, Object> entry = summary.model().toValues();
        entry.put(PARAMETERS, parameters);
        entry.put(TRAINING, summary.training());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put(EPOCH, summary.epoch());
        root.put(ARCHITECTURE, summary.architecture().id());
        root.put(STATE_DICT, new OrderedDict(stateDict));
        Map<String, Object> average = new LinkedHashMap<>();
        state.names().forEach(name -> state.average(name).ifPresent(tensor -> average.put(PREFIX + name, tensor)));
        if (!average.isEmpty()) {
            root.put(AVERAGE, new OrderedDict(average));
        }
        root.put(BEST_ERROR, summary.bestError());
        root.put(OPTIMIZER, optimizer(state, parameters));
        root.put(ModelEntry.KEY, entry);
        return root;
    }

    /** The parameters of all groups: their places are their numbers. */
    private static List<String> parameters(TrainingState state) {
        List<String> parameters =
                state.groups().stream().flatMap(group -> group.names().stream()).toList();
        Set<String> known = Set.copyOf(state.names());
        Set<String> seen = new HashSet<>();
        for (String name : parameters) {
            if (!known.contains(name) || !seen.add(name)) {
                throw new IllegalArgumentException("parameter " + name + " of the optimiser is "
                        + (known.contains(name) ? "in two groups" : "not in the state dict"));
            }
        }
        return parameters;
    }

    private static Map<String, Object> optimizer(TrainingState state, List<String> parameters) {
        Map<Long, Object> states = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Map<String, SavedTensor> entries = state.optimizerState(parameters.get(i));
            if (!entries.isEmpty()) {
                states.put((long) i, entries);
            }
        }
        List<Object> groups = new ArrayList<>();
        long next = 0;
        for (SavedParameterGroup group : state.groups()) {
            List<Object> indices = new ArrayList<>();
            for (int i = 0; i < group.names().size(); i++) {
                indices.add(next++);
            }
            groups.add(SavedGroups.values(state.optimizer(), group, indices));
        }
        Map<String, Object> optimizer = new LinkedHashMap<>();
        optimizer.put(STATE, states);
        optimizer.put(GROUPS, groups);
        return optimizer;
    }
}
