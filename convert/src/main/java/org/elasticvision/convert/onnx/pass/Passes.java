package org.elasticvision.convert.onnx.pass;

import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.pass.base.GraphPass;
import org.elasticvision.convert.onnx.pass.int8.NormAsConv;
import org.elasticvision.convert.onnx.pass.int8.NormAsScale;
import org.elasticvision.convert.onnx.pass.int8.PoolAsConv;
import org.elasticvision.convert.onnx.pass.int8.ResizeAsExpand;
import org.elasticvision.convert.onnx.pass.int8.WidenGroups;

/** What is done to a graph for each purpose, in this order. */
public final class Passes {
    /** From the operations of a network, one by one, to what is worth running. */
    public static final PassPipeline EXPORT = PassPipeline.of(
            new DropUnused(), // what a checkpoint holds but the answer does not depend on
            new FoldBatchNorm(),
            new PoolBeforeConv(),
            new MergeTwinBranches(), // which expects folded BatchNorms
            new DropUnused(),
            GraphPass.named("NameValuesAfterNodes", Graph::nameValuesAfterNodes));

    /** From float32 to float16. */
    public static final PassPipeline FP16 = PassPipeline.of(
            new NeutraliseBatchNorm(), // small variances do not fit float16
            new HalfPrecision());

    /** To a form that is fast on CPUs once it is quantized; the values keep their names. */
    public static final PassPipeline INT8_CPU =
            PassPipeline.of(new ResizeAsExpand(), new NormAsConv(), new PoolAsConv(), new WidenGroups());

    /** The same for TensorRT, which needs little of it. */
    public static final PassPipeline INT8_TENSORRT = PassPipeline.of(new NormAsScale());

    /** What is left over when the pairs of QuantizeLinear and DequantizeLinear are in place, for either. */
    public static final PassPipeline INT8_END = PassPipeline.of(new DropUnused());

    private Passes() {}
}
