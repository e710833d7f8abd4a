package org.elasticvision.convert.tensorrt.support;

/**
 * Something in a model that TensorRT does not take.
 *
 * @param node its name, or that of an input or output, or "the model"
 * @param operator its operator, or "input", "output" or "opset"
 * @param why what is wrong, as the rest of a sentence that begins with the operator
 * @param remedy what to do about it
 */
public record Refusal(String node, String operator, String why, String remedy) {
    /** All of it in one line. */
    @Override
    public String toString() {
        return node + ": " + operator + " " + why + "; " + remedy;
    }
}
