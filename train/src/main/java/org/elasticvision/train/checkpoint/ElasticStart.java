package org.elasticvision.train.checkpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.family.ResNeXt;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Layer;

/**
 * How an Elastic ResNeXt starts from an ordinary one, which has other numbers of blocks in its stages: blocks of the same
 * place are taken over, those that the Elastic network has more of are new, and those that it has fewer of are left out.
 *
 * <p>A new block gets a last BatchNorm of zeros, so that at first it passes on what comes in, as blocks between trained ones
 * should. The branch that an Elastic block runs at half the resolution was trained at the full one: it takes training to
 * make use of it.
 */
final class ElasticStart {
    private static final Pattern BLOCK = Pattern.compile("(layer(\\d+)\\.(\\d+))\\..+");

    /** Blocks per stage of the ordinary ResNeXt-50 and -101. */
    private static final List<List<Integer>> ORDINARY = List.of(List.of(3, 4, 6, 3), List.of(3, 4, 23, 3));

    private final Set<String> added = new HashSet<>();
    private final Set<String> spare = new HashSet<>();

    private ElasticStart() {}

    /** Nothing is new or left out where this is not such a start. */
    static ElasticStart of(StateDict source, Network network) {
        ElasticStart start = new ElasticStart();
        if (network instanceof ResNeXt target
                && target.variant().elastic()
                && ORDINARY.contains(depths(source, target.variant().blocks().size()))) {
            Set<String> has = blocks(source.names());
            Set<String> wants =
                    blocks(network.layers().stream().map(Layer::weight).toList());
            wants.stream().filter(block -> !has.contains(block)).forEach(start.added::add);
            has.stream().filter(block -> !wants.contains(block)).forEach(start.spare::add);
        }
        return start;
    }

    /** Whether a layer of the network is of a block that the checkpoint does not have. */
    boolean isNew(String layer) {
        return block(layer + ".").filter(added::contains).isPresent();
    }

    /** Whether a tensor of the checkpoint is of a block that the network does not have. */
    boolean isSpare(String tensor) {
        return block(tensor).filter(spare::contains).isPresent();
    }

    /** The tensor of a new block's layer that begins as zeros. */
    Optional<String> zero(Layer layer) {
        return layer instanceof BatchNorm2d && layer.name().endsWith(".bn3")
                ? Optional.of(layer.weight())
                : Optional.empty();
    }

    private static Optional<String> block(String name) {
        Matcher matcher = BLOCK.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Set<String> blocks(List<String> names) {
        Set<String> blocks = new HashSet<>();
        names.forEach(name -> block(name).ifPresent(blocks::add));
        return blocks;
    }

    private static List<Integer> depths(StateDict source, int stages) {
        Set<String> blocks = blocks(source.names());
        return IntStream.rangeClosed(1, stages)
                .mapToObj(stage -> (int) blocks.stream()
                        .filter(block -> block.startsWith("layer" + stage + "."))
                        .count())
                .toList();
    }
}
