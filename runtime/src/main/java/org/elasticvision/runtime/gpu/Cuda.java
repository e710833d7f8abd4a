package org.elasticvision.runtime.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;

/**
 * Whether there are GPUs, found out without risk: TensorRT hands out pointers to nothing where there are none, and the JVM
 * dies of using them. Asked anew at each call. Safe for use by any number of threads.
 */
public final class Cuda {
    private Cuda() {}

    /**
     * What was found.
     *
     * @param gpus none where there is a problem
     * @param driverVersion the newest CUDA that the driver can run, such as {@code 13.1}; empty where there is no driver
     * @param runtimeVersion of the CUDA library; empty where it is missing
     * @param problem what is wrong, and where that is known what to do about it, one line; empty where there are GPUs. Who can
     *     do without a GPU adds that
     */
    public record Status(
            List<Gpu> gpus, Optional<String> driverVersion, Optional<String> runtimeVersion, Optional<String> problem) {
        public Status {
            gpus = List.copyOf(gpus);
        }

        /**
         * {@return what speaks against the use of one GPU, counted from 0; empty where it can be used}
         *
         * @param gpu counted from 0
         */
        public Optional<String> problem(int gpu) {
            if (problem.isPresent() || gpu < gpus.size()) {
                return problem;
            }
            return Optional.of("there is no GPU " + gpu + "; "
                    + (gpus.size() == 1 ? "the only one is 0" : "they are 0 to " + (gpus.size() - 1)));
        }

        private static Status failed(Optional<String> driver, Optional<String> runtime, String problem) {
            return new Status(List.of(), driver, runtime, Optional.of(problem));
        }
    }

    /**
     * Looks for GPUs. Never fails and never crashes: what goes wrong is in the answer.
     *
     * @return what was found
     */
    public static Status status() {
        try {
            return CudaRuntime.status();
        } catch (LinkageError e) { // of this class first UnsatisfiedLinkError, from then on NoClassDefFoundError
            return Status.failed(Optional.empty(), Optional.empty(), missing(e));
        }
    }

    /**
     * Loads cuDNN if it is there, which ONNX Runtime's and LibTorch's CUDA builds need. Never fails.
     *
     * @return its version, such as {@code 9.19.0}; empty where it is missing
     */
    public static Optional<String> cudnnVersion() {
        return LibraryVersion.of(() -> Dnn.version());
    }

    private static String missing(LinkageError e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("org/bytedeco/cuda") && e instanceof NoClassDefFoundError && !said.contains("initialize")) {
            return "CUDA's Java classes are not on the class path; add the dependency org.bytedeco:tensorrt";
        }
        return switch (SharedLibrary.load(GpuLibraries.DRIVER).presence()) {
            case MISSING ->
                "there is no NVIDIA driver (" + GpuLibraries.DRIVER
                        + " is not found); install it, version 580 or later";
            case NOT_ASKED -> "there is no NVIDIA driver, or CUDA 13 is not installed; install both";
            case LOADS, BROKEN ->
                GpuLibraries.firstMissing(GpuPart.GPUS)
                        .map(MissingLibrary::toString)
                        .orElse("CUDA cannot be asked ("
                                + said.lines().findFirst().orElse("") + ")");
        };
    }

    /** All that touches CUDA's classes, so that {@link Cuda} itself always loads. */
    private static final class CudaRuntime {
        private CudaRuntime() {}

        static Status status() {
            int[] number = new int[1];
            Optional<String> runtime = cudart.cudaRuntimeGetVersion(number) == cudart.cudaSuccess
                    ? Optional.of(version(number[0]))
                    : Optional.empty();
            number[0] = 0;
            boolean driverAnswers = cudart.cudaDriverGetVersion(number) == cudart.cudaSuccess && number[0] > 0;
            Optional<String> driver = driverAnswers ? Optional.of(version(number[0])) : Optional.empty();
            int[] count = new int[1];
            int code = cudart.cudaGetDeviceCount(count);
            if (driver.isEmpty()) {
                return Status.failed(driver, runtime, "there is no NVIDIA driver; install it");
            }
            if (code != cudart.cudaSuccess) {
                return Status.failed(driver, runtime, "CUDA finds no usable GPU (" + error(code) + ")");
            }
            if (count[0] < 1) {
                return Status.failed(driver, runtime, "CUDA finds no GPU");
            }
            return gpus(count[0], driver, runtime);
        }

        private static Status gpus(int count, Optional<String> driver, Optional<String> runtime) {
            List<Gpu> gpus = new ArrayList<>();
            try (cudaDeviceProp properties = new cudaDeviceProp()) {
                for (int i = 0; i < count; i++) {
                    int code = cudart.cudaGetDeviceProperties(properties, i);
                    if (code != cudart.cudaSuccess) {
                        return Status.failed(
                                driver, runtime, "GPU " + i + " does not answer (" + error(code) + "); restart it");
                    }
                    gpus.add(new Gpu(
                            properties.name().getString(),
                            properties.major(),
                            properties.minor(),
                            properties.totalGlobalMem()));
                }
            }
            return new Status(gpus, driver, runtime, Optional.empty());
        }

        private static String version(int number) {
            return number / 1000 + "." + number % 1000 / 10;
        }

        private static String error(int code) {
            return cudart.cudaGetErrorString(code).getString();
        }
    }

    /** All that touches cuDNN's classes. */
    private static final class Dnn {
        private Dnn() {}

        static long version() {
            return cudnn.cudnnGetVersion();
        }
    }
}
