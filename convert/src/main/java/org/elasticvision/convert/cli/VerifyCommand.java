package org.elasticvision.convert.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.elasticvision.convert.Agreement;
import org.elasticvision.convert.Verification;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.runtime.cli.ElasticCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic verify}: does a model still answer what its checkpoint answers? */
@Command(
        name = "verify",
        description =
                "Converts the checkpoint's network literally, runs both on the same made-up pictures and prints how far"
                        + " the model's answers are from the network's. Exit code 1 past the tolerance.")
public final class VerifyCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The ONNX model.")
    private Path model;

    @Parameters(index = "1", paramLabel = "CHECKPOINT", description = "The checkpoint that it was converted from.")
    private Path checkpoint;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            defaultValue = "1e-4",
            description = "The largest error allowed, as a share of the largest logit (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many pictures to compare on (default: ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What the pictures are made from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public int order() {
        return 30;
    }

    @Override
    public Integer call() {
        if (pictures < 1 || !(tolerance >= 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--pictures must be at least 1 and --tolerance at least 0");
        }
        Agreement agreement;
        try (Checkpoint opened = Checkpoint.open(checkpoint)) {
            agreement = Verification.verify(model, opened, pictures, seed);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "max error     %.3g (%.3g of the largest logit, %.4g)%n",
                agreement.maxError(),
                agreement.relativeError(),
                agreement.maxExpected());
        out.printf(Locale.ROOT, "mean error    %.3g%n", agreement.meanError());
        out.printf(Locale.ROOT, "cosine        %.9f%n", agreement.cosine());
        out.printf(Locale.ROOT, "top-1 agrees  %.2f %%%n", 100 * agreement.top1());
        if (agreement.relativeError() <= tolerance) {
            out.printf("%s agrees with %s%n", model, checkpoint);
            return 0;
        }
        out.flush();
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "elastic: %s differs from %s by %.3g of the largest logit, more than %.3g; convert it again or raise"
                                + " --tolerance%n",
                        model,
                        checkpoint,
                        agreement.relativeError(),
                        tolerance);
        return 1;
    }
}
