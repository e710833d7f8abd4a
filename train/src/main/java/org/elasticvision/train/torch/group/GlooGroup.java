package org.elasticvision.train.torch.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.distributed.Meeting;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.distributed.Rank;
import org.elasticvision.train.distributed.RankLostException;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.device.TorchShield;

/**
 * A group of processes that find each other at a port of the first one's machine (c10d's {@code TCPStore}) and exchange tensors of the
 * CPU's memory over TCP (c10d's Gloo).
 */
public final class GlooGroup implements ProcessGroup {
    /** The variable by which PyTorch is told the network interface. */
    private static final String INTERFACE = "GLOO_SOCKET_IFNAME";

    private static final int GLOO_THREADS = 2;
    /** No sign of life for so long, where a sign comes every second. */
    private static final Duration SILENCE = Duration.ofSeconds(20);
    /** Longer than one rank measures or saves while the others wait. */
    private static final Duration LATENESS = Duration.ofMinutes(15);

    private static final Duration LONGEST_EXCHANGE = Duration.ofHours(24);

    static {
        TorchDevice.loadLibrary();
    }

    private final Rank rank;
    private final TCPStore store;
    private final ProcessGroupGloo gloo;
    private final RankWatch watch;
    private final FailureNotice notice;
    private long texts;

    private GlooGroup(Rank rank, TCPStore store, ProcessGroupGloo gloo, RankWatch watch) {
        this.rank = rank;
        this.store = store;
        this.gloo = gloo;
        this.watch = watch;
        this.notice = new FailureNotice(store, rank);
    }

    /**
     * Waits for all others.
     *
     * @param rank of this process
     * @param patience how long
     * @param lost is told, in one line and another thread, of a rank that does not answer while this one waits for it; nothing else
     *     ends the waiting but the end of the process
     * @return the group
     * @throws ElasticVisionException if they do not come, or the port is in use
     */
    public static GlooGroup join(Rank rank, Duration patience, Consumer<String> lost) {
        // Without a TorchShield: nothing is computed, and who waits for others can be told to end.
        try (PointerScope scope = new PointerScope()) {
            torch.initLogging(); // TORCH_CPP_LOG_LEVEL says how much c10d tells of its connections, as in Python
            TCPStore store = store(rank, new Milliseconds(patience.toMillis()), patience);
            ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(new Milliseconds(patience.toMillis()));
            GlooDeviceVector devices = new GlooDeviceVector();
            String named = System.getenv(INTERFACE);
            devices.push_back(
                    named == null || named.isBlank()
                            ? ProcessGroupGloo.createDeviceForHostname(OwnAddress.towards(rank))
                            : ProcessGroupGloo.createDeviceForInterface(named));
            options.devices(devices);
            options.threads(GLOO_THREADS);
            ProcessGroupGloo gloo = new ProcessGroupGloo(store, rank.index(), rank.size(), options);
            gloo.setTimeout(new Milliseconds(LONGEST_EXCHANGE.toMillis()));
            TCPStore own = connect(
                    rank.address(), Short.toUnsignedInt(store.getPort()), false, new Milliseconds(SILENCE.toMillis()));
            RankWatch watch = new RankWatch((TCPStore) own.retainReference(), rank, SILENCE, LATENESS, lost);
            return new GlooGroup(
                    rank, (TCPStore) store.retainReference(), (ProcessGroupGloo) gloo.retainReference(), watch);
        } catch (RuntimeException e) {
            if (e instanceof ElasticVisionException) {
                throw e;
            }
            throw new ElasticVisionException(
                    "the " + rank.size() + " ranks did not find each other within " + patience.toSeconds() + " s: "
                            + firstLine(e) + "; are all of them started?",
                    e);
        }
    }

    private static TCPStore store(Rank rank, Milliseconds timeout, Duration patience) {
        if (rank.agent().isEmpty()) {
            return store(rank, rank.port(), timeout);
        }
        if (!rank.isFirst()) {
            return store(rank, Meeting.find(rank, patience), timeout);
        }
        TCPStore store = store(rank, 0, timeout);
        try (Meeting meeting = Meeting.host(rank, Short.toUnsignedInt(store.getPort()))) {
            for (int other = 1; other < rank.size(); other++) {
                store.get(here(other)).close();
            }
            return store;
        }
    }

    private static String here(int rank) {
        return "here/" + rank;
    }

    private static TCPStore store(Rank rank, int port, Milliseconds timeout) {
        try {
            TCPStore store = connect(rank.address(), port, rank.isFirst(), timeout);
            store.set(here(rank.index()), new ByteVector((byte) 1));
            return store;
        } catch (RuntimeException e) {
            throw new ElasticVisionException(
                    rank.isFirst()
                            ? "rank 0 cannot wait for the others at port " + port + ": " + firstLine(e)
                                    + "; set MASTER_PORT to a free one"
                            : "rank 0 does not answer at " + rank.address() + ":" + port + ": " + firstLine(e)
                                    + "; is it started, and can its machine be reached at that port?",
                    e);
        }
    }

    private static TCPStore connect(String address, int port, boolean isServer, Milliseconds timeout) {
        TCPStoreOptions options = new TCPStoreOptions();
        options.port((short) port);
        options.isServer(isServer);
        options.timeout(timeout);
        options.waitWorkers(false);
        return new TCPStore(address, options);
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public int rank() {
        return rank.index();
    }

    @Override
    public int size() {
        return rank.size();
    }

    @Override
    public double[] sum(double... values) {
        return TorchShield.behind(() -> lost(() -> {
            try (PointerScope scope = new PointerScope()) {
                Tensor tensor = torch.zeros(
                        new long[] {values.length},
                        new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Double)));
                tensor.data_ptr_double().capacity(values.length).put(values);
                gloo.allreduce(new TensorVector(tensor))._wait();
                double[] sums = new double[values.length];
                tensor.data_ptr_double().capacity(sums.length).get(sums);
                return sums;
            }
        }));
    }

    @Override
    public String first(String value) {
        String key = "text/" + texts++;
        return TorchShield.behind(() -> lost(() -> {
            try (PointerScope scope = new PointerScope()) {
                if (isFirst()) {
                    store.set(key, new ByteVector(value.getBytes(StandardCharsets.UTF_8)));
                    return value;
                }
                return new String(store.get(key).get(), StandardCharsets.UTF_8);
            }
        }));
    }

    /**
     * Begins to sum a tensor over all processes, in its place.
     *
     * @param tensor dense, on the CPU; not to be touched until {@link #await}
     * @return what is waited for; its caller's
     */
    Work startSum(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            return (Work) gloo.allreduce(new TensorVector(tensor)).retainReference();
        }
    }

    /** Waits for what was begun, and frees it. */
    void await(Work work) {
        lost(() -> {
            work._wait();
            work.close();
            return null;
        });
    }

    /**
     * {@return the values of all processes, [process][value], in the current scope}
     *
     * @param own this process's, [value], dense, on the CPU; as many as the others'
     */
    Tensor gather(Tensor own) {
        return lost(() -> {
            Tensor all = torch.empty(new long[] {size(), own.numel()}, own.options(), new MemoryFormatOptional());
            gloo._allgather_base(all, own.unsqueeze(0))._wait();
            return all;
        });
    }

    /**
     * Replaces tensors by their means over all processes, taken in float64; the same bit for bit in each.
     *
     * @param tensors as many, of the same shapes, types and order everywhere; at least one
     */
    public void average(List<Tensor> tensors) {
        TorchShield.behind(() -> lost(() -> {
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor[] flat = tensors.stream()
                        .map(tensor -> tensor.cpu().to(torch.ScalarType.Double).flatten())
                        .toArray(Tensor[]::new);
                Tensor means = torch.cat(new TensorVector(flat));
                gloo.allreduce(new TensorVector(means))._wait();
                means.div_(new Scalar((double) size()));
                long offset = 0;
                for (Tensor tensor : tensors) {
                    tensor.copy_(means.narrow(0, offset, tensor.numel()).view_as(tensor));
                    offset += tensor.numel();
                }
            }
            return null;
        }));
    }

    /**
     * Replaces tensors by those of the first process.
     *
     * @param tensors as many, of the same shapes, types and order everywhere
     */
    public void broadcast(Iterable<Tensor> tensors) {
        TorchShield.behind(() -> lost(() -> {
            for (Tensor tensor : tensors) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor values = tensor.detach();
                    Tensor onCpu = values.cpu(); // the same one if it is there
                    gloo.broadcast(new TensorVector(onCpu))._wait();
                    if (!values.is_cpu()) {
                        values.copy_(onCpu);
                    }
                }
            }
            return null;
        }));
    }

    private <T> T lost(Supplier<T> exchange) {
        watch.beginWaiting();
        try {
            return exchange.get();
        } catch (RuntimeException e) {
            if (e instanceof ElasticVisionException) {
                throw e;
            }
            throw new RankLostException("another rank has ended or does not answer (" + firstLine(e) + ")", e);
        } finally {
            watch.endWaiting();
        }
    }

    /**
     * Says that this rank ends, and why.
     *
     * @param reason in one line
     * @return whether no other rank has said so before: then it is told to the user, and else another reason was
     */
    public boolean isFirstToFail(String reason) {
        return notice.isFirst(reason);
    }

    /**
     * Ends the exchange, so that the others notice that this rank has failed; the first one, which has the store, stays until they have read
     * there why. Nothing but {@link #close} may follow.
     */
    public void leave() {
        TorchShield.free(gloo::close);
        notice.leave();
    }

    /** {@return which rank has ended without saying why, after a {@link RankLostException}; empty where it said so} */
    public OptionalInt findLost() {
        return watch.findLost(notice::isSaid);
    }

    /** Ends the exchange. The first rank, which has the store, stays a while for the others to be done with it. */
    @Override
    public void close() {
        watch.close();
        notice.leave();
        TorchShield.free(() -> {
            gloo.close();
            store.close();
        });
    }
}
