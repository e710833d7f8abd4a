package org.elasticvision.runtime.cli.option;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.io.UserCache;
import picocli.CommandLine.Option;

/** {@link ProviderOptions}, and {@code --no-cache}: for commands that open a model which is opened again and again. */
public final class CachedProviderOptions extends ProviderOptions {
    @Option(
            names = "--no-cache",
            description =
                    "Do not keep the optimised model in the user's cache for the next time, nor use one that is there.")
    private boolean noCache;

    @Override
    public void check(Collection<Path> models) {
        super.check(models);
        if (!noCache) {
            return; // and no engine is looked for
        }
        Provider provider = engine().provider();
        List<EngineProvider> engines = engines(models);
        if (engines.stream().noneMatch(one -> one.keepsModels(provider))) {
            boolean gpu = engines.stream().anyMatch(one -> one.usesGpu(provider));
            Given.refuse(
                    command,
                    gpu
                            ? "is about models on the CPU; on a GPU nothing is kept"
                            : "is about models that are kept optimised, which "
                                    + engines.get(0).name() + " does not do",
                    "--no-cache");
        }
    }

    @Override
    public ModelOptions applyTo(ModelOptions options) {
        ModelOptions applied = super.applyTo(options);
        return noCache ? applied : applied.withOptimizedModels(UserCache.folder("models"));
    }
}
