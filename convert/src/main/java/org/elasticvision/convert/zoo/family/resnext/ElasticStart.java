package org.elasticvision.convert.zoo.family.resnext;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.network.PartialStart;

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
    private static final String LAST_NORM = ".bn3";

    /** Blocks per stage of the ordinary ResNeXt-50 and -101. */
    private static final List<List<Integer>> ORDINARY = List.of(List.of(3, 4, 6, 3), List.of(3, 4, 23, 3));

    private ElasticStart() {}

    /** Nothing is new or left out where this is not such a start. */
    static PartialStart of(Set<String> source, ResNeXt target) {
        if (!target.variant().elastic()
                || !ORDINARY.contains(depths(source, target.variant().blocks().size()))) {
            return PartialStart.NONE;
        }
        Set<String> has = blocks(source);
        Set<String> wants = blocks(target.layers().stream().map(Layer::weight).toList());
        List<Layer> added = target.layers().stream()
                .filter(layer -> isIn(layer.weight(), wants) && !isIn(layer.weight(), has))
                .toList();
        return new PartialStart(
                added.stream().map(Layer::name).collect(Collectors.toSet()),
                source.stream()
                        .filter(name -> isIn(name, has) && !isIn(name, wants))
                        .collect(Collectors.toSet()),
                added.stream()
                        .filter(layer ->
                                layer instanceof BatchNorm2d && layer.name().endsWith(LAST_NORM))
                        .map(Layer::weight)
                        .collect(Collectors.toSet()));
    }

    private static boolean isIn(String tensor, Set<String> blocks) {
        Matcher matcher = BLOCK.matcher(tensor);
        return matcher.matches() && blocks.contains(matcher.group(1));
    }

    private static Set<String> blocks(Collection<String> tensors) {
        Set<String> blocks = new HashSet<>();
        for (String name : tensors) {
            Matcher matcher = BLOCK.matcher(name);
            if (matcher.matches()) {
                blocks.add(matcher.group(1));
            }
        }
        return blocks;
    }

    private static List<Integer> depths(Set<String> source, int stages) {
        Set<String> blocks = blocks(source);
        return IntStream.rangeClosed(1, stages)
                .mapToObj(stage -> (int) blocks.stream()
                        .filter(block -> block.startsWith("layer" + stage + "."))
                        .count())
                .toList();
    }
}
