package org.elasticvision.train.torch.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;

/**
 * Sums gradients over the processes of a group: in buckets of some megabytes, from the last layers to the first, as the backward pass
 * has them, so that a bucket is exchanged while earlier layers are still computed.
 *
 * <p>The gradients are kept in the buckets, as views of them: nothing is copied. Which parameters have gradients shows after the first
 * backward pass; those that have none anywhere are left alone. That a gradient is complete shows in what comes after it: a hook is called
 * before the gradient is added, so that the one before has been added by then. How often a parameter's gradient arrives in a pass (more
 * than once where blocks are computed anew) is counted in the first pass.
 *
 * <p>Not thread-safe.
 */
public final class GradientBuckets implements AutoCloseable {
    private static final long BUCKET_BYTES = 16L << 20;
    /** So that the first exchange begins early. */
    private static final long FIRST_BUCKET_BYTES = 1L << 20;

    private final GlooGroup group;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Bucket> buckets = new ArrayList<>();
    private Parameter arriving;
    private boolean counting = true;
    private boolean isLast;
    private int launched;
    private RuntimeException failure;
    private long waitedNanos;

    /**
     * Watches the gradients of parameters from now on.
     *
     * @param group to sum over
     * @param trained parameters in the order of the network, the same everywhere; they stay their owner's
     */
    public GradientBuckets(GlooGroup group, List<Tensor> trained) {
        this.group = group;
        trained.forEach(tensor -> parameters.add(new Parameter(tensor)));
        Collections.reverse(parameters);
    }

    /** A parameter, and how far its gradient is. */
    private final class Parameter extends VoidTensorHook {
        private final Tensor tensor;
        private Bucket bucket;
        private int expected;
        private int arrived;

        Parameter(Tensor tensor) {
            this.tensor = tensor;
            tensor.register_hook(this);
        }

        /** A gradient is going to be added to those so far. LibTorch calls: nothing may be thrown. */
        @Override
        public void call(TensorBase gradient) {
            try {
                Parameter before = arriving;
                arriving = this;
                arrived++;
                if (before != null && before.isComplete()) {
                    before.bucket.complete(before);
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        boolean isComplete() {
            return isLast && !counting && bucket != null && arrived == expected;
        }
    }

    /** Gradients that lie behind each other in memory and are exchanged together. */
    private final class Bucket {
        private final Tensor flat;
        private final List<Parameter> members;
        private int missing;
        private Work work;
        private Tensor onCpu;

        Bucket(List<Parameter> members) {
            this.members = members;
            this.missing = members.size();
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                long values =
                        members.stream().mapToLong(one -> one.tensor.numel()).sum();
                flat = (Tensor)
                        torch.zeros(new long[] {values}, members.get(0).tensor.options())
                                .retainReference();
                long offset = 0;
                for (Parameter member : members) {
                    place(member, offset);
                    offset += member.tensor.numel();
                }
            }
        }

        private void place(Parameter member, long offset) {
            Tensor tensor = member.tensor;
            Tensor view = flat.as_strided(
                    tensor.sizes().vec().get(), tensor.strides().vec().get(), new LongOptional(offset));
            Tensor gradient = tensor.grad();
            if (gradient.defined()) {
                view.copy_(gradient);
            }
            tensor.mutable_grad().put(view);
            member.bucket = this;
        }

        void complete(Parameter member) {
            if (member.bucket != this || missing == 0) {
                throw new IllegalStateException("a gradient came after its bucket had been exchanged");
            }
            missing--;
            launchReady();
        }

        /** Gloo exchanges what is in the CPU's memory. */
        void launch() {
            if (flat.is_cpu()) {
                work = group.startSum(flat);
                return;
            }
            try (PointerScope scope = new PointerScope()) {
                onCpu = (Tensor) flat.cpu().retainReference();
            }
            work = group.startSum(onCpu);
        }

        void await() {
            group.await(work);
            work = null;
            missing = members.size();
            if (onCpu != null) {
                flat.copy_(onCpu).close();
                onCpu.close();
                onCpu = null;
            }
        }
    }

    /**
     * Says what the next backward pass is.
     *
     * @param last whether no other one adds to these gradients, so that they may be exchanged as they come
     */
    public void beforeBackward(boolean last) {
        isLast = last;
        arriving = null;
        parameters.forEach(one -> one.arrived = 0);
    }

    /** Learns from a backward pass that has come to its end how often gradients arrive. */
    public void afterBackward() {
        if (counting) {
            parameters.forEach(one -> one.expected = one.arrived);
        }
        if (arriving != null && arriving.isComplete()) {
            arriving.bucket.complete(arriving);
        }
        counting = false;
        isLast = false;
    }

    private void launchReady() {
        while (launched < buckets.size() && buckets.get(launched).missing == 0) {
            buckets.get(launched).launch();
            launched++;
        }
    }

    private void launchAll() {
        while (launched < buckets.size()) {
            buckets.get(launched).launch();
            launched++;
        }
    }

    /** Exchanges what has not been yet, and waits until all gradients are sums over all processes. */
    public void finish() {
        if (failure != null) {
            throw failure;
        }
        long since = System.nanoTime();
        launchAll();
        placeNew(); // after those that some process may have exchanged already: the order is the same in all
        launchAll();
        buckets.forEach(Bucket::await);
        launched = 0;
        waitedNanos += System.nanoTime() - since;
    }

    /** Those that have a gradient in any process get one in each. */
    private void placeNew() {
        List<Parameter> without =
                parameters.stream().filter(one -> one.bucket == null).toList();
        if (without.isEmpty()) {
            return;
        }
        double[] found = new double[without.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = without.get(i).tensor.grad().defined() ? 1 : 0;
        }
        found = group.sum(found);
        List<Parameter> members = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < found.length; i++) {
            if (found[i] > 0) {
                members.add(without.get(i));
                bytes += without.get(i).tensor.nbytes();
                if (bytes >= (buckets.isEmpty() ? FIRST_BUCKET_BYTES : BUCKET_BYTES)) {
                    buckets.add(new Bucket(List.copyOf(members)));
                    members.clear();
                    bytes = 0;
                }
            }
        }
        if (!members.isEmpty()) {
            buckets.add(new Bucket(List.copyOf(members)));
        }
    }

    /** {@return how long {@link #finish} has taken so far, in nanoseconds: what no backward pass hid} */
    public long waitedNanos() {
        return waitedNanos;
    }

    @Override
    public void close() {
        buckets.forEach(bucket -> bucket.flat.close());
        buckets.clear();
    }
}
