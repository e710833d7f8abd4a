package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.onnx.failure.OnnxFailures;
import org.elasticvision.runtime.engine.onnx.plugin.DeviceChoice;
import org.elasticvision.runtime.engine.onnx.plugin.NeighbourLibraries;
import org.elasticvision.runtime.engine.onnx.plugin.PluginDevice;
import org.elasticvision.runtime.engine.onnx.plugin.PluginDialect;
import org.elasticvision.runtime.engine.plugin.LibraryFile;
import org.elasticvision.runtime.engine.plugin.PluginLibrary;
import org.elasticvision.runtime.engine.plugin.PluginSearch;

/** A library by others that ONNX Runtime loads and runs models on. */
final class PluginExecutionProvider implements ExecutionProvider {
    private final Provider provider;

    PluginExecutionProvider(Provider provider) {
        this.provider = provider;
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public boolean usesGpu() {
        return false; // it counts its devices itself
    }

    @Override
    public boolean keepsModels() {
        return false;
    }

    @Override
    public Optional<Checkup> checkup() {
        return Optional.empty(); // one for all plug-ins: see PluginCheckup
    }

    @Override
    public void add(SessionOptions settings, OrtEnvironment environment, Path file, EngineOptions options)
            throws OrtException {
        String subject = file + " cannot run with the provider " + provider + ", which";
        Loaded loaded = load(file, options);
        int chosen = DeviceChoice.choose(
                subject, loaded.described(), options.plugin().device());
        // Without this, operators that the provider does not have would run on the CPU, and nobody would be told.
        settings.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        settings.addExecutionProvider(
                List.of(loaded.devices().get(chosen)),
                PluginDialect.options(subject, loaded.described().get(chosen), options));
    }

    /** {@return what a model that is open runs on, in words} */
    String device(Path file, EngineOptions options) {
        Loaded loaded = load(file, options);
        List<PluginDevice> devices = loaded.described();
        int chosen =
                DeviceChoice.choose(file.toString(), devices, options.plugin().device());
        String name = devices.get(chosen).name();
        return DeviceChoice.isCollective(devices, chosen)
                ? name + " by " + devices.get(chosen).provider()
                : name;
    }

    private Loaded load(Path file, EngineOptions options) {
        String subject = file + " cannot run with the provider " + provider + ": ";
        Path library = options.plugin()
                .library()
                .or(() -> new PluginSearch().find(provider.id()).map(PluginLibrary::file))
                .orElseThrow(() -> new ModelException(
                        subject + "no library of it is found; 'elastic provider list' shows which there are"));
        LibraryFile.problem(library).ifPresent(problem -> {
            throw new ModelException(subject + library + " " + problem);
        });
        return Loading.load(subject, provider.id(), library);
    }

    /**
     * A library that ONNX Runtime has loaded, for as long as the process lives.
     *
     * @param devices that it offers
     */
    record Loaded(Path library, List<OrtEpDevice> devices) {
        List<PluginDevice> described() {
            return devices.stream().map(Loaded::described).toList();
        }

        private static PluginDevice described(OrtEpDevice device) {
            Map<String, String> metadata = new HashMap<>(device.getDevice().getMetadata());
            metadata.putAll(device.getEpMetadata());
            return new PluginDevice(
                    device.getEpName(),
                    device.getDevice().getType().name(),
                    device.getDevice().getVendor(),
                    metadata);
        }
    }

    /** All that catches ONNX Runtime's exceptions, so that the class around it always loads. */
    private static final class Loading {
        private static final Map<String, Loaded> LOADED = new HashMap<>(); // guarded by itself

        private Loading() {}

        static Loaded load(String subject, String name, Path library) {
            Path file = library.toAbsolutePath().normalize();
            synchronized (LOADED) {
                Loaded there = LOADED.get(name);
                if (there != null && !there.library().equals(file)) {
                    throw new ModelException(subject + "this process has loaded another library of that name, "
                            + there.library() + "; give the provider another name");
                }
                if (there == null) {
                    there = register(subject, name, file);
                    LOADED.put(name, there);
                }
                return there;
            }
        }

        private static Loaded register(String subject, String name, Path file) {
            OrtEnvironment environment = OnnxSessions.environment();
            try {
                Set<String> before = environment.getEpDevices().stream()
                        .map(OrtEpDevice::getEpName)
                        .collect(Collectors.toSet());
                NeighbourLibraries.load(file);
                environment.registerExecutionProviderLibrary(name, file.toString());
                List<OrtEpDevice> devices = environment.getEpDevices().stream()
                        .filter(device -> !before.contains(device.getEpName()))
                        .toList();
                return new Loaded(file, devices);
            } catch (OrtException e) {
                String said = OnnxFailures.oneLine(e).replaceFirst("^Failed to load library .*? with error: ", "");
                throw new ModelException(
                        subject + "its library " + file + " does not load: " + said + "; "
                                + (said.contains("cannot open shared object")
                                        ? "install what it needs, where the system finds libraries"
                                        : "another version of it may be for ONNX Runtime " + environment.getVersion()),
                        e);
            }
        }
    }

    /** For the doctor: loads each plug-in, and lists its devices. */
    static final class PluginCheckup implements Checkup {
        @Override
        public String name() {
            return "Plug-in providers";
        }

        @Override
        public int order() {
            return 90;
        }

        @Override
        public boolean isolated() {
            return !new PluginSearch().all().isEmpty();
        }

        @Override
        public List<Finding> examine() {
            List<PluginLibrary> all = new PluginSearch().all();
            if (all.isEmpty()) {
                return List.of(Finding.absent(name(), "none is installed")
                        .withRemedy("'elastic provider add' unpacks one, such as OpenVINO's for Intel's processors"
                                + " (onnxruntime-ep-openvino of PyPI)"));
            }
            List<Finding> findings = new ArrayList<>();
            all.forEach(library -> findings.addAll(findings(library)));
            return findings;
        }

        private static List<Finding> findings(PluginLibrary library) {
            String name = "Provider " + library.name();
            List<PluginDevice> devices;
            try {
                devices = Loading.load("", library.name(), library.file()).described();
            } catch (ModelException e) {
                return List.of(Finding.broken(name, e.getMessage()));
            }
            List<Finding> findings = new ArrayList<>();
            Finding found = devices.isEmpty()
                    ? Finding.absent(name, library.file() + ", has no device on this machine")
                    : Finding.ok(name).withDetail(library.file().toString());
            findings.add(library.version().map(found::withVersion).orElse(found));
            for (int i = 0; i < devices.size(); i++) {
                PluginDevice device = devices.get(i);
                String collective =
                        DeviceChoice.isCollective(devices, i) ? " (" + device.provider() + ", only by its number)" : "";
                findings.add(
                        Finding.ok("- device " + i).withDetail(device.name() + collective + ": " + device.details()));
            }
            return findings;
        }
    }
}
