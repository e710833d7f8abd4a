package org.elasticvision.convert.tensorrt.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.onnx.OnnxView;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.GraphView;
import org.elasticvision.convert.tensorrt.support.inference.CheckedNode;
import org.elasticvision.convert.tensorrt.support.inference.TypeInference;
import org.elasticvision.convert.tensorrt.support.inference.Value;

/**
 * Compares a model with what TensorRT's ONNX parser takes: operator set, operators, types and attributes, and that the operands
 * of each node have one type, as a strongly typed network needs. It needs no TensorRT. What it cannot see in the file, it
 * does not refuse.
 *
 * <pre>{@code
 * SupportCheck.of(Path.of("model.onnx")).lines().forEach(System.out::println);
 * }</pre>
 */
public final class SupportCheck {
    private static final String QUANTIZE = "QuantizeLinear";
    private static final String DEQUANTIZE = "DequantizeLinear";
    private static final String TARGET = "run 'elastic quantize --target tensorrt' on the fp32 model";

    /** Types that come of quantization for CPUs alone. */
    private static final Set<ElementType> OF_CPUS =
            EnumSet.of(ElementType.UINT8, ElementType.INT8, ElementType.INT16, ElementType.UINT16);

    private static final List<ElementType> LOWEST_FIRST = List.of(
            ElementType.FP4, ElementType.INT4, ElementType.FP8, ElementType.INT8, ElementType.FP16, ElementType.BF16);

    private final SupportTable table = SupportTable.PUBLISHED;
    private final OnnxView model;
    private final List<Refusal> refusals = new ArrayList<>();
    /** Those that come of quantization for CPUs. */
    private final Set<Refusal> ofCpus = new LinkedHashSet<>();

    private final Set<String> notes = new LinkedHashSet<>();
    private int operators;
    private int unsigned;

    private SupportCheck(OnnxView model) {
        this.model = model;
    }

    /**
     * Checks an ONNX file of any origin.
     *
     * @param file the file
     * @return what TensorRT would refuse
     * @throws org.elasticvision.runtime.base.ModelException if it is missing, damaged or no ONNX model
     */
    public static SupportReport of(Path file) {
        return of(OnnxView.read(file));
    }

    /**
     * Checks a model.
     *
     * @param model a model that was read
     * @return what TensorRT would refuse
     */
    public static SupportReport of(OnnxView model) {
        return new SupportCheck(model).run();
    }

    private SupportReport run() {
        TypeInference types = TypeInference.of(model.graph());
        if (model.opset() < table.firstOpset() || model.opset() > table.lastOpset()) {
            refuse(
                    "the model",
                    "opset",
                    model.opset() + " is outside of " + table.firstOpset() + " to " + table.lastOpset(),
                    "export it with another one");
        }
        ports("input", model.graph().inputs(), types);
        ports("output", model.graph().outputs(), types);
        check(model.graph(), types);
        summarizeQuantizationForCpus();
        return new SupportReport(
                table.version(), operators, model.opset(), precision(types), refusals, List.copyOf(notes));
    }

    private void ports(String kind, List<GraphView.Port> ports, TypeInference types) {
        for (GraphView.Port port : ports) {
            Optional<ElementType> type = types.value(port.name()).type();
            type.filter(unknown -> !table.types().contains(unknown))
                    .ifPresent(unknown -> refuse(
                            port.name(),
                            kind,
                            "is of the type " + unknown + ", which TensorRT does not have",
                            "export it as another type"));
        }
    }

    private void check(GraphView graph, TypeInference types) {
        Set<String> outputs = graph.outputs().stream().map(GraphView.Port::name).collect(Collectors.toSet());
        for (GraphView.Node node : graph.nodes()) {
            operators++;
            check(new CheckedNode(node, types), outputs);
            node.bodies().forEach(body -> check(body, types.body(body)));
        }
    }

    private void check(CheckedNode checked, Set<String> outputs) {
        GraphView.Node node = checked.node();
        if (model.defines(node)) {
            notes.add(node.operator() + " is a function of the model's own, which is not looked into");
            return;
        }
        if (!node.domain().isEmpty()) {
            refuse(node, "is of the domain " + node.domain() + ", not of ONNX", "export it without such operators");
            return;
        }
        Optional<OperatorSupport> known = table.operator(node.operator());
        if (known.isEmpty() || !known.get().isSupported()) {
            refuse(
                    node,
                    known.isEmpty() ? "is an operator that its table does not have" : "is not supported",
                    node.operator().startsWith("QLinear") || node.operator().endsWith("Integer")
                            ? TARGET
                            : "export the model without it");
            return;
        }
        OperatorSupport support = known.get();
        support.notes().forEach(note -> notes.add(node.name() + ": of a " + node.operator() + " " + note));
        countUnsigned(checked);
        types(checked, support, outputs);
        oneType(checked, support);
        for (Restriction restriction : support.restrictions()) {
            restriction.violation(checked).ifPresent(violation -> {
                Refusal refusal = refuse(node, violation.why(), violation.remedy());
                if (isQuantization(node)) {
                    ofCpus.add(refusal);
                }
            });
        }
    }

    private void types(CheckedNode checked, OperatorSupport support, Set<String> outputs) {
        Set<List<Object>> seen = new HashSet<>(); // one refusal of a type is enough
        for (int index : support.typedInputs(checked)) {
            Value value = checked.input(index);
            if (seen.add(List.of(value.type(), value.port()))) {
                type(checked, support, "input " + index, value.type(), value.port());
            }
        }
        for (int index : support.typedOutputs()) {
            if (checked.hasOutput(index)) {
                boolean port = outputs.contains(checked.node().outputs().get(index));
                type(checked, support, "output " + index, checked.output(index).type(), port);
            }
        }
    }

    /** The type of an input or output of a node; uint8 is for the network's own. */
    private void type(
            CheckedNode checked, OperatorSupport support, String place, Optional<ElementType> known, boolean port) {
        if (known.isEmpty()) {
            return;
        }
        ElementType type = known.get();
        if (type == ElementType.DOUBLE) {
            notes.add("float64 becomes float32");
        }
        boolean inside = type == ElementType.UINT8 && !port;
        if (inside || !support.types().contains(inTensorRt(type))) {
            String why = inside && support.types().contains(type)
                    ? "has " + place + " of the type UINT8, which only inputs and outputs of the network may have"
                    : "has " + place + " of the type " + type + ", which must be " + Words.or(support.types());
            Refusal refusal = refuse(checked.node(), why, "cast it, or export the model in another type");
            if (isQuantization(checked.node()) || OF_CPUS.contains(type)) {
                ofCpus.add(refusal);
            }
        }
    }

    private void oneType(CheckedNode checked, OperatorSupport support) {
        Set<ElementType> found = support.sameInputs(checked).stream()
                .flatMap(index -> checked.input(index).type().stream())
                .map(SupportCheck::inTensorRt)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (found.size() > 1) {
            refuse(
                    checked.node(),
                    "has inputs of the types " + Words.and(found) + ", which a strongly typed network cannot mix",
                    "cast to one of them");
        }
    }

    /** What TensorRT makes of a type: float64 becomes float32. */
    private static ElementType inTensorRt(ElementType type) {
        return type == ElementType.DOUBLE ? ElementType.FP32 : type;
    }

    private static boolean isQuantization(GraphView.Node node) {
        return node.operator().equals(QUANTIZE) || node.operator().equals(DEQUANTIZE);
    }

    /** Counts activations as CPUs like them: uint8, or with a zero point. */
    private void countUnsigned(CheckedNode checked) {
        boolean zero = checked.input(2)
                .numbers()
                .map(numbers -> Restriction.isAll(numbers, 0))
                .orElse(true);
        if (checked.node().operator().equals(QUANTIZE)
                && (!zero || checked.output(0).type().equals(Optional.of(ElementType.UINT8)))) {
            unsigned++;
        }
    }

    /** A model for CPUs is wrong in hundreds of places for one reason. */
    private void summarizeQuantizationForCpus() {
        if (unsigned > 0) {
            refusals.removeAll(ofCpus);
            refuse(
                    "the model",
                    "int8",
                    "is made for CPUs, with UINT8 or zero points in " + unsigned
                            + (unsigned == 1 ? " place" : " places"),
                    TARGET);
        }
    }

    private static String precision(TypeInference types) {
        Set<ElementType> found = types.types().collect(Collectors.toSet());
        return LOWEST_FIRST.stream()
                .filter(found::contains)
                .findFirst()
                .orElse(ElementType.FP32)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private Refusal refuse(GraphView.Node node, String why, String remedy) {
        return refuse(node.name(), node.operator(), why, remedy);
    }

    private Refusal refuse(String node, String operator, String why, String remedy) {
        Refusal refusal = new Refusal(node, operator, why, remedy);
        refusals.add(refusal);
        return refusal;
    }
}
