package org.elasticvision.runtime.engine.onednn.natives;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.engine.onednn.network.Activation;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;

/**
 * A plan while it is made: values and where they are, constants, and calls in their order. Values are freed for others after the step that
 * uses them last. For one thread.
 */
final class PlanDraft {
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
    static final class Held {
        final memory.desc layout;
        private final Room room;
        final Arena.Place place; // null outside of the arena
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

    /** A call of a primitive. */
    static final class Call {
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

    PlanDraft(Network network, int batch, Precision precision, PackedWeights weights, int threads) {
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

    // the steps

    /** Begins with what the network is given, and with when each value is used for the last time. */
    void begin() {
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
    }

    /** The steps of the network, in their order: what is added from now on belongs to this one. */
    void go(int step) {
        index = step;
    }

    /** {@return the step that is made now} */
    int index() {
        return index;
    }

    /** {@return the last step that uses a value, or this one where none does} */
    int lastUse(Value value) {
        return lastUses.getOrDefault(value, index);
    }

    Network network() {
        return network;
    }

    int batch() {
        return batch;
    }

    /** {@return in what is computed what is not in 8 bits} */
    memory.data_type computing() {
        return computing;
    }

    PackedWeights weights() {
        return weights;
    }

    Arena arena() {
        return arena;
    }

    engine cpu() {
        return cpu;
    }

    stream queue() {
        return queue;
    }

    /** Keeps what is native until the plan is closed. */
    <P extends Pointer> P own(P pointer) {
        return owned.add(pointer);
    }

    // layouts

    memory.data_type type(Value value) {
        return value.quantization()
                .map(how -> how.signed() ? memory.data_type.s8 : memory.data_type.u8)
                .orElse(computing);
    }

    long[] dimensions(Value value) {
        return value.isVector()
                ? new long[] {batch, value.channels()}
                : new long[] {batch, value.channels(), value.height(), value.width()};
    }

    memory.desc layout(Value value, memory.data_type type, memory.format_tag order) {
        return layout(dimensions(value), type, order);
    }

    memory.desc layout(long[] dimensions, memory.data_type type, memory.format_tag order) {
        return owned.add(new memory.desc(dimensions, type, order));
    }

    /** Channels of a pixel beside each other, which all kernels that matter here are made for. */
    memory.desc layout(Value value) {
        return layout(value, type(value), value.isVector() ? memory.format_tag.nc : memory.format_tag.nhwc);
    }

    /** {@return a vector as images of one pixel} */
    memory.desc pixels(Value vector, memory.data_type type) {
        return layout(new long[] {batch, vector.channels(), 1, 1}, type, memory.format_tag.nhwc);
    }

    /** {@return where a value is} */
    Held held(Value value) {
        return held.get(value);
    }

    /** Tells where a value is. */
    void put(Value value, Held where) {
        held.put(value, where);
    }

    /** A place for a value that this step makes. */
    Held hold(Value value, memory.desc layout) {
        int last = lastUses.getOrDefault(value, index);
        Held made = new Held(layout, arena.place(layout.get_size(), index, last));
        held.put(value, made);
        return made;
    }

    /** A value in a layout: as it is, or reordered first. */
    Held in(Value value, memory.desc layout) {
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

    primitive_attr attributes() {
        primitive_attr attributes = owned.add(new primitive_attr());
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    void add(Call call, primitive_desc_base description, primitive kernel) {
        call.description = description;
        call.kernel = owned.add(kernel);
        calls.add(call);
    }

    // constants

    memory floats(float... values) {
        return floats(new long[] {values.length}, memory.format_tag.x, values);
    }

    memory floats(long[] dimensions, memory.format_tag order, float... values) {
        FloatPointer pointer = owned.add(new FloatPointer(values));
        return owned.add(new memory(layout(dimensions, memory.data_type.f32, order), cpu, pointer));
    }

    memory number(int value) {
        IntPointer pointer = owned.add(new IntPointer(new int[] {value}));
        return owned.add(new memory(layout(new long[] {1}, memory.data_type.s32, memory.format_tag.x), cpu, pointer));
    }

    void scale(Call call, primitive_attr attributes, int argument, float scale) {
        attributes.set_scales_mask(argument, 0);
        call.with(dnnl.DNNL_ARG_ATTR_SCALES | argument, floats(scale));
    }

    void zero(Call call, primitive_attr attributes, int argument, int zero) {
        if (zero != 0) {
            attributes.set_zero_points_mask(argument, 0);
            call.with(dnnl.DNNL_ARG_ATTR_ZERO_POINTS | argument, number(zero));
        }
    }

    /** Says how the codes of an argument stand for numbers, if it is in codes. */
    void quantize(Call call, primitive_attr attributes, int argument, Value value) {
        value.quantization().ifPresent(how -> {
            scale(call, attributes, argument, how.scale());
            zero(call, attributes, argument, how.zero());
        });
    }

    static void activate(post_ops after, Activation activation) {
        switch (activation) {
            case RELU -> after.append_eltwise(dnnl.algorithm.eltwise_relu, 0f, 0f);
            case SIGMOID -> after.append_eltwise(dnnl.algorithm.eltwise_logistic, 0f, 0f);
            case NONE -> {}
        }
    }

    static void linear(post_ops after, float factor, float summand) {
        if (factor != 1 || summand != 0) {
            after.append_eltwise(dnnl.algorithm.eltwise_linear, factor, summand);
        }
    }

    /** The network's output in the caller's buffer, which is set for each run. */
    Held directly(Value output, memory.desc layout) {
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

    /** {@return the plan, which owns all from now on} */
    Plan finish() {
        if (!builtOutput) {
            answer();
        }
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
                    call.name, call.description, owned.add(call.kernel.get()), arguments, call.arguments.size()));
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

    /** Frees all: no plan comes of it. */
    void close() {
        owned.close();
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
