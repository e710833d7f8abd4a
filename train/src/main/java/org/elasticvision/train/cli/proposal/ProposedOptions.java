package org.elasticvision.train.cli.proposal;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.Recognition;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.cli.recipe.RecipeFileOptions;
import org.elasticvision.train.data.DataSource;
import org.elasticvision.train.data.DatasetFolder;
import org.elasticvision.train.data.HeldOut;
import org.elasticvision.train.distributed.Rank;
import org.elasticvision.train.proposal.DataFacts;
import org.elasticvision.train.proposal.Proposal;
import org.elasticvision.train.settings.RunSettings.InitialWeights;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options that are proposed where they are not given. They are put into the command line, which is then run as if the user had given
 * them: a run's record, its ranks and what is printed all have the same words. What is given stays.
 */
public final class ProposedOptions {
    private final CommandSpec command;
    private final PrintWriter out;
    private final boolean tells;
    private final List<String> words = new ArrayList<>();

    /** @param command that is to be run, parsed */
    public ProposedOptions(CommandSpec command) {
        this.command = command;
        this.out = command.commandLine().getOut();
        this.tells = Rank.of(System.getenv()).map(Rank::isFirst).orElse(true);
    }

    /**
     * Proposes the task that the data are laid out for, and a validation part where they have none.
     *
     * @param folder DATA; empty where parts of MSCOCO are given
     * @param lacksValidation whether parts of MSCOCO are given without one to validate on
     */
    public void ofData(Optional<Path> folder, boolean lacksValidation) {
        boolean taskIsGiven = Given.has(command, "--task");
        Task task = taskIsGiven
                ? command.optionsMap().get("--task").getValue()
                : folder.map(DatasetFolder::task).orElse(Task.MULTI_LABEL);
        if (!taskIsGiven && (task != Task.CLASSIFICATION || !Given.has(command, "--arch"))) {
            words.add("--task=" + task.id());
        }
        boolean lacks =
                folder.map(data -> DatasetFolder.lacksValidation(task, data)).orElse(lacksValidation);
        if (lacks && !Given.has(command, "--val-split")) {
            words.add("--val-split=" + HeldOut.USUAL_SHARE);
            say("the data have no validation images: a tenth of the training images"
                    + (task == Task.CLASSIFICATION ? ", of each class," : "") + " is held out for that (--val-split "
                    + HeldOut.USUAL_SHARE + ")");
        }
    }

    /**
     * Proposes network and recipe, if no network is given.
     *
     * @param source of the data
     * @param start weights to start from
     * @param device by its name, such as {@code auto}
     * @param ranks processes that share a batch
     */
    public void ofNetwork(Task task, DataSource source, Optional<InitialWeights> start, String device, int ranks) {
        if (Given.has(command, "--arch")) {
            return;
        }
        Optional<Architecture> begun = start.map(ProposedOptions::architecture);
        boolean gpu = TorchDevice.isName(device) && TorchDevice.of(device).cuda();
        DataFacts facts = DataFacts.of(task, source.open(task, note -> {}));
        Proposal proposal =
                Proposal.of(facts, begun, gpu, ranks, new Proposal.Decided(given("--batch"), given("--epochs")));
        words.add("--arch=" + proposal.architecture());
        proposal.input().ifPresent(size -> add("--input-size", size.height() + "x" + size.width()));
        if (!Given.has(
                command, RecipeFileOptions.RECIPE)) { // which says how to train, and what it leaves out is as published
            addRecipe(proposal);
        }
        say(String.format(
                Locale.ROOT,
                "proposed for %,d training images of %,d classes%s: %s",
                facts.images(),
                facts.classes(),
                facts.shortSide() == 0 ? "" : ", usually " + facts.shortSide() + " pixels or more on each side",
                proposal.reason(facts, begun.isPresent(), gpu)));
        say("  " + CommandText.of(all().toArray()));
    }

    private void addRecipe(Proposal proposal) {
        add("--epochs", proposal.epochs());
        add("--batch", proposal.batchSize());
        if (command.optionsMap().get("--optimizer").getValue() != OptimizerKind.ADAMW) { // the proposed one is of SGD
            add("--lr", proposal.learningRate());
        }
        if (!Given.has(command, "--schedule") && !Given.has(command, "--decay-at") && !Given.has(command, "--warmup")) {
            words.add("--schedule=cosine");
            add("--warmup", proposal.warmupEpochs());
        }
        if (!Given.has(command, "--augment")) {
            proposal.cropArea().ifPresent(least -> add("--crop-area", least));
        }
        if (!Given.has(command, "--ema") && !Given.has(command, "--ema-warmup")) {
            proposal.emaDecay().ifPresent(decay -> {
                add("--ema", decay);
                words.add("--ema-warmup");
            });
        }
    }

    private OptionalInt given(String option) {
        Integer value = command.optionsMap().get(option).getValue();
        return value == null || value < 1 ? OptionalInt.empty() : OptionalInt.of(value); // the recipe refuses 0
    }

    private void add(String option, Object value) {
        if (!Given.has(command, option)) {
            words.add(option + "=" + value);
        }
    }

    private static Architecture architecture(InitialWeights start) {
        try (Checkpoint checkpoint = Checkpoint.open(start.file())) {
            return Recognition.of(checkpoint, start.entry(), Optional.empty(), Optional.empty())
                    .architecture();
        }
    }

    private void say(String line) {
        if (tells) {
            out.println(line);
            out.flush();
        }
    }

    /** {@return whether anything is proposed} */
    public boolean areAny() {
        return !words.isEmpty();
    }

    /** {@return the exit code of the command line with what is proposed, which runs} */
    public int run() {
        return command.root().commandLine().execute(all().toArray(String[]::new));
    }

    private List<String> all() {
        List<String> all =
                new ArrayList<>(command.root().commandLine().getParseResult().expandedArgs());
        all.addAll(all.indexOf(command.name()) + 1, words);
        return all;
    }
}
