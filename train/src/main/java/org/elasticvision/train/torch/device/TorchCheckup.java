package org.elasticvision.train.torch.device;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.gpu.Cuda;

/** LibTorch, which training takes, and whether it can use a GPU. */
public final class TorchCheckup implements Checkup {
    private static final String NAME = "LibTorch";
    private static final String CUDA = "LibTorch CUDA";
    private static final Pattern VERSION = Pattern.compile("\\bTORCH_VERSION=([^,\\s]+)");
    private static final int SIZE = 64;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        try {
            Finding torch = Library.cpu();
            boolean isCudaBuild = Library.isCudaBuild();
            int gpus = isCudaBuild ? Library.gpus() : 0;
            boolean hasGpu = isCudaBuild && gpus == 0 && !Cuda.status().gpus().isEmpty();
            return List.of(torch, cuda(isCudaBuild, gpus, hasGpu));
        } catch (LinkageError e) {
            return List.of(notLoaded(e));
        }
    }

    /** What Java puts around the true reason only says that something went wrong. */
    static Finding notLoaded(LinkageError e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof ElasticVisionException
                ? Finding.broken(NAME, root.getMessage())
                : Finding.broken(NAME, "does not load: " + root)
                        .withRemedy("put org.bytedeco:pytorch with the classifier " + Loader.getPlatform()
                                + " on the class path; look for another PyTorch's libraries (LD_LIBRARY_PATH)");
    }

    /**
     * Judges the CUDA part.
     *
     * @param gpus that LibTorch can use
     * @param hasGpu whether CUDA itself finds one
     */
    static Finding cuda(boolean isCudaBuild, int gpus, boolean hasGpu) {
        if (!isCudaBuild) {
            return Finding.absent(CUDA, "not in this build: training runs on the CPU")
                    .withRemedy(Remedies.torchGpu());
        }
        if (gpus > 0) {
            return Finding.ok(CUDA).withDetail(gpus + (gpus == 1 ? " GPU" : " GPUs"));
        }
        return hasGpu
                ? Finding.broken(
                                CUDA, "finds no GPU, though there is one; its libraries do not fit this CUDA or driver")
                        .withRemedy("install the CUDA and cuDNN that the lines below ask for")
                : Finding.absent(CUDA, "in this build; there is no GPU to use it on");
    }

    /** LibTorch's text about itself has its version among much else. */
    static String version(String config) {
        Matcher matcher = VERSION.matcher(config);
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    /** All that touches LibTorch's classes, so that {@link TorchCheckup} itself always loads. */
    private static final class Library {
        static {
            TorchLibrary.load();
        }

        private Library() {}

        /** Computes a little, which chooses code for this processor. */
        static Finding cpu() {
            try (Tensor ones = torch.ones(SIZE, SIZE);
                    Tensor product = ones.mm(ones);
                    Tensor sum = product.sum();
                    BytePointer config = torch.show_config();
                    BytePointer capability = torch.get_cpu_capability()) {
                if (sum.item_double() != Math.pow(SIZE, 3)) {
                    return Finding.broken(
                            NAME, "computes wrongly: " + sum.item_double() + " instead of " + Math.pow(SIZE, 3));
                }
                return Finding.ok(NAME)
                        .withVersion(version(config.getString()))
                        .withDetail((isCudaBuild() ? "CUDA build" : "CPU build") + ", computes with "
                                + capability.getString() + ", "
                                + torch.get_num_threads() + " threads");
            }
        }

        static boolean isCudaBuild() {
            return TorchLibrary.isCudaBuild();
        }

        static int gpus() {
            return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
        }
    }
}
