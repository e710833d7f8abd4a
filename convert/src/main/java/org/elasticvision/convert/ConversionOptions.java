package org.elasticvision.convert;

import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;

/**
 * How a checkpoint is to be converted. What is empty follows from the file and from what was published.
 *
 * @param entry where in the file the weights are, such as {@code state_dict_ema}; only needed where several could be meant
 * @param labels one per class, in class order
 * @param optimize whether to fold, merge and leave out what can be
 * @param precision of weights and activations; input and output are float32 in any case
 * @param view of photos that the network has learned from
 */
public record ConversionOptions(
        Optional<String> entry,
        Optional<Architecture> architecture,
        Optional<Task> task,
        Optional<List<Label>> labels,
        Optional<InputSize> inputSize,
        BatchDimension batch,
        Opset opset,
        boolean optimize,
        ExportPrecision precision,
        Optional<View> view) {

    /**
     * {@return these options with another view of photos}
     *
     * @param other that the network has learned from; empty as the checkpoint says
     */
    public ConversionOptions withView(Optional<View> other) {
        return new ConversionOptions(
                entry, architecture, task, labels, inputSize, batch, opset, optimize, precision, other);
    }

    /**
     * With the weights of the file's only or usual entry, and the view of photos that the checkpoint says.
     *
     * @param architecture of the network, where somebody knows it
     * @param task what it is for
     * @param labels one per class, in class order
     * @param inputSize of the model
     * @param batch images per call
     * @param opset of ONNX
     * @param optimize whether to fold, merge and leave out what can be
     * @param precision of weights and activations
     */
    public ConversionOptions(
            Optional<Architecture> architecture,
            Optional<Task> task,
            Optional<List<Label>> labels,
            Optional<InputSize> inputSize,
            BatchDimension batch,
            Opset opset,
            boolean optimize,
            ExportPrecision precision) {
        this(
                Optional.empty(),
                architecture,
                task,
                labels,
                inputSize,
                batch,
                opset,
                optimize,
                precision,
                Optional.empty());
    }

    /**
     * Everything as recognised, any batch, optimized, in float32.
     *
     * @return the default options
     */
    public static ConversionOptions defaults() {
        return new ConversionOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BatchDimension.DYNAMIC,
                Opset.DEFAULT,
                true,
                ExportPrecision.FP32);
    }

    /**
     * {@return the same for another entry of the file}
     *
     * @param other where the weights are; empty for the only or usual one
     */
    public ConversionOptions withEntry(Optional<String> other) {
        return new ConversionOptions(
                other, architecture, task, labels, inputSize, batch, opset, optimize, precision, view);
    }
}
