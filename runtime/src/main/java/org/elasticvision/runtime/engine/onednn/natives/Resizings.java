package org.elasticvision.runtime.engine.onednn.natives;

import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;
import org.elasticvision.runtime.engine.onednn.natives.PlanDraft.Call;
import org.elasticvision.runtime.engine.onednn.natives.PlanDraft.Held;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Window;

/** Makes the calls of steps that change the height and width of images without a convolution. For one thread. */
final class Resizings {
    private final PlanDraft draft;

    /** @param draft of the plan */
    Resizings(PlanDraft draft) {
        this.draft = draft;
    }

    void pool(Step.Pooling step) {
        Held source = draft.in(step.input(), draft.layout(step.input()));
        memory.desc target = draft.layout(step.output());
        Window window = step.window();
        dnnl.algorithm kind =
                switch (step.kind()) {
                    case MAXIMUM -> dnnl.algorithm.pooling_max;
                    case AVERAGE -> dnnl.algorithm.pooling_avg_exclude_padding;
                    case AVERAGE_WITH_PADDING -> dnnl.algorithm.pooling_avg_include_padding;
                };
        pooling_forward.primitive_desc description = draft.own(new pooling_forward.primitive_desc(
                draft.cpu(),
                dnnl.prop_kind.forward_inference,
                kind,
                source.layout,
                target,
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.kernelHeight(), window.kernelWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {window.top(), window.left()},
                new long[] {window.bottom(), window.right()},
                draft.attributes(),
                false));
        draft.add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target)),
                description,
                new pooling_forward(description));
    }

    void resize(Step.Resizing step) {
        Held source = draft.in(step.input(), draft.layout(step.input()));
        memory.desc target = draft.layout(step.output());
        // The preset leaves out the constructors of resampling_forward.primitive_desc; the function of C is there.
        dnnl_primitive_desc raw = new dnnl_primitive_desc();
        int status = dnnl.dnnl_resampling_forward_primitive_desc_create(
                raw,
                draft.cpu().get(),
                dnnl.dnnl_forward_inference,
                dnnl.dnnl_resampling_linear,
                (FloatPointer) null,
                source.layout.get(),
                target.get(),
                draft.attributes().get());
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("status " + status);
        }
        primitive_desc description = draft.own(new primitive_desc(raw));
        draft.add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_SRC, source)
                        .with(dnnl.DNNL_ARG_DST, draft.hold(step.output(), target)),
                description,
                new primitive(description));
    }

    /** Two products with what each new row and column takes of the old ones, as kernels know other centres only. */
    void resizeByCorners(Step.CornerResizing step) {
        Value input = step.input();
        Value output = step.output();
        long planes = (long) draft.batch() * input.channels();
        long height = input.height();
        long width = input.width();
        Held source = draft.in(input, draft.layout(input, memory.data_type.f32, memory.format_tag.nchw));
        memory.desc rows =
                draft.layout(new long[] {1, planes * height, width}, memory.data_type.f32, memory.format_tag.abc);
        memory.desc wide = draft.layout(
                new long[] {1, planes * height, output.width()}, memory.data_type.f32, memory.format_tag.abc);
        memory columns = draft.floats(
                new long[] {1, width, output.width()},
                memory.format_tag.acb,
                CornerWeights.of(input.width(), output.width()));
        Held across = new Held(wide, draft.arena().place(wide.get_size(), draft.index(), draft.index()));
        product(output.name() + " across", source.as(rows), rows, columns.get_desc(), columns, null, across);
        memory.desc images =
                draft.layout(new long[] {planes, height, output.width()}, memory.data_type.f32, memory.format_tag.abc);
        memory down = draft.floats(
                new long[] {1, output.height(), height},
                memory.format_tag.abc,
                CornerWeights.of(input.height(), output.height()));
        memory.desc all = draft.layout(
                new long[] {planes, output.height(), output.width()}, memory.data_type.f32, memory.format_tag.abc);
        memory.desc planar = draft.layout(output, memory.data_type.f32, memory.format_tag.nchw);
        boolean isAnswer = output == draft.network().output();
        Held result = isAnswer
                ? draft.directly(output, planar)
                : new Held(planar, draft.arena().place(planar.get_size(), draft.index(), draft.lastUse(output)));
        draft.put(output, result);
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
        matmul.primitive_desc description = draft.own(new matmul.primitive_desc(
                draft.cpu(), sourceLayout, weightsLayout, target.layout, draft.attributes(), false));
        Call call = new Call(name);
        if (source == null) {
            call.with(dnnl.DNNL_ARG_SRC, constant).with(dnnl.DNNL_ARG_WEIGHTS, weightsValue);
        } else {
            call.with(dnnl.DNNL_ARG_SRC, source).with(dnnl.DNNL_ARG_WEIGHTS, constant);
        }
        call.with(dnnl.DNNL_ARG_DST, target);
        draft.add(call, description, new matmul(description));
    }

    void crop(Step.Cropping step) {
        Held source = draft.in(step.input(), draft.layout(step.input()));
        memory.desc part = draft.own(source.layout.submemory_desc(draft.dimensions(step.output()), new long[4]));
        memory.desc target = draft.layout(step.output());
        reorder.primitive_desc description = draft.own(
                new reorder.primitive_desc(draft.cpu(), part, draft.cpu(), target, draft.attributes(), false));
        draft.add(
                new Call(step.output().name())
                        .with(dnnl.DNNL_ARG_FROM, source.as(part))
                        .with(dnnl.DNNL_ARG_TO, draft.hold(step.output(), target)),
                description,
                new reorder(description));
    }
}
