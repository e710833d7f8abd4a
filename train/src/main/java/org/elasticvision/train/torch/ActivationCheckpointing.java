package org.elasticvision.train.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.VoidTensorHook;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * Activation checkpointing (Chen et al., 2016, as {@code CheckpointFunction} of the published {@code models/utils.py} has it):
 * a block keeps its inputs and its output only, and is computed again when the gradient of its output arrives. Gradients are
 * the same bit for bit.
 *
 * <p>LibTorch's Java presets cannot define an autograd function. In its place the output hangs on the inputs by an addition
 * of zero, whose gradients are replaced by hooks.
 */
final class ActivationCheckpointing {
    private final TorchOptions options;
    private final List<Backward> pending = new ArrayList<>();

    ActivationCheckpointing(TorchOptions options) {
        this.options = options;
    }

    /**
     * Runs a block.
     *
     * @param body for the forward pass
     * @param again for the backward pass
     */
    Tensor run(List<Tensor> inputs, Function<List<Tensor>, Tensor> body, Function<List<Tensor>, Tensor> again) {
        if (inputs.stream().noneMatch(Tensor::requires_grad)) {
            return body.apply(inputs);
        }
        Tensor output;
        try (NoGradGuard guard = new NoGradGuard()) {
            output = Tensors.computed(() -> body.apply(inputs));
        }
        Backward backward = new Backward(inputs, again);
        pending.add(backward);
        backward.link(output);
        return output;
    }

    /** Lets go of what the hooks kept, once the backward pass is over. */
    void release() {
        pending.forEach(Backward::release);
        pending.clear();
    }

    /** What happens when the gradient of one block's output arrives. */
    private final class Backward {
        private final List<Tensor> inputs;
        private final Function<List<Tensor>, Tensor> again;
        private final IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
        private final List<Pointer> hooks = new ArrayList<>();

        Backward(List<Tensor> inputs, Function<List<Tensor>, Tensor> again) {
            this.inputs = List.copyOf(inputs);
            this.again = again;
        }

        /** Makes the output hang on each input once, however often the block takes it. */
        void link(Tensor output) {
            for (Tensor input : distinct(inputs)) {
                if (input.requires_grad()) {
                    output.add_(zero(input));
                }
            }
            VoidTensorHook hook = new VoidTensorHook() {
                @Override
                public void call(TensorBase gradient) {
                    compute(new Tensor(gradient));
                }
            };
            hooks.add(hook);
            output.register_hook(hook);
        }

        /** A zero that depends on an input; when a gradient comes back through it, the input's true one takes its place. */
        private Tensor zero(Tensor input) {
            TensorTensorHook hook = new TensorTensorHook() {
                @Override
                public TensorBase call(TensorBase zeros) {
                    return gradients.get(input);
                }
            };
            hooks.add(hook);
            Tensor element = input.view_as(input);
            element.register_hook(hook);
            while (element.dim() > 0) {
                element = element.select(0, 0);
            }
            return element.mul(new Scalar(0.0));
        }

        private void compute(Tensor outputGradient) {
            try (PointerScope scope = new PointerScope();
                    AutoGradMode enabled = new AutoGradMode(true);
                    Autocast autocast = Autocast.enter(options)) {
                IdentityHashMap<Tensor, Tensor> leaves = new IdentityHashMap<>();
                for (Tensor input : distinct(inputs)) {
                    Tensor leaf = input.detach();
                    leaf.set_requires_grad(input.requires_grad());
                    leaves.put(input, leaf);
                }
                again.apply(inputs.stream().map(leaves::get).toList())
                        .backward(outputGradient, new BoolOptional(), false, new TensorArrayRefOptional());
                leaves.forEach((input, leaf) -> {
                    if (leaf.requires_grad()) {
                        // grad() is a reference into the leaf, which goes away with the scope.
                        gradients.put(input, (Tensor) new Tensor(leaf.grad()).retainReference());
                    }
                });
            }
        }

        void release() {
            gradients.values().forEach(Tensor::close);
            gradients.clear();
            hooks.clear();
        }
    }

    private static Set<Tensor> distinct(List<Tensor> tensors) {
        Set<Tensor> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        distinct.addAll(tensors);
        return distinct;
    }
}
