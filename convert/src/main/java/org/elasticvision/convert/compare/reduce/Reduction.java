package org.elasticvision.convert.compare.reduce;

import org.elasticvision.convert.onnx.extract.SubModel;
import org.elasticvision.runtime.engine.Tensor;

/**
 * A sub-model whose output differs though its input does not.
 *
 * @param value the first value of the network that differs while those it is made of agree
 * @param operator that makes it, such as {@code Conv}
 * @param expected the part of the one model
 * @param actual the same part of the other
 * @param input what both get
 * @param answered by the one
 * @param differing what the other answers
 * @param error the largest, as a share of the largest value expected
 */
public record Reduction(
        String value,
        String operator,
        SubModel expected,
        SubModel actual,
        Tensor input,
        Tensor answered,
        Tensor differing,
        double error) {}
