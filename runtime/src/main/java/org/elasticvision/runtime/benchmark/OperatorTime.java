package org.elasticvision.runtime.benchmark;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.engine.NodeTime;

/** What all nodes of one operator cost together, in milliseconds a run. */
public record OperatorTime(String operator, int nodes, double milliseconds) {

    /**
     * The most expensive first.
     *
     * @param nodes what each node took
     * @return the operators
     */
    public static List<OperatorTime> of(List<NodeTime> nodes) {
        Map<String, OperatorTime> operators = new LinkedHashMap<>();
        for (NodeTime node : nodes) {
            operators.merge(
                    node.operator(), new OperatorTime(node.operator(), 1, node.milliseconds()), OperatorTime::plus);
        }
        return operators.values().stream()
                .sorted(Comparator.comparingDouble(OperatorTime::milliseconds).reversed())
                .toList();
    }

    private OperatorTime plus(OperatorTime other) {
        return new OperatorTime(operator, nodes + other.nodes, milliseconds + other.milliseconds);
    }
}
