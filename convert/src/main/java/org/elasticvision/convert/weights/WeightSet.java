package org.elasticvision.convert.weights;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.StateDictForm;

/**
 * Tensors of a checkpoint that may be those of one network, under the names of the zoo as far as they are known.
 *
 * @param entry where in the file they are: its keys joined with dots, such as {@code state_dict}; empty for the file itself
 * @param prefix what their names in the entry have in common, without the dot at its end; empty for none
 * @param names what the file calls the tensors, without the prefix
 * @param tensors under the zoo's names, those that the zoo has in parts cut into them
 * @param form in which the file holds them
 * @param beside names in the same entry that are passed over: what other tools leave there, and what has another prefix
 */
public record WeightSet(
        String entry, String prefix, List<String> names, StateDict tensors, StateDictForm form, List<String> beside) {
    private static final Pattern AVERAGE =
            Pattern.compile("(?<![A-Za-z])(?i:ema|swa|avg|averaged?|shadow)(?![A-Za-z])|[a-z](EMA|Ema|Swa|SWA)");

    public WeightSet {
        names = List.copyOf(names);
        beside = List.copyOf(beside);
    }

    /** {@return entry and prefix in one, such as {@code state_dict.module}} */
    public String place() {
        return entry.isEmpty() || prefix.isEmpty() ? entry + prefix : entry + "." + prefix;
    }

    /**
     * {@return how many of the file's tensors a network has by name} A tensor that is cut into parts counts once, so that the
     * forms of one file compare.
     *
     * @param unexpected those of {@link #tensors} that the network does not have
     */
    public int known(Collection<String> unexpected) {
        Set<String> unknown = Set.copyOf(unexpected);
        return Math.toIntExact(names.stream()
                .filter(name -> form.pieces(name).stream().noneMatch(piece -> unknown.contains(piece.name())))
                .count());
    }

    /**
     * {@return whether it is a part of another set of the same entry}
     *
     * @param other the wider set
     */
    public boolean isPartOf(WeightSet other) {
        return entry.equals(other.entry)
                && !prefix.equals(other.prefix)
                && (other.prefix.isEmpty() || prefix.startsWith(other.prefix + "."));
    }

    /** {@return whether its place says that it is an average over a training, such as {@code state_dict_ema}} */
    public boolean isAverage() {
        return AVERAGE.matcher(place()).find();
    }

    /**
     * {@return whether a checkpoint's tensor is what a network needs} A step counter may be one number in any shape: some
     * tools save scalars as lists of one.
     *
     * @param tensor of the checkpoint
     * @param needed by the network
     */
    public static boolean fits(CheckpointTensor tensor, TensorSpec needed) {
        return needed.role() == TensorSpec.Role.NUM_BATCHES_TRACKED
                ? tensor.elementCount() == 1 && !tensor.dtype().isComplex()
                : tensor.shape().equals(needed.shape());
    }

    /** Whether it is what a path means, or inside of it. */
    boolean isUnder(String path) {
        return place().equals(path) || place().startsWith(path + ".");
    }
}
