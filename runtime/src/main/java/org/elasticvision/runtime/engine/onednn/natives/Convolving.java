package org.elasticvision.runtime.engine.onednn.natives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.elasticvision.runtime.engine.onednn.natives.PlanDraft.Call;
import org.elasticvision.runtime.engine.onednn.natives.PlanDraft.Held;
import org.elasticvision.runtime.engine.onednn.network.Quantization;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Window;

/** Makes the call of a convolution, with all that is done to its result. For one thread. */
final class Convolving {
    /** Channels of a group that fill the registers: smaller groups are joined, with zeros where they do not meet. */
    private static final int WIDE = 32;

    private static final int WIDE_FP32 = 16;

    private final PlanDraft draft;
    private final Step.Convolution step;
    private final boolean inCodes;
    private final int[] shape;
    private final int joined;

    /**
     * @param draft of the plan
     * @param step the convolution
     */
    Convolving(PlanDraft draft, Step.Convolution step) {
        this.draft = draft;
        this.step = step;
        this.inCodes =
                step.weights().isQuantized() && step.input().quantization().isPresent();
        this.shape =
                Arrays.stream(step.weights().shape()).mapToInt(Math::toIntExact).toArray();
        this.joined = joined();
    }

    private int joined() {
        int inputs = shape[1];
        int wide = draft.computing() == memory.data_type.f32 && !inCodes ? WIDE_FP32 : WIDE;
        if (step.groups() == 1 || inputs >= wide || (inputs == 1 && shape[0] == step.groups())) {
            return 1;
        }
        int many = Math.min(step.groups(), wide / inputs);
        while (step.groups() % many != 0) {
            many--;
        }
        return many;
    }

    void build() {
        Value input = step.input();
        Value output = step.output();
        Call call = new Call(output.name());
        primitive_attr attributes = draft.attributes();
        Additions additions = new Additions(call);
        additions.add(step.added(), input, output);
        PlanDraft.activate(additions.after, step.activation());
        attributes.set_post_ops(additions.after);
        float unit = additions.unit;
        float[] bias = bias(additions.first, additions.excess);
        memory.data_type inputType = inCodes ? draft.type(input) : draft.computing();
        memory.data_type weightsType = inCodes ? memory.data_type.s8 : draft.computing();
        long groups = step.groups() / joined;
        if (inCodes) {
            Quantization how = input.quantization().orElseThrow();
            draft.scale(call, attributes, dnnl.DNNL_ARG_SRC, how.scale());
            draft.zero(call, attributes, dnnl.DNNL_ARG_SRC, how.zero());
            attributes.set_scales_mask(dnnl.DNNL_ARG_WEIGHTS, groups > 1 ? 3 : 1);
            float[] scales = step.weights().codeScales();
            for (int i = 0; i < scales.length; i++) {
                scales[i] /= additions.first;
            }
            call.with(dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_WEIGHTS, draft.floats(scales));
        }
        output.quantization().ifPresent(how -> {
            draft.scale(call, attributes, dnnl.DNNL_ARG_DST, how.scale() / unit);
            draft.zero(call, attributes, dnnl.DNNL_ARG_DST, how.zero());
        });
        if (output.quantization().isEmpty() && unit != 1) {
            draft.scale(call, attributes, dnnl.DNNL_ARG_DST, 1 / unit);
        }
        long[] dimensions = groups > 1
                ? new long[] {groups, shape[0] / groups, (long) shape[1] * joined, shape[2], shape[3]}
                : new long[] {shape[0], (long) shape[1] * joined, shape[2], shape[3]};
        memory.desc source = draft.layout(
                input, inputType, input == draft.network().input() ? memory.format_tag.any : memory.format_tag.nhwc);
        memory.desc weightsLayout = draft.layout(dimensions, weightsType, memory.format_tag.any);
        memory.desc target = draft.layout(output);
        Window window = step.window();
        convolution_forward.primitive_desc description =
                describe(draft, source, weightsLayout, bias != null, target, window, attributes);
        call.with(dnnl.DNNL_ARG_SRC, draft.in(input, draft.own(description.src_desc())));
        call.with(dnnl.DNNL_ARG_WEIGHTS, packed(dimensions, draft.own(description.weights_desc())));
        if (bias != null) {
            call.with(dnnl.DNNL_ARG_BIAS, draft.floats(bias));
        }
        call.with(dnnl.DNNL_ARG_DST, target(output, target, additions.inPlace));
        draft.add(call, description, new convolution_forward(description));
    }

    /** {@return how oneDNN convolves so} */
    static convolution_forward.primitive_desc describe(
            PlanDraft draft,
            memory.desc source,
            memory.desc weights,
            boolean hasBias,
            memory.desc target,
            Window window,
            primitive_attr attributes) {
        long[] strides = {window.strideHeight(), window.strideWidth()};
        long[] dilations = {window.dilationHeight() - 1, window.dilationWidth() - 1};
        long[] before = {window.top(), window.left()};
        long[] after = {window.bottom(), window.right()};
        long[] channels = {target.get_dims().get(1)};
        return draft.own(
                hasBias
                        ? new convolution_forward.primitive_desc(
                                draft.cpu(),
                                dnnl.prop_kind.forward_inference,
                                dnnl.algorithm.convolution_direct,
                                source,
                                weights,
                                draft.layout(channels, memory.data_type.f32, memory.format_tag.x),
                                target,
                                strides,
                                dilations,
                                before,
                                after,
                                attributes,
                                false)
                        : new convolution_forward.primitive_desc(
                                draft.cpu(),
                                dnnl.prop_kind.forward_inference,
                                dnnl.algorithm.convolution_direct,
                                source,
                                weights,
                                target,
                                strides,
                                dilations,
                                before,
                                after,
                                attributes,
                                false));
    }

    private Held target(Value output, memory.desc layout, Held inPlace) {
        if (inPlace == null) {
            return draft.hold(output, layout);
        }
        inPlace.place.keepUntil(draft.lastUse(output));
        Held made = inPlace.as(layout);
        draft.put(output, made);
        return made;
    }

    private float[] bias(float unit, float excess) {
        if (step.bias() == null && excess == 0) {
            return null;
        }
        float[] bias = step.bias() == null ? new float[shape[0]] : step.bias().clone();
        for (int i = 0; i < bias.length; i++) {
            bias[i] = bias[i] / unit - excess;
        }
        return bias;
    }

    private memory packed(long[] dimensions, memory.desc layout) {
        memory.format_tag order = dimensions.length == 5 ? memory.format_tag.goihw : memory.format_tag.oihw;
        String key = step.output().name();
        if (inCodes) {
            memory.desc plain = draft.layout(dimensions, memory.data_type.s8, order);
            return draft.weights().codes(key, () -> join(step.weights().codes()), plain, layout, draft.queue());
        }
        memory.desc plain = draft.layout(dimensions, memory.data_type.f32, order);
        return draft.weights().floats(key, () -> join(step.weights().floats()), plain, layout, draft.queue());
    }

    private float[] join(float[] separate) {
        if (joined == 1) {
            return separate;
        }
        float[] all = new float[Math.multiplyExact(separate.length, joined)];
        copy(separate, all);
        return all;
    }

    private byte[] join(byte[] separate) {
        if (joined == 1) {
            return separate;
        }
        byte[] all = new byte[Math.multiplyExact(separate.length, joined)];
        copy(separate, all);
        return all;
    }

    /** Each output channel reads only the inputs of its own group; the weights of the others are 0. */
    private void copy(Object separate, Object all) {
        int each = shape[1] * shape[2] * shape[3];
        int outputsOfGroup = shape[0] / step.groups();
        for (int output = 0; output < shape[0]; output++) {
            int place = output / outputsOfGroup % joined;
            System.arraycopy(separate, output * each, all, (output * joined + place) * each, each);
        }
    }

    /** Adds values to a result, after it was computed: in place of one that is not needed any more, else reading them. */
    private final class Additions {
        private final Call call;
        private final post_ops after = draft.own(new post_ops());

        /** What one stands for in the convolution's own result: 1, or the scale of what is added first. */
        private float first = 1;

        /** What one stands for in the sum: 1, or the scale of what is added last. */
        private float unit = 1;

        /** Is to be taken off the bias: what zero points make too much. In units of {@link #first}. */
        private float excess;

        private Held inPlace;
        private int count;

        Additions(Call call) {
            this.call = call;
        }

        void add(List<Value> values, Value input, Value output) {
            List<Value> rest = new ArrayList<>(values);
            for (Value value : values) {
                if (inPlace == null && canBeOverwritten(value, values, input, output)) {
                    inPlace = draft.held(value);
                    rest.remove(value);
                    unit = rest.isEmpty() ? 1 : scale(rest.get(0));
                    after.append_sum(scale(value) / unit, zero(value), inPlace.layout.get_data_type());
                    count++;
                }
            }
            if (inPlace == null && !rest.isEmpty()) {
                unit = scale(rest.get(0));
            }
            first = unit;
            for (int i = 0; i < rest.size(); i++) {
                Value value = rest.get(i);
                if (i == 0) {
                    excess = zero(value);
                } else {
                    float next = scale(value);
                    if (next != unit || zero(value) != 0) {
                        PlanDraft.linear(after, unit / next, -zero(value));
                        count++;
                        unit = next;
                    }
                }
                Held one = draft.held(value);
                after.append_binary(dnnl.algorithm.binary_add, one.layout);
                call.with(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (count + 1) | dnnl.DNNL_ARG_SRC_1, one);
                count++;
            }
        }

        private boolean canBeOverwritten(Value value, List<Value> values, Value input, Value output) {
            Held one = draft.held(value);
            return draft.lastUse(value) == draft.index()
                    && value != input
                    && Collections.frequency(values, value) == 1
                    && one.place != null
                    && one.place.isFreeAfter(draft.index()) // a vector may lie there too
                    && output != draft.network().output()
                    && one.layout.equals(draft.layout(value))
                    && memory.data_type_size(draft.type(value)) == memory.data_type_size(draft.type(output));
        }

        private static float scale(Value value) {
            return value.quantization().map(Quantization::scale).orElse(1f);
        }

        private static int zero(Value value) {
            return value.quantization().map(Quantization::zero).orElse(0);
        }
    }
}
