package org.elasticvision.runtime.engine.onednn.natives;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.softmax_forward;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.onednn.natives.PlanDraft.Call;
import org.elasticvision.runtime.engine.onednn.natives.PlanDraft.Held;
import org.elasticvision.runtime.engine.onednn.network.Activation;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.Quantization;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Window;

/** Makes a {@link Plan}: a primitive of each step, in order. For one thread and one plan. */
final class PlanBuilder {
    private final PlanDraft draft;
    private final Resizings resizings;

    private PlanBuilder(PlanDraft draft) {
        this.draft = draft;
        this.resizings = new Resizings(draft);
    }

    /** As {@link Plan#make}. */
    static Plan build(Network network, int batch, Precision precision, PackedWeights weights, int threads) {
        PlanDraft draft = new PlanDraft(network, batch, precision, weights, threads);
        Plan plan = null;
        try {
            new PlanBuilder(draft).steps();
            plan = draft.finish();
            return plan;
        } finally { // whatever went wrong: where memory is short, it is no exception but an error
            if (plan == null) {
                draft.close();
            }
        }
    }

    private void steps() {
        draft.begin();
        List<Step> steps = draft.network().steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            draft.go(i);
            try {
                build(step);
            } catch (ModelException e) {
                throw e;
            } catch (RuntimeException e) { // all that oneDNN throws
                throw new ModelException(
                        "oneDNN " + OneDnn.version() + " has no kernel for '"
                                + step.output().name() + "' here (" + e.getMessage() + ")",
                        e);
            }
        }
    }

    private void build(Step step) {
        if (step instanceof Step.Convolution convolution) {
            new Convolving(draft, convolution).build();
        } else if (step instanceof Step.LogSoftmax softmax) {
            logSoftmax(softmax);
        } else if (step instanceof Step.Deconvolution up) {
            deconvolve(up);
        } else if (step instanceof Step.FullyConnected product) {
            connect(product);
        } else if (step instanceof Step.Pooling pooling) {
            resizings.pool(pooling);
        } else if (step instanceof Step.Resizing resizing) {
            resizings.resize(resizing);
        } else if (step instanceof Step.CornerResizing resizing) {
            resizings.resizeByCorners(resizing);
        } else if (step instanceof Step.Cropping cropping) {
            resizings.crop(cropping);
        } else if (step instanceof Step.Flattening flattening) {
            flatten(flattening);
        } else if (step instanceof Step.Converting converting) {
            convert(converting);
        } else if (step instanceof Step.Concatenation all) {
            concatenate(all);
        } else if (step instanceof Step.Arithmetic arithmetic) {
            combine(arithmetic);
        } else if (step instanceof Step.Normalization normalization) {
            normalize(normalization);
        } else if (step instanceof Step.Activating activating) {
            activate(activating);
        }
    }

    private void deconvolve(Step.Deconvolution step) {
        Value input = step.input();
        Value output = step.output();
        Window window = step.window();
        long channels = input.channels();
        long[] dimensions = {channels, 1, 1, window.kernelHeight(), window.kernelWidth()};
        memory.desc source = draft.layout(input, draft.computing(), memory.format_tag.nhwc);
        memory.desc weightsLayout = draft.layout(dimensions, draft.computing(), memory.format_tag.any);
        memory.desc target = draft.layout(output, draft.computing(), memory.format_tag.nhwc);
        long[] strides = {window.strideHeight(), window.strideWidth()};
        long[] dilations = {window.dilationHeight() - 1, window.dilationWidth() - 1};
        long[] before = {window.top(), window.left()};
        long[] after = {window.bottom(), window.right()};
        float[] bias = step.bias() == null ? new float[(int) channels] : step.bias();
        deconvolution_forward.primitive_desc description = draft.own(new deconvolution_forward.primitive_desc(
                draft.cpu(),
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.deconvolution_direct,
                source,
                weightsLayout,
                draft.layout(new long[] {channels}, memory.data_type.f32, memory.format_tag.x),
                target,
                strides,
                dilations,
                before,
                after,
                draft.attributes(),
                false));
        memory packed = draft.weights()
                .floats(
                        output.name(),
                        () -> step.weights().floats(),
                        draft.layout(dimensions, memory.data_type.f32, memory.format_tag.goihw),
                        draft.own(description.weights_desc()),
                        draft.queue());
        draft.add(
                new Call(output.name())
                        .with(dnnl.DNNL_ARG_SRC, draft.in(input, source))
                        .with(dnnl.DNNL_ARG_WEIGHTS, packed)
                        .with(dnnl.DNNL_ARG_BIAS, draft.floats(bias))
                        .with(dnnl.DNNL_ARG_DST, draft.hold(output, target)),
                description,
                new deconvolution_forward(description));
    }

    /**
     * As a convolution of one pixel, which goes through the images one by one: oneDNN's product of matrices sums up in another order as there
     * are more rows, and an image's answer would depend on how many are beside it.
     */
    private void connect(Step.FullyConnected step) {
        Value input = step.input();
        Value output = step.output();
        boolean inCodes = step.weights().isQuantized() && input.quantization().isPresent();
        Call call = new Call(output.name());
        primitive_attr attributes = draft.attributes();
        if (inCodes) {
            Quantization how = input.quantization().orElseThrow();
            draft.scale(call, attributes, dnnl.DNNL_ARG_SRC, how.scale());
            draft.zero(call, attributes, dnnl.DNNL_ARG_SRC, how.zero());
            attributes.set_scales_mask(dnnl.DNNL_ARG_WEIGHTS, 1);
            call.with(
                    dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_WEIGHTS,
                    draft.floats(step.weights().codeScales()));
        }
        draft.quantize(call, attributes, dnnl.DNNL_ARG_DST, output);
        boolean isAnswer =
                output == draft.network().output() && output.quantization().isEmpty();
        memory.data_type inputType = inCodes ? draft.type(input) : draft.computing();
        memory.data_type outputType = isAnswer ? memory.data_type.f32 : draft.type(output);
        memory.desc source = draft.pixels(input, inputType);
        memory.desc target = draft.pixels(output, outputType);
        long[] dimensions = {output.channels(), input.channels(), 1, 1};
        memory.desc weightsLayout =
                draft.layout(dimensions, inCodes ? memory.data_type.s8 : draft.computing(), memory.format_tag.any);
        convolution_forward.primitive_desc description = Convolving.describe(
                draft, source, weightsLayout, step.bias() != null, target, Window.ofPixels(), attributes);
        memory.desc packing = draft.own(description.weights_desc());
        String key = output.name();
        call.with(
                dnnl.DNNL_ARG_SRC,
                draft.in(input, draft.layout(input, inputType, memory.format_tag.nc))
                        .as(source));
        call.with(
                dnnl.DNNL_ARG_WEIGHTS,
                inCodes
                        ? draft.weights()
                                .codes(
                                        key,
                                        () -> step.weights().codes(),
                                        draft.layout(dimensions, memory.data_type.s8, memory.format_tag.oihw),
                                        packing,
                                        draft.queue())
                        : draft.weights()
                                .floats(
                                        key,
                                        () -> step.weights().floats(),
                                        draft.layout(dimensions, memory.data_type.f32, memory.format_tag.oihw),
                                        packing,
                                        draft.queue()));
        if (step.bias() != null) {
            call.with(dnnl.DNNL_ARG_BIAS, draft.floats(step.bias()));
        }
        Held made = isAnswer ? draft.directly(output, target) : draft.hold(output, target);
        call.with(dnnl.DNNL_ARG_DST, made);
        draft.put(output, made.as(draft.layout(output, outputType, memory.format_tag.nc)));
        draft.add(call, description, new convolution_forward(description));
    }

    /** One pixel with its channels beside each other is a vector already. */
    private void flatten(Step.Flattening step) {
        Held source = draft.in(step.input(), draft.layout(step.input()));
        Held vector = source.as(draft.layout(step.output()));
        if (vector.place != null) {
            vector.place.keepUntil(draft.lastUse(step.output()));
        }
        draft.put(step.output(), vector);
    }

    private void convert(Step.Converting step) {
        Held source = draft.held(step.input());
        memory.desc target = draft.layout(step.output());
        Call call = new Call(step.output().name());
        primitive_attr attributes = draft.attributes();
        draft.quantize(call, attributes, dnnl.DNNL_ARG_SRC, step.input());
        draft.quantize(call, attributes, dnnl.DNNL_ARG_DST, step.output());
        reorder.primitive_desc description = draft.own(
                new reorder.primitive_desc(draft.cpu(), source.layout, draft.cpu(), target, attributes, false));
        call.with(dnnl.DNNL_ARG_FROM, source).with(dnnl.DNNL_ARG_TO, draft.hold(step.output(), target));
        draft.add(call, description, new reorder(description));
    }

    private void concatenate(Step.Concatenation step) {
        memory_desc_vector layouts =
                draft.own(new memory_desc_vector(step.inputs().size()));
        Call call = new Call(step.output().name());
        for (int i = 0; i < step.inputs().size(); i++) {
            Value input = step.inputs().get(i);
            Held source = draft.in(input, draft.layout(input));
            layouts.put(i, source.layout);
            call.with(dnnl.DNNL_ARG_MULTIPLE_SRC + i, source);
        }
        memory.desc target = draft.layout(step.output());
        concat.primitive_desc description =
                draft.own(new concat.primitive_desc(draft.cpu(), target, 1, layouts, draft.attributes(), false));
        call.with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target));
        draft.add(call, description, new concat(description));
    }

    private void combine(Step.Arithmetic step) {
        Held left = draft.in(step.left(), draft.layout(step.left()));
        Held right = draft.in(step.right(), draft.layout(step.right()));
        Call call = new Call(step.output().name());
        primitive_attr attributes = draft.attributes();
        post_ops after = draft.own(new post_ops());
        Optional<Quantization> result = step.output().quantization();
        if (result.isPresent()) {
            Quantization one = step.left().quantization().orElseThrow();
            Quantization other = step.right().quantization().orElseThrow();
            float unit = result.get().scale();
            draft.scale(call, attributes, dnnl.DNNL_ARG_SRC_0, one.scale() / unit);
            draft.scale(call, attributes, dnnl.DNNL_ARG_SRC_1, other.scale() / unit);
            PlanDraft.linear(after, 1, -(one.zero() * one.scale() + other.zero() * other.scale()) / unit);
            PlanDraft.activate(after, step.activation());
            PlanDraft.linear(after, 1, result.get().zero());
        } else {
            PlanDraft.activate(after, step.activation());
        }
        attributes.set_post_ops(after);
        memory.desc target = draft.layout(step.output());
        dnnl.algorithm kind =
                switch (step.kind()) {
                    case ADD -> dnnl.algorithm.binary_add;
                    case MULTIPLY -> dnnl.algorithm.binary_mul;
                };
        binary.primitive_desc description = draft.own(
                new binary.primitive_desc(draft.cpu(), kind, left.layout, right.layout, target, attributes, false));
        call.with(dnnl.DNNL_ARG_SRC_0, left)
                .with(dnnl.DNNL_ARG_SRC_1, right)
                .with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target));
        draft.add(call, description, new binary(description));
    }

    private void normalize(Step.Normalization step) {
        if (step.output().quantization().isPresent()) {
            normalizeCodes(step);
            return;
        }
        Held source = draft.in(step.input(), draft.layout(step.input()));
        memory.desc target = draft.layout(step.output());
        int channels = step.input().channels();
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        int flags = dnnl.dnnl_use_global_stats
                | dnnl.dnnl_use_scale
                | dnnl.dnnl_use_shift
                | (step.activation() == Activation.RELU ? dnnl.dnnl_fuse_norm_relu : 0);
        primitive_attr attributes = draft.attributes();
        if (step.activation() == Activation.SIGMOID) {
            throw new ModelException("'" + step.output().name() + "' is the sigmoid of a normalisation");
        }
        batch_normalization_forward.primitive_desc description =
                draft.own(new batch_normalization_forward.primitive_desc(
                        draft.cpu(), dnnl.dnnl_forward_inference, source.layout, target, 0f, flags, attributes, false));
        draft.add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_MEAN, draft.floats(new float[channels]))
                        .with(dnnl.DNNL_ARG_VARIANCE, draft.floats(ones))
                        .with(dnnl.DNNL_ARG_SCALE, draft.floats(step.scale()))
                        .with(dnnl.DNNL_ARG_SHIFT, draft.floats(step.shift()))
                        .with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target)),
                description,
                new batch_normalization_forward(description));
    }

    /** A product and a sum with a number per channel: the normalisation of 8 bits knows signed codes only. */
    private void normalizeCodes(Step.Normalization step) {
        Quantization from = step.input().quantization().orElseThrow();
        Quantization to = step.output().quantization().orElseThrow();
        int channels = step.input().channels();
        float[] factors = new float[channels];
        float[] summands = new float[channels];
        for (int i = 0; i < channels; i++) {
            factors[i] = step.scale()[i] * from.scale() / to.scale();
            summands[i] = step.shift()[i] / to.scale() - from.zero() * factors[i];
        }
        Held source = draft.in(step.input(), draft.layout(step.input()));
        memory.desc target = draft.layout(step.output());
        long[] dimensions = {1, channels, 1, 1};
        memory factor = draft.floats(dimensions, memory.format_tag.nhwc, factors);
        memory summand = draft.floats(dimensions, memory.format_tag.nhwc, summands);
        post_ops after = draft.own(new post_ops());
        after.append_binary(dnnl.algorithm.binary_add, summand.get_desc());
        PlanDraft.activate(after, step.activation());
        PlanDraft.linear(after, 1, to.zero());
        primitive_attr attributes = draft.attributes();
        attributes.set_post_ops(after);
        binary.primitive_desc description = draft.own(new binary.primitive_desc(
                draft.cpu(), dnnl.algorithm.binary_mul, source.layout, factor.get_desc(), target, attributes, false));
        draft.add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC_0, source)
                        .with(dnnl.DNNL_ARG_SRC_1, factor)
                        .with(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1, summand)
                        .with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target)),
                description,
                new binary(description));
    }

    private void activate(Step.Activating step) {
        Held source = draft.in(step.input(), draft.layout(step.input()));
        memory.desc target = draft.layout(step.output());
        dnnl.algorithm kind =
                step.activation() == Activation.RELU ? dnnl.algorithm.eltwise_relu : dnnl.algorithm.eltwise_logistic;
        eltwise_forward.primitive_desc description = draft.own(new eltwise_forward.primitive_desc(
                draft.cpu(), dnnl.prop_kind.forward_inference, kind, source.layout, target, draft.attributes(), false));
        draft.add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target)),
                description,
                new eltwise_forward(description));
    }

    /** In float32, as it is the end of a draft.network(), where small differences show. */
    private void logSoftmax(Step.LogSoftmax step) {
        memory.format_tag order = step.output().isVector() ? memory.format_tag.nc : memory.format_tag.nhwc;
        Held source = draft.in(step.input(), draft.layout(step.input(), memory.data_type.f32, order));
        memory.desc target = draft.layout(step.output());
        softmax_forward.primitive_desc description = draft.own(new softmax_forward.primitive_desc(
                draft.cpu(),
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.softmax_log,
                source.layout,
                target,
                1,
                draft.attributes(),
                false));
        draft.add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target)),
                description,
                new softmax_forward(description));
    }
}
