package org.elasticvision.convert.tensorrt.support;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.tensorrt.support.inference.CheckedNode;

/**
 * A line of the table: what TensorRT takes of an operator.
 *
 * @param types that it takes; none if it does not have the operator
 * @param typedInputs which inputs the types are about
 * @param typedOutputs which outputs they are about, too
 * @param sameInputs which inputs must have one type
 * @param allSame whether all inputs must
 * @param notes what cannot be seen in a file
 */
record OperatorSupport(
        String operator,
        Set<ElementType> types,
        List<Integer> typedInputs,
        List<Integer> typedOutputs,
        List<Integer> sameInputs,
        boolean allSame,
        List<Restriction> restrictions,
        List<String> notes) {

    /** Whether TensorRT has the operator. */
    boolean isSupported() {
        return !types.isEmpty();
    }

    /** The inputs of a node that its types are about. */
    List<Integer> typedInputs(CheckedNode node) {
        return allSame ? sameInputs(node) : typedInputs;
    }

    /** The inputs of a node that must have one type. */
    List<Integer> sameInputs(CheckedNode node) {
        return allSame ? IntStream.range(0, node.node().inputs().size()).boxed().toList() : sameInputs;
    }

    /** Reads a line: name, types, restrictions, between tabs. */
    static OperatorSupport parse(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        Set<ElementType> types = EnumSet.noneOf(ElementType.class);
        if (!fields.get(1).equals("-")) {
            words(fields.get(1)).forEach(word -> types.add(ElementType.valueOf(word)));
        }
        List<Integer> typedInputs = new ArrayList<>(List.of(0));
        List<Integer> typedOutputs = new ArrayList<>();
        List<Integer> same = new ArrayList<>();
        boolean allSame = false;
        List<Restriction> restrictions = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String text : fields.size() > 2 ? fields.get(2).split("; ", -1) : new String[0]) {
            List<String> words = words(text);
            List<String> operands = words.subList(1, words.size());
            if (text.equals("same all")) {
                allSame = true;
            } else if (text.equals("types none")) {
                typedInputs.clear();
            } else if (words.get(0).equals("same")) {
                operands.forEach(word -> same.add(Integer.valueOf(word)));
                typedInputs.clear();
                typedInputs.addAll(same);
            } else if (words.get(0).equals("types")) {
                boolean output = operands.get(0).equals("output");
                if (!output) {
                    typedInputs.clear();
                }
                (output ? typedOutputs : typedInputs).add(Integer.valueOf(operands.get(1)));
            } else if (words.get(0).equals("note")) {
                notes.add(String.join(" ", operands));
            } else {
                restrictions.add(Restriction.parse(words));
            }
        }
        return new OperatorSupport(fields.get(0), types, typedInputs, typedOutputs, same, allSame, restrictions, notes);
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).toList();
    }
}
