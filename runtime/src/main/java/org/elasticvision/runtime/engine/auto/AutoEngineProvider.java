package org.elasticvision.runtime.engine.auto;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.onnx.ModelContent;

/** Hands ONNX files to the engine for processors that is the fastest for them, as {@link EngineRule} says. */
public final class AutoEngineProvider implements EngineProvider {
    /** Whether oneDNN was found not to load, which is said once and not tried again. */
    private static final AtomicBoolean IS_MISSING = new AtomicBoolean();

    private final Supplier<EngineRule> rule;

    /** By the speeds that come with this library. */
    public AutoEngineProvider() {
        this(EngineRule::current);
    }

    AutoEngineProvider(Supplier<EngineRule> rule) {
        this.rule = rule;
    }

    @Override
    public String name() {
        return "Auto";
    }

    @Override
    public boolean opens(Path file) {
        return ModelContent.isOnnx(file);
    }

    @Override
    public List<Provider> providers() {
        return List.of(Provider.AUTO);
    }

    @Override
    public boolean changesPrecision(Provider provider) {
        return true;
    }

    @Override
    public boolean keepsModels(Provider provider) {
        return true;
    }

    @Override
    public Engine open(Path file, EngineOptions options) {
        if (!options.plugin().isEmpty()) {
            throw new ModelException(
                    file + " runs with the provider auto, which takes no plug-in; name the plug-in as the"
                            + " provider, or leave out its library, device and options");
        }
        EngineRule.Verdict verdict = rule.get().of(file, options);
        if (verdict.provider().equals(Provider.CPU)) {
            return openIn(Provider.CPU, verdict.reason(), file, options);
        }
        if (verdict.isOnlyOne()) {
            return openIn(Provider.ONEDNN, verdict.reason(), file, options);
        }
        return openInOneDnnIfPossible(verdict.reason(), file, options);
    }

    /** Of the engine that will be taken, and of no other. */
    @Override
    public void loadAhead(Path file, EngineOptions options) {
        if (options.plugin().isEmpty()) {
            Provider taken = rule.get().of(file, options).provider();
            having(taken).ifPresent(engine -> engine.loadAhead(file, with(taken, options)));
        }
    }

    private static Engine openInOneDnnIfPossible(String reason, Path file, EngineOptions options) {
        Optional<EngineProvider> oneDnn = having(Provider.ONEDNN);
        String problem = "oneDNN cannot be loaded here";
        if (oneDnn.isEmpty()) {
            warnOnce("oneDNN is not among the engines on the class path");
        } else if (!IS_MISSING.get()) {
            try {
                return openIn(Provider.ONEDNN, reason, file, options);
            } catch (ElasticVisionException | LinkageError e) {
                if (oneDnn.get().version().isPresent()) {
                    problem = "oneDNN cannot run this model (" + cause(e, file) + ")";
                } else {
                    warnOnce(cause(e, file));
                }
            }
        }
        return openIn(Provider.CPU, problem, file, options);
    }

    private static void warnOnce(String problem) {
        if (IS_MISSING.compareAndSet(false, true)) {
            // Java's logging is made ready here, and not at each start.
            System.getLogger("org.elasticvision.engine")
                    .log(
                            System.Logger.Level.WARNING,
                            "models run in ONNX Runtime, though oneDNN would be faster: " + problem);
        }
    }

    /** The first cause of a refusal is without the file and what else to do. */
    private static String cause(Throwable failure, Path file) {
        Throwable first = failure;
        while (first.getCause() instanceof ElasticVisionException deeper) {
            first = deeper;
        }
        String text = String.valueOf(first.getMessage());
        return text.startsWith(file + ": ") ? text.substring(file.toString().length() + 2) : text;
    }

    private static Engine openIn(Provider provider, String reason, Path file, EngineOptions options) {
        EngineProvider engine = required(provider, file);
        Engine opened = engine.open(file, with(provider, options));
        return new ChosenEngine(opened, new EngineChoice(provider.id(), engine.name(), reason));
    }

    private static EngineOptions with(Provider provider, EngineOptions options) {
        return provider.equals(Provider.CPU)
                ? options.withProvider(provider).withPrecision(InferencePrecision.FP32)
                : options.withProvider(provider);
    }

    private static EngineProvider required(Provider provider, Path file) {
        return having(provider)
                .orElseThrow(() -> new ModelException(file + " cannot run: the engine of --provider " + provider
                        + " is not on the class path; where jars are merged into one, their files in META-INF/services must"
                        + " be too"));
    }

    private static Optional<EngineProvider> having(Provider provider) {
        return EngineProvider.all()
                .filter(engine -> engine.providers().contains(provider))
                .findFirst();
    }

    /** In ONNX Runtime, which alone shows what is inside. */
    @Override
    public Probe probe(Path file, EngineOptions options) {
        return required(Provider.CPU, file).probe(file, with(Provider.CPU, options));
    }

    @Override
    public NodeTime.Measuring nodeTimes(Path file) {
        ModelContent.check(file);
        return (options, batch, runs) -> {
            Provider provider = taken(file, options);
            return required(provider, file).nodeTimes(file).measure(with(provider, options), batch, runs);
        };
    }

    private Provider taken(Path file, EngineOptions options) {
        try (Engine engine = open(file, options)) {
            return new Provider(engine.choice().orElseThrow().provider());
        }
    }

    /** Of its own it has no library. */
    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public List<Checkup> checkups() {
        return List.of(new AutoCheckup());
    }
}
