package org.elasticvision.convert.tensorrt.support;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.tensorrt.support.inference.TableLines;

/** What the ONNX parser of a version of TensorRT takes, as published. */
public final class SupportTable {
    private static final String FILE = "tensorrt-10.15.tsv";

    /** The table that comes with this program. */
    public static final SupportTable PUBLISHED = read();

    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, OperatorSupport> operators = new HashMap<>();
    private final Set<ElementType> types = EnumSet.noneOf(ElementType.class);

    private SupportTable() {}

    private static SupportTable read() {
        SupportTable table = new SupportTable();
        TableLines.of(SupportTable.class, FILE).forEach(table::add);
        Stream.of(table.settings.get("types").split(" ", -1))
                .map(ElementType::valueOf)
                .forEach(table.types::add);
        return table;
    }

    private void add(String line) {
        if (line.startsWith("@")) {
            List<String> setting = List.of(line.substring(1).split("\t", -1));
            settings.put(setting.get(0), setting.get(1));
        } else {
            OperatorSupport operator = OperatorSupport.parse(line);
            operators.put(operator.operator(), operator);
        }
    }

    /** The version of TensorRT. */
    String version() {
        return settings.get("version");
    }

    int firstOpset() {
        return opset(0);
    }

    int lastOpset() {
        return opset(1);
    }

    private int opset(int index) {
        return Integer.parseInt(settings.get("opsets").split(" ", -1)[index]);
    }

    /** The types that tensors may have at all. */
    Set<ElementType> types() {
        return types;
    }

    /** What is said of an operator of ONNX; empty where nothing is. */
    Optional<OperatorSupport> operator(String name) {
        return Optional.ofNullable(operators.get(name));
    }

    /** The names of the operators that are spoken of. */
    public Set<String> operators() {
        return operators.keySet();
    }
}
