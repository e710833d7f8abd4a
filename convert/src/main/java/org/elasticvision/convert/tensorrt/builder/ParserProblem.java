package org.elasticvision.convert.tensorrt.builder;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.base.ModelException;

/**
 * What TensorRT's ONNX parser has against a model.
 *
 * @param description in the parser's words
 * @param node the number of the node in the graph, from 0; negative where it is about none
 * @param name of the node; may be empty
 * @param operator of the node; may be empty
 */
record ParserProblem(String description, int node, String name, String operator) {

    /** The first problem, which the others mostly follow from, and how many there are. */
    static ModelException refusal(Path file, List<ParserProblem> problems, List<String> logged) {
        StringBuilder message = new StringBuilder(file + ": TensorRT's parser refuses ");
        if (problems.isEmpty()) {
            message.append("it (").append(BuildFailure.reasons(logged)).append(')');
        } else {
            message.append(problems.get(0).text());
            if (problems.size() > 1) {
                message.append(", and ").append(problems.size() - 1).append(" more");
            }
        }
        return new ModelException(
                message + "; convert the checkpoint again with this version, and report it if that" + " does not help");
    }

    private String text() {
        String where = node < 0 && name.isEmpty() && operator.isEmpty() ? "it" : "node " + where();
        return where + ": " + BuildFailure.oneLine(description);
    }

    /** Such as {@code 'layer1.0.conv1' (Conv, number 3)}. */
    private String where() {
        StringBuilder where = new StringBuilder(name.isEmpty() ? "without a name" : "'" + name + "'");
        where.append(" (").append(operator.isEmpty() ? "unknown operator" : operator);
        if (node >= 0) {
            where.append(", number ").append(node);
        }
        return where.append(')').toString();
    }
}
