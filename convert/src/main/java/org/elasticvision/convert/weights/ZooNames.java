package org.elasticvision.convert.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.StateDict;

/**
 * Brings the tensors of other people's networks under the zoo's names, and into its parts.
 *
 * <p>A block of an ordinary ResNeXt is one bottleneck of 32 groups. Ours are two of 16 side by side, whose outputs are summed
 * before {@code bn3}. With the first half of the channels in the one and the second half in the other they compute the same:
 * no group sees another's channels, and the last 1×1 convolution is a sum over channels.
 */
final class ZooNames {
    private static final String LEGACY_STEM = "layer0.";
    private static final int CONV3_INPUTS = 1;
    private static final Pattern IN_BRANCH = Pattern.compile("(layer\\d+\\.\\d+\\.)(conv1|bn1|conv2|bn2|conv3)(\\..+)");

    /** What is replaced in names, and by what. */
    private record Rule(Pattern pattern, String replacement) {
        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("^layer0\\.", ""),
            new Rule("^last_linear\\.", "fc."),
            new Rule("^(layer\\d+\\.\\d+)\\.se(?:_module)?\\.fc([12])\\.", "$1.selayer.conv$2."),
            // torchvision's DenseNet, also with the dots that its released files have in names.
            new Rule("^features\\.norm5\\.", "features.norm_final."),
            new Rule("^(features\\.denseblock\\d+\\.denselayer\\d+\\.(?:norm|conv))\\.([12])\\.", "$1$2."));

    /** Tensors under the zoo's names, and the form that they had. */
    record Translated(StateDict tensors, Form form) {}

    private ZooNames() {}

    static Translated translate(StateDict source) {
        Map<String, CheckpointTensor> named = new LinkedHashMap<>();
        boolean legacy = source.contains(LEGACY_STEM + "conv1.weight");
        boolean split = isOrdinary(source, legacy ? LEGACY_STEM : "");
        for (CheckpointTensor tensor : source) {
            String name = tensor.name();
            for (Rule rule : RULES) {
                name = rule.pattern.matcher(name).replaceFirst(rule.replacement);
            }
            Matcher branch = IN_BRANCH.matcher(name);
            if (split && branch.matches()) {
                split(named, tensor, branch);
            } else {
                named.put(name, tensor);
            }
        }
        Form form = !split ? Form.ZOO : legacy ? Form.ORDINARY_UNPADDED : Form.ORDINARY;
        return new Translated(source.with(named), form);
    }

    /** Bottlenecks, the branch {@code _d} of which is nowhere. */
    private static boolean isOrdinary(StateDict source, String stem) {
        return source.contains(stem + "conv1.weight")
                && source.contains("layer1.0.conv3.weight")
                && source.names().stream().noneMatch(name -> name.contains("_d."));
    }

    private static void split(Map<String, CheckpointTensor> named, CheckpointTensor tensor, Matcher name) {
        String part = name.group(2);
        int dimension = part.equals("conv3") ? CONV3_INPUTS : 0;
        String high = name.group(1) + part + name.group(3);
        String low = name.group(1) + part + "_d" + name.group(3);
        boolean whole = tensor.shape().size() <= dimension || tensor.elementCount() == 1;
        long size = whole ? 0 : tensor.shape().get(dimension);
        // What cannot be halved, such as a step counter, belongs to both; if it is a weight, it will not fit.
        named.put(high, whole ? tensor : tensor.narrow(dimension, 0, size / 2));
        named.put(low, whole ? tensor : tensor.narrow(dimension, size / 2, size - size / 2));
    }
}
