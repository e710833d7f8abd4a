package org.elasticvision.runtime.engine.onednn.natives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.onednn.network.Activation;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.Quantization;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Window;

/** Makes a {@link Plan}: a primitive of each step, in order. For one thread and one plan. */
final class PlanBuilder {
    /** Page size: weights and values that begin there share no page with others. */
    private static final long PAGE = 4096;

    private final Network network;
    private final int batch;
    private final int threads;
    private final memory.data_type computing;
    private final PackedWeights weights;
    private final Owned owned = new Owned();
    private final engine cpu = OneDnn.cpu();
    private final stream queue = owned.add(new stream(cpu));
    private final Arena arena = new Arena();
    private final IdentityHashMap<Value, Held> held = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Integer> lastUses = new IdentityHashMap<>();
    private final List<Call> calls = new ArrayList<>();

    /** Memory that is the caller's, set for each run. */
    private final Map<Room, List<memory>> callers =
            Map.of(Room.IMAGES, new ArrayList<>(), Room.ANSWERS, new ArrayList<>());

    private int index;
    private boolean builtOutput;

    /** Where values are. */
    private enum Room {
        ARENA,
        /** The caller's images. */
        IMAGES,
        /** The caller's buffer for answers. */
        ANSWERS
    }

    /** A value in memory. */
    private static final class Held {
        private final memory.desc layout;
        private final Room room;
        private final Arena.Place place; // null outside of the arena
        private memory view;

        private Held(memory.desc layout, Room room, Arena.Place place) {
            this.layout = layout;
            this.room = room;
            this.place = place;
        }

        Held(memory.desc layout, Arena.Place place) {
            this(layout, Room.ARENA, place);
        }

        Held(memory.desc layout, Room room) {
            this(layout, room, null);
        }

        /** The same memory as if it had another shape. */
        Held as(memory.desc other) {
            return new Held(other, room, place);
        }
    }

    /** An argument: a value whose memory comes at the end, or memory that is there. */
    private record Argument(int id, Held value, memory constant) {}

    private static final class Call {
        private final String name;
        private final List<Argument> arguments = new ArrayList<>();
        private primitive kernel;
        private primitive_desc_base description;

        Call(String name) {
            this.name = name;
        }

        Call with(int id, Held value) {
            arguments.add(new Argument(id, value, null));
            return this;
        }

        Call with(int id, memory constant) {
            arguments.add(new Argument(id, null, constant));
            return this;
        }
    }

    PlanBuilder(Network network, int batch, Precision precision, PackedWeights weights, int threads) {
        this.network = network;
        this.batch = batch;
        this.threads = threads;
        this.weights = weights;
        this.computing = switch (precision) {
            case FP32 -> memory.data_type.f32;
            case BF16 -> memory.data_type.bf16;
            case FP16 -> memory.data_type.f16;
        };
    }

    Plan build() {
        try {
            return steps();
        } catch (RuntimeException e) {
            owned.close();
            throw e;
        }
    }

    private Plan steps() {
        List<Step> steps = network.steps();
        for (int i = 0; i < steps.size(); i++) {
            for (Value input : steps.get(i).inputs()) {
                lastUses.put(input, i);
            }
        }
        lastUses.put(network.output(), steps.size());
        Value image = network.input();
        memory.desc planes = layout(image, memory.data_type.f32, memory.format_tag.nchw);
        held.put(image, new Held(planes, Room.IMAGES));
        for (index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
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
        if (!builtOutput) {
            answer();
        }
        return finish();
    }

    private void build(Step step) {
        if (step instanceof Step.Convolution convolution) {
            new Convolving(convolution).build();
        } else if (step instanceof Step.LogSoftmax softmax) {
            logSoftmax(softmax);
        } else if (step instanceof Step.Deconvolution up) {
            deconvolve(up);
        } else if (step instanceof Step.FullyConnected product) {
            connect(product);
        } else if (step instanceof Step.Pooling pooling) {
            pool(pooling);
        } else if (step instanceof Step.Resizing resizing) {
            resize(resizing);
        } else if (step instanceof Step.CornerResizing resizing) {
            resizeByCorners(resizing);
        } else if (step instanceof Step.Cropping cropping) {
            crop(cropping);
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

    // layouts

    private memory.data_type type(Value value) {
        return value.quantization()
                .map(how -> how.signed() ? memory.data_type.s8 : memory.data_type.u8)
                .orElse(computing);
    }

    private long[] dimensions(Value value) {
        return value.isVector()
                ? new long[] {batch, value.channels()}
                : new long[] {batch, value.channels(), value.height(), value.width()};
    }

    private memory.desc layout(Value value, memory.data_type type, memory.format_tag order) {
        return layout(dimensions(value), type, order);
    }

    private memory.desc layout(long[] dimensions, memory.data_type type, memory.format_tag order) {
        return owned.add(new memory.desc(dimensions, type, order));
    }

    /** Channels of a pixel beside each other, which all kernels that matter here are made for. */
    private memory.desc layout(Value value) {
        return layout(value, type(value), value.isVector() ? memory.format_tag.nc : memory.format_tag.nhwc);
    }

    private Held hold(Value value, memory.desc layout) {
        int last = lastUses.getOrDefault(value, index);
        Held made = new Held(layout, arena.place(layout.get_size(), index, last));
        held.put(value, made);
        return made;
    }

    /** A value in a layout: as it is, or reordered first. */
    private Held in(Value value, memory.desc layout) {
        Held known = held.get(value);
        if (known.layout.equals(layout)) {
            // Images of one pixel are the same in both orders, but not to all kernels.
            return known.room == Room.IMAGES ? known.as(layout) : known;
        }
        boolean keep = value == network.input(); // all that use it want it so
        Held made = new Held(layout, arena.place(layout.get_size(), index, keep ? lastUses.get(value) : index));
        if (keep) {
            held.put(value, made);
        }
        reorder.primitive_desc description =
                owned.add(new reorder.primitive_desc(cpu, known.layout, cpu, layout, attributes(), false));
        add(
                new Call("reorder " + value.name())
                        .with(dnnl.DNNL_ARG_FROM, known)
                        .with(dnnl.DNNL_ARG_TO, made),
                description,
                new reorder(description));
        return made;
    }

    private primitive_attr attributes() {
        primitive_attr attributes = owned.add(new primitive_attr());
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    private void add(Call call, primitive_desc_base description, primitive kernel) {
        call.description = description;
        call.kernel = owned.add(kernel);
        calls.add(call);
    }

    // constants

    private memory floats(float... values) {
        return floats(new long[] {values.length}, memory.format_tag.x, values);
    }

    private memory floats(long[] dimensions, memory.format_tag order, float... values) {
        FloatPointer pointer = owned.add(new FloatPointer(values));
        return owned.add(new memory(layout(dimensions, memory.data_type.f32, order), cpu, pointer));
    }

    private memory number(int value) {
        IntPointer pointer = owned.add(new IntPointer(new int[] {value}));
        return owned.add(new memory(layout(new long[] {1}, memory.data_type.s32, memory.format_tag.x), cpu, pointer));
    }

    private void scale(Call call, primitive_attr attributes, int argument, float scale) {
        attributes.set_scales_mask(argument, 0);
        call.with(dnnl.DNNL_ARG_ATTR_SCALES | argument, floats(scale));
    }

    private void zero(Call call, primitive_attr attributes, int argument, int zero) {
        if (zero != 0) {
            attributes.set_zero_points_mask(argument, 0);
            call.with(dnnl.DNNL_ARG_ATTR_ZERO_POINTS | argument, number(zero));
        }
    }

    /** Says how the codes of an argument stand for numbers, if it is in codes. */
    private void quantize(Call call, primitive_attr attributes, int argument, Value value) {
        value.quantization().ifPresent(how -> {
            scale(call, attributes, argument, how.scale());
            zero(call, attributes, argument, how.zero());
        });
    }

    private static void activate(post_ops after, Activation activation) {
        switch (activation) {
            case RELU -> after.append_eltwise(dnnl.algorithm.eltwise_relu, 0f, 0f);
            case SIGMOID -> after.append_eltwise(dnnl.algorithm.eltwise_logistic, 0f, 0f);
            case NONE -> {}
        }
    }

    private static void linear(post_ops after, float factor, float summand) {
        if (factor != 1 || summand != 0) {
            after.append_eltwise(dnnl.algorithm.eltwise_linear, factor, summand);
        }
    }

    /** Adds values to a result, after it was computed: in place of one that is not needed any more, else reading them. */
    private final class Additions {
        private final Call call;
        private final post_ops after = owned.add(new post_ops());

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
                    inPlace = held.get(value);
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
                        linear(after, unit / next, -zero(value));
                        count++;
                        unit = next;
                    }
                }
                Held one = held.get(value);
                after.append_binary(dnnl.algorithm.binary_add, one.layout);
                call.with(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (count + 1) | dnnl.DNNL_ARG_SRC_1, one);
                count++;
            }
        }

        private boolean canBeOverwritten(Value value, List<Value> values, Value input, Value output) {
            Held one = held.get(value);
            return lastUses.get(value) == index
                    && value != input
                    && Collections.frequency(values, value) == 1
                    && one.place != null
                    && one.place.isFreeAfter(index) // a vector may lie there too
                    && output != network.output()
                    && one.layout.equals(layout(value))
                    && memory.data_type_size(type(value)) == memory.data_type_size(type(output));
        }

        private static float scale(Value value) {
            return value.quantization().map(Quantization::scale).orElse(1f);
        }

        private static int zero(Value value) {
            return value.quantization().map(Quantization::zero).orElse(0);
        }
    }

    /** A convolution. */
    private final class Convolving {
        /** Channels of a group that fill the registers: smaller groups are joined, with zeros where they do not meet. */
        private static final int WIDE = 32;

        private static final int WIDE_FP32 = 16;

        private final Step.Convolution step;
        private final boolean inCodes;
        private final int[] shape;
        private final int joined;

        Convolving(Step.Convolution step) {
            this.step = step;
            this.inCodes =
                    step.weights().isQuantized() && step.input().quantization().isPresent();
            this.shape = Arrays.stream(step.weights().shape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            this.joined = joined();
        }

        private int joined() {
            int inputs = shape[1];
            int wide = computing == memory.data_type.f32 && !inCodes ? WIDE_FP32 : WIDE;
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
            primitive_attr attributes = attributes();
            Additions additions = new Additions(call);
            additions.add(step.added(), input, output);
            activate(additions.after, step.activation());
            attributes.set_post_ops(additions.after);
            float unit = additions.unit;
            float[] bias = bias(additions.first, additions.excess);
            memory.data_type inputType = inCodes ? type(input) : computing;
            memory.data_type weightsType = inCodes ? memory.data_type.s8 : computing;
            long groups = step.groups() / joined;
            if (inCodes) {
                Quantization how = input.quantization().orElseThrow();
                scale(call, attributes, dnnl.DNNL_ARG_SRC, how.scale());
                zero(call, attributes, dnnl.DNNL_ARG_SRC, how.zero());
                attributes.set_scales_mask(dnnl.DNNL_ARG_WEIGHTS, groups > 1 ? 3 : 1);
                float[] scales = step.weights().codeScales();
                for (int i = 0; i < scales.length; i++) {
                    scales[i] /= additions.first;
                }
                call.with(dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_WEIGHTS, floats(scales));
            }
            output.quantization().ifPresent(how -> {
                scale(call, attributes, dnnl.DNNL_ARG_DST, how.scale() / unit);
                zero(call, attributes, dnnl.DNNL_ARG_DST, how.zero());
            });
            if (output.quantization().isEmpty() && unit != 1) {
                scale(call, attributes, dnnl.DNNL_ARG_DST, 1 / unit);
            }
            long[] dimensions = groups > 1
                    ? new long[] {groups, shape[0] / groups, (long) shape[1] * joined, shape[2], shape[3]}
                    : new long[] {shape[0], (long) shape[1] * joined, shape[2], shape[3]};
            memory.desc source =
                    layout(input, inputType, input == network.input() ? memory.format_tag.any : memory.format_tag.nhwc);
            memory.desc weightsLayout = layout(dimensions, weightsType, memory.format_tag.any);
            memory.desc target = layout(output);
            Window window = step.window();
            long[] strides = {window.strideHeight(), window.strideWidth()};
            long[] dilations = {window.dilationHeight() - 1, window.dilationWidth() - 1};
            long[] before = {window.top(), window.left()};
            long[] after = {window.bottom(), window.right()};
            convolution_forward.primitive_desc description = owned.add(
                    bias == null
                            ? new convolution_forward.primitive_desc(
                                    cpu,
                                    dnnl.prop_kind.forward_inference,
                                    dnnl.algorithm.convolution_direct,
                                    source,
                                    weightsLayout,
                                    target,
                                    strides,
                                    dilations,
                                    before,
                                    after,
                                    attributes,
                                    false)
                            : new convolution_forward.primitive_desc(
                                    cpu,
                                    dnnl.prop_kind.forward_inference,
                                    dnnl.algorithm.convolution_direct,
                                    source,
                                    weightsLayout,
                                    layout(new long[] {shape[0]}, memory.data_type.f32, memory.format_tag.x),
                                    target,
                                    strides,
                                    dilations,
                                    before,
                                    after,
                                    attributes,
                                    false));
            call.with(dnnl.DNNL_ARG_SRC, in(input, owned.add(description.src_desc())));
            call.with(dnnl.DNNL_ARG_WEIGHTS, packed(dimensions, owned.add(description.weights_desc())));
            if (bias != null) {
                call.with(dnnl.DNNL_ARG_BIAS, floats(bias));
            }
            call.with(dnnl.DNNL_ARG_DST, target(output, target, additions.inPlace));
            add(call, description, new convolution_forward(description));
        }

        private Held target(Value output, memory.desc layout, Held inPlace) {
            if (inPlace == null) {
                return hold(output, layout);
            }
            inPlace.place.keepUntil(lastUses.getOrDefault(output, index));
            Held made = inPlace.as(layout);
            held.put(output, made);
            return made;
        }

        private float[] bias(float unit, float excess) {
            if (step.bias() == null && excess == 0) {
                return null;
            }
            float[] bias =
                    step.bias() == null ? new float[shape[0]] : step.bias().clone();
            for (int i = 0; i < bias.length; i++) {
                bias[i] = bias[i] / unit - excess;
            }
            return bias;
        }

        private memory packed(long[] dimensions, memory.desc layout) {
            memory.format_tag order = dimensions.length == 5 ? memory.format_tag.goihw : memory.format_tag.oihw;
            String key = step.output().name();
            if (inCodes) {
                memory.desc plain = layout(dimensions, memory.data_type.s8, order);
                return weights.codes(key, () -> join(step.weights().codes()), plain, layout, queue);
            }
            memory.desc plain = layout(dimensions, memory.data_type.f32, order);
            return weights.floats(key, () -> join(step.weights().floats()), plain, layout, queue);
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
    }

    private void deconvolve(Step.Deconvolution step) {
        Value input = step.input();
        Value output = step.output();
        Window window = step.window();
        long channels = input.channels();
        long[] dimensions = {channels, 1, 1, window.kernelHeight(), window.kernelWidth()};
        memory.desc source = layout(input, computing, memory.format_tag.nhwc);
        memory.desc weightsLayout = layout(dimensions, computing, memory.format_tag.any);
        memory.desc target = layout(output, computing, memory.format_tag.nhwc);
        long[] strides = {window.strideHeight(), window.strideWidth()};
        long[] dilations = {window.dilationHeight() - 1, window.dilationWidth() - 1};
        long[] before = {window.top(), window.left()};
        long[] after = {window.bottom(), window.right()};
        float[] bias = step.bias() == null ? new float[(int) channels] : step.bias();
        deconvolution_forward.primitive_desc description = owned.add(new deconvolution_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.deconvolution_direct,
                source,
                weightsLayout,
                layout(new long[] {channels}, memory.data_type.f32, memory.format_tag.x),
                target,
                strides,
                dilations,
                before,
                after,
                attributes(),
                false));
        memory packed = weights.floats(
                output.name(),
                () -> step.weights().floats(),
                layout(dimensions, memory.data_type.f32, memory.format_tag.goihw),
                owned.add(description.weights_desc()),
                queue);
        add(
                new Call(output.name())
                        .with(dnnl.DNNL_ARG_SRC, in(input, source))
                        .with(dnnl.DNNL_ARG_WEIGHTS, packed)
                        .with(dnnl.DNNL_ARG_BIAS, floats(bias))
                        .with(dnnl.DNNL_ARG_DST, hold(output, target)),
                description,
                new deconvolution_forward(description));
    }

    private void connect(Step.FullyConnected step) {
        Value input = step.input();
        Value output = step.output();
        boolean inCodes = step.weights().isQuantized() && input.quantization().isPresent();
        Call call = new Call(output.name());
        primitive_attr attributes = attributes();
        long outputs = output.channels();
        if (inCodes) {
            Quantization how = input.quantization().orElseThrow();
            scale(call, attributes, dnnl.DNNL_ARG_SRC, how.scale());
            zero(call, attributes, dnnl.DNNL_ARG_SRC, how.zero());
            attributes.set_scales_mask(dnnl.DNNL_ARG_WEIGHTS, 2);
            call.with(
                    dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_WEIGHTS,
                    floats(step.weights().codeScales()));
        }
        boolean isAnswer = output == network.output() && output.quantization().isEmpty();
        memory.data_type targetType = isAnswer ? memory.data_type.f32 : type(output);
        quantize(call, attributes, dnnl.DNNL_ARG_DST, output);
        long[] dimensions = {input.channels(), outputs};
        memory.desc source = layout(input, inCodes ? type(input) : computing, memory.format_tag.nc);
        memory.desc weightsLayout =
                layout(dimensions, inCodes ? memory.data_type.s8 : computing, memory.format_tag.any);
        memory.desc target = layout(output, targetType, memory.format_tag.nc);
        matmul.primitive_desc description = owned.add(
                step.bias() == null
                        ? new matmul.primitive_desc(cpu, source, weightsLayout, target, attributes, false)
                        : new matmul.primitive_desc(
                                cpu,
                                source,
                                weightsLayout,
                                layout(new long[] {1, outputs}, memory.data_type.f32, memory.format_tag.ab),
                                target,
                                attributes,
                                false));
        memory.desc packing = owned.add(description.weights_desc());
        String key = step.output().name();
        call.with(dnnl.DNNL_ARG_SRC, in(input, source));
        call.with(
                dnnl.DNNL_ARG_WEIGHTS,
                inCodes
                        ? weights.codes(
                                key,
                                () -> step.weights().codes(),
                                layout(dimensions, memory.data_type.s8, memory.format_tag.ba),
                                packing,
                                queue)
                        : weights.floats(
                                key,
                                () -> step.weights().floats(),
                                layout(dimensions, memory.data_type.f32, memory.format_tag.ba),
                                packing,
                                queue));
        if (step.bias() != null) {
            call.with(dnnl.DNNL_ARG_BIAS, floats(new long[] {1, outputs}, memory.format_tag.ab, step.bias()));
        }
        call.with(dnnl.DNNL_ARG_DST, isAnswer ? directly(output, target) : hold(output, target));
        add(call, description, new matmul(description));
    }

    private void pool(Step.Pooling step) {
        Held source = in(step.input(), layout(step.input()));
        memory.desc target = layout(step.output());
        Window window = step.window();
        dnnl.algorithm kind =
                switch (step.kind()) {
                    case MAXIMUM -> dnnl.algorithm.pooling_max;
                    case AVERAGE -> dnnl.algorithm.pooling_avg_exclude_padding;
                    case AVERAGE_WITH_PADDING -> dnnl.algorithm.pooling_avg_include_padding;
                };
        pooling_forward.primitive_desc description = owned.add(new pooling_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_inference,
                kind,
                source.layout,
                target,
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.kernelHeight(), window.kernelWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {window.top(), window.left()},
                new long[] {window.bottom(), window.right()},
                attributes(),
                false));
        add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, hold(step.output(), target)),
                description,
                new pooling_forward(description));
    }

    private void resize(Step.Resizing step) {
        Held source = in(step.input(), layout(step.input()));
        memory.desc target = layout(step.output());
        // The preset leaves out the constructors of resampling_forward.primitive_desc; the function of C is there.
        dnnl_primitive_desc raw = new dnnl_primitive_desc();
        int status = dnnl.dnnl_resampling_forward_primitive_desc_create(
                raw,
                cpu.get(),
                dnnl.dnnl_forward_inference,
                dnnl.dnnl_resampling_linear,
                (FloatPointer) null,
                source.layout.get(),
                target.get(),
                attributes().get());
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("status " + status);
        }
        primitive_desc description = owned.add(new primitive_desc(raw));
        add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, hold(step.output(), target)),
                description,
                new primitive(description));
    }

    /** Two products with what each new row and column takes of the old ones, as kernels know other centres only. */
    private void resizeByCorners(Step.CornerResizing step) {
        Value input = step.input();
        Value output = step.output();
        long planes = (long) batch * input.channels();
        long height = input.height();
        long width = input.width();
        Held source = in(input, layout(input, memory.data_type.f32, memory.format_tag.nchw));
        memory.desc rows = layout(new long[] {1, planes * height, width}, memory.data_type.f32, memory.format_tag.abc);
        memory.desc wide =
                layout(new long[] {1, planes * height, output.width()}, memory.data_type.f32, memory.format_tag.abc);
        memory columns = floats(
                new long[] {1, width, output.width()},
                memory.format_tag.acb,
                CornerWeights.of(input.width(), output.width()));
        Held across = new Held(wide, arena.place(wide.get_size(), index, index));
        product(output.name() + " across", source.as(rows), rows, columns.get_desc(), columns, null, across);
        memory.desc images =
                layout(new long[] {planes, height, output.width()}, memory.data_type.f32, memory.format_tag.abc);
        memory down = floats(
                new long[] {1, output.height(), height},
                memory.format_tag.abc,
                CornerWeights.of(input.height(), output.height()));
        memory.desc all = layout(
                new long[] {planes, output.height(), output.width()}, memory.data_type.f32, memory.format_tag.abc);
        memory.desc planar = layout(output, memory.data_type.f32, memory.format_tag.nchw);
        boolean isAnswer = output == network.output();
        Held result = isAnswer
                ? directly(output, planar)
                : new Held(planar, arena.place(planar.get_size(), index, lastUses.getOrDefault(output, index)));
        held.put(output, result);
        product(output.name() + " down", null, down.get_desc(), images, down, across.as(images), result.as(all));
    }

    private void product(
            String name,
            Held source,
            memory.desc sourceLayout,
            memory.desc weightsLayout,
            memory constant,
            Held weightsValue,
            Held target) {
        matmul.primitive_desc description = owned.add(
                new matmul.primitive_desc(cpu, sourceLayout, weightsLayout, target.layout, attributes(), false));
        Call call = new Call(name);
        if (source == null) {
            call.with(dnnl.DNNL_ARG_SRC, constant).with(dnnl.DNNL_ARG_WEIGHTS, weightsValue);
        } else {
            call.with(dnnl.DNNL_ARG_SRC, source).with(dnnl.DNNL_ARG_WEIGHTS, constant);
        }
        call.with(dnnl.DNNL_ARG_DST, target);
        add(call, description, new matmul(description));
    }

    private void crop(Step.Cropping step) {
        Held source = in(step.input(), layout(step.input()));
        memory.desc part = owned.add(source.layout.submemory_desc(dimensions(step.output()), new long[4]));
        memory.desc target = layout(step.output());
        reorder.primitive_desc description =
                owned.add(new reorder.primitive_desc(cpu, part, cpu, target, attributes(), false));
        add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_FROM, source.as(part))
                        .with(dnnl.DNNL_ARG_TO, hold(step.output(), target)),
                description,
                new reorder(description));
    }

    /** One pixel with its channels beside each other is a vector already. */
    private void flatten(Step.Flattening step) {
        Held source = in(step.input(), layout(step.input()));
        Held vector = source.as(layout(step.output()));
        if (vector.place != null) {
            vector.place.keepUntil(lastUses.getOrDefault(step.output(), index));
        }
        held.put(step.output(), vector);
    }

    private void convert(Step.Converting step) {
        Held source = held.get(step.input());
        memory.desc target = layout(step.output());
        Call call = new Call(step.output().name());
        primitive_attr attributes = attributes();
        quantize(call, attributes, dnnl.DNNL_ARG_SRC, step.input());
        quantize(call, attributes, dnnl.DNNL_ARG_DST, step.output());
        reorder.primitive_desc description =
                owned.add(new reorder.primitive_desc(cpu, source.layout, cpu, target, attributes, false));
        call.with(dnnl.DNNL_ARG_FROM, source).with(dnnl.DNNL_ARG_TO, hold(step.output(), target));
        add(call, description, new reorder(description));
    }

    private void concatenate(Step.Concatenation step) {
        memory_desc_vector layouts =
                owned.add(new memory_desc_vector(step.inputs().size()));
        Call call = new Call(step.output().name());
        for (int i = 0; i < step.inputs().size(); i++) {
            Value input = step.inputs().get(i);
            Held source = in(input, layout(input));
            layouts.put(i, source.layout);
            call.with(dnnl.DNNL_ARG_MULTIPLE_SRC + i, source);
        }
        memory.desc target = layout(step.output());
        concat.primitive_desc description =
                owned.add(new concat.primitive_desc(cpu, target, 1, layouts, attributes(), false));
        call.with(dnnl.DNNL_ARG_DST, hold(step.output(), target));
        add(call, description, new concat(description));
    }

    private void combine(Step.Arithmetic step) {
        Held left = in(step.left(), layout(step.left()));
        Held right = in(step.right(), layout(step.right()));
        Call call = new Call(step.output().name());
        primitive_attr attributes = attributes();
        post_ops after = owned.add(new post_ops());
        Optional<Quantization> result = step.output().quantization();
        if (result.isPresent()) {
            Quantization one = step.left().quantization().orElseThrow();
            Quantization other = step.right().quantization().orElseThrow();
            float unit = result.get().scale();
            scale(call, attributes, dnnl.DNNL_ARG_SRC_0, one.scale() / unit);
            scale(call, attributes, dnnl.DNNL_ARG_SRC_1, other.scale() / unit);
            linear(after, 1, -(one.zero() * one.scale() + other.zero() * other.scale()) / unit);
            activate(after, step.activation());
            linear(after, 1, result.get().zero());
        } else {
            activate(after, step.activation());
        }
        attributes.set_post_ops(after);
        memory.desc target = layout(step.output());
        dnnl.algorithm kind =
                switch (step.kind()) {
                    case ADD -> dnnl.algorithm.binary_add;
                    case MULTIPLY -> dnnl.algorithm.binary_mul;
                };
        binary.primitive_desc description =
                owned.add(new binary.primitive_desc(cpu, kind, left.layout, right.layout, target, attributes, false));
        call.with(dnnl.DNNL_ARG_SRC_0, left)
                .with(dnnl.DNNL_ARG_SRC_1, right)
                .with(dnnl.DNNL_ARG_DST, hold(step.output(), target));
        add(call, description, new binary(description));
    }

    private void normalize(Step.Normalization step) {
        if (step.output().quantization().isPresent()) {
            normalizeCodes(step);
            return;
        }
        Held source = in(step.input(), layout(step.input()));
        memory.desc target = layout(step.output());
        int channels = step.input().channels();
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        int flags = dnnl.dnnl_use_global_stats
                | dnnl.dnnl_use_scale
                | dnnl.dnnl_use_shift
                | (step.activation() == Activation.RELU ? dnnl.dnnl_fuse_norm_relu : 0);
        primitive_attr attributes = attributes();
        if (step.activation() == Activation.SIGMOID) {
            throw new ModelException("'" + step.output().name() + "' is the sigmoid of a normalisation");
        }
        batch_normalization_forward.primitive_desc description = owned.add(new batch_normalization_forward
                .primitive_desc(cpu, dnnl.dnnl_forward_inference, source.layout, target, 0f, flags, attributes, false));
        add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_MEAN, floats(new float[channels]))
                        .with(dnnl.DNNL_ARG_VARIANCE, floats(ones))
                        .with(dnnl.DNNL_ARG_SCALE, floats(step.scale()))
                        .with(dnnl.DNNL_ARG_SHIFT, floats(step.shift()))
                        .with(dnnl.DNNL_ARG_DST, hold(step.output(), target)),
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
        Held source = in(step.input(), layout(step.input()));
        memory.desc target = layout(step.output());
        long[] dimensions = {1, channels, 1, 1};
        memory factor = floats(dimensions, memory.format_tag.nhwc, factors);
        memory summand = floats(dimensions, memory.format_tag.nhwc, summands);
        post_ops after = owned.add(new post_ops());
        after.append_binary(dnnl.algorithm.binary_add, summand.get_desc());
        activate(after, step.activation());
        linear(after, 1, to.zero());
        primitive_attr attributes = attributes();
        attributes.set_post_ops(after);
        binary.primitive_desc description = owned.add(new binary.primitive_desc(
                cpu, dnnl.algorithm.binary_mul, source.layout, factor.get_desc(), target, attributes, false));
        add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC_0, source)
                        .with(dnnl.DNNL_ARG_SRC_1, factor)
                        .with(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1, summand)
                        .with(dnnl.DNNL_ARG_DST, hold(step.output(), target)),
                description,
                new binary(description));
    }

    private void activate(Step.Activating step) {
        Held source = in(step.input(), layout(step.input()));
        memory.desc target = layout(step.output());
        dnnl.algorithm kind =
                step.activation() == Activation.RELU ? dnnl.algorithm.eltwise_relu : dnnl.algorithm.eltwise_logistic;
        eltwise_forward.primitive_desc description = owned.add(new eltwise_forward.primitive_desc(
                cpu, dnnl.prop_kind.forward_inference, kind, source.layout, target, attributes(), false));
        add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, hold(step.output(), target)),
                description,
                new eltwise_forward(description));
    }

    /** In float32, as it is the end of a network, where small differences show. */
    private void logSoftmax(Step.LogSoftmax step) {
        memory.format_tag order = step.output().isVector() ? memory.format_tag.nc : memory.format_tag.nhwc;
        Held source = in(step.input(), layout(step.input(), memory.data_type.f32, order));
        memory.desc target = layout(step.output());
        softmax_forward.primitive_desc description = owned.add(new softmax_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.softmax_log,
                source.layout,
                target,
                1,
                attributes(),
                false));
        add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, hold(step.output(), target)),
                description,
                new softmax_forward(description));
    }

    // the end

    /** The network's output in the caller's buffer, which is set for each run. */
    private Held directly(Value output, memory.desc layout) {
        Held made = new Held(layout, Room.ANSWERS);
        held.put(output, made);
        builtOutput = true;
        return made;
    }

    private void answer() {
        Value output = network.output();
        Held source = held.get(output);
        memory.desc plain =
                layout(output, memory.data_type.f32, output.isVector() ? memory.format_tag.nc : memory.format_tag.nchw);
        primitive_attr attributes = attributes();
        Call call = new Call(output.name());
        quantize(call, attributes, dnnl.DNNL_ARG_SRC, output);
        reorder.primitive_desc description =
                owned.add(new reorder.primitive_desc(cpu, source.layout, cpu, plain, attributes, false));
        Held made = directly(output, plain);
        call.with(dnnl.DNNL_ARG_FROM, source).with(dnnl.DNNL_ARG_TO, made);
        add(call, description, new reorder(description));
    }

    private Plan finish() {
        long values = arena.layOut();
        long scratch = calls.stream()
                .mapToLong(call -> owned.add(call.description.scratchpad_desc()).get_size())
                .max()
                .orElse(0);
        BytePointer block = owned.add(new BytePointer(values + scratch + 2 * PAGE));
        Pointer.memset(block, 0, block.capacity());
        long start = (PAGE - block.address() % PAGE) % PAGE;
        long scratchStart = start + (values + PAGE - 1) / PAGE * PAGE;
        List<Plan.Execution> executions = new ArrayList<>();
        for (Call call : calls) {
            memory.desc scratchLayout = owned.add(call.description.scratchpad_desc());
            if (scratchLayout.get_size() > 0) {
                call.with(dnnl.DNNL_ARG_SCRATCHPAD, at(block, scratchStart, scratchLayout));
            }
            dnnl_exec_arg_t arguments = owned.add(new dnnl_exec_arg_t(call.arguments.size()));
            for (int i = 0; i < call.arguments.size(); i++) {
                Argument argument = call.arguments.get(i);
                memory one = argument.value == null ? argument.constant : memoryOf(argument.value, block, start);
                arguments.position(i).arg(argument.id).memory(owned.add(one.get()));
            }
            arguments.position(0);
            executions.add(new Plan.Execution(
                    call.name,
                    call.description.impl_info_str().getString(),
                    owned.add(call.kernel.get()),
                    arguments,
                    call.arguments.size()));
        }
        return new Plan(
                executions,
                owned,
                owned.add(queue.get()),
                callers.get(Room.IMAGES),
                callers.get(Room.ANSWERS),
                batch,
                threads,
                weights);
    }

    private memory memoryOf(Held value, BytePointer block, long start) {
        if (value.view == null) {
            if (value.room == Room.ARENA) {
                value.view = at(block, start + value.place.offset(), value.layout);
            } else {
                value.view = owned.add(new memory(value.layout, cpu, new Pointer()));
                callers.get(value.room).add(value.view);
            }
        }
        return value.view;
    }

    private memory at(BytePointer block, long offset, memory.desc layout) {
        return owned.add(new memory(layout, cpu, new BytePointer(block).position(offset)));
    }
}
