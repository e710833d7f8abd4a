package org.elasticvision.train.cli.recipe;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.TextFiles;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.settings.RunSettings;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --recipe} and {@code --save-recipe}: the options of a recipe in a file. */
public final class RecipeFileOptions {
    /** The option that names a recipe. */
    public static final String RECIPE = "--recipe";

    private static final String READ = "--recipe-is-read";
    private static final String SAVE = "--save-recipe";
    private static final String KEPT = "recipe.yaml";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = RECIPE,
            paramLabel = "FILE",
            description =
                    "Take the options of a recipe (epochs, rates, schedule, augmentation and so on) from a YAML file,"
                            + " or from a published recipe: imagenet, mscoco or voc. What it leaves out is as published; options on"
                            + " the command line win (default: none).")
    private Optional<String> recipe;

    @Option(
            names = SAVE,
            paramLabel = "FILE",
            description = "Write the recipe of the run into this file too (default: recipe.yaml in the output folder"
                    + " only).")
    private Optional<Path> save;

    /** The other options hold what the file says already. */
    @Option(names = READ, hidden = true, description = "The recipe was read (default: off).")
    private boolean isRead;

    /** {@return options of these that are of one command only and not kept with a run} */
    public static Set<String> notKept() {
        return Set.of(RECIPE, READ, SAVE);
    }

    /** {@return whether the file's options must be put into the command line} */
    public boolean mustBeRead() {
        return recipe.isPresent() && !isRead;
    }

    /**
     * Runs the command line with the file's options, as if the user had given them.
     *
     * @return its exit code
     */
    public int run() {
        RecipeFile file = read();
        List<String> words =
                new ArrayList<>(command.root().commandLine().getParseResult().expandedArgs());
        List<String> own = new ArrayList<>(taken(file));
        own.add(READ);
        words.addAll(words.indexOf(command.name()) + 1, own);
        CommandLine root = command.root().commandLine();
        IParameterExceptionHandler plain = root.getParameterExceptionHandler();
        root.setParameterExceptionHandler((exception, given) -> plain.handleParseException(
                exception.getClass() == ParameterException.class
                        ? new ParameterException(
                                exception.getCommandLine(), file.explained(String.valueOf(exception.getMessage())))
                        : exception,
                given));
        try {
            return root.execute(words.toArray(String[]::new));
        } finally {
            root.setParameterExceptionHandler(plain);
        }
    }

    private RecipeFile read() {
        try {
            String name = recipe.orElseThrow();
            return RecipeFile.parse(name, text(name), command, options().toList());
        } catch (RecipeFileException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** The options of a recipe: those of the mixins that are about how a network learns. */
    private Stream<OptionSpec> options() {
        CommandSpec settings = command.mixins().get("options");
        return Stream.of("recipe", "augmentation", "input")
                .flatMap(mixin -> settings.mixins().get(mixin).options().stream())
                .filter(option -> !option.longestName().equals("--labels"))
                .distinct();
    }

    private static String text(String name) {
        Optional<String> published = PublishedRecipes.find(name);
        if (published.isPresent()) {
            return published.get();
        }
        Path file;
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            throw new RecipeFileException(RECIPE + " " + name + ": cannot be the name of a file here");
        }
        try {
            if (Files.isRegularFile(file) && Files.size(file) > 2L * RecipeFile.MOST_CHARACTERS) {
                throw new RecipeFileException(name + ": is too large for a recipe; give a YAML file of some lines");
            }
            return TextFiles.read(file);
        } catch (NoSuchFileException e) {
            throw new RecipeFileException(RECIPE + " " + name + ": is neither a file nor a published recipe; those are "
                    + String.join(", ", PublishedRecipes.NAMES));
        } catch (CharacterCodingException e) {
            throw new RecipeFileException(name + ": is not UTF-8 text; give a YAML file");
        } catch (IOException e) {
            throw new RecipeFileException(
                    name + (Files.isDirectory(file) ? ": is a folder; give a YAML file" : ": cannot be read"));
        }
    }

    /** What of the file is not overruled on the command line. */
    private List<String> taken(RecipeFile file) {
        Set<String> given = options()
                .map(OptionSpec::longestName)
                .filter(option -> Given.has(command, option))
                .collect(Collectors.toSet());
        return new Overruled(
                        given,
                        Objects.toString(command.optionsMap().get("--optimizer").<Object>getValue()))
                .words(file);
    }

    /**
     * Says which files are read and written.
     *
     * @param folder of the run, which keeps a recipe of its own
     */
    public void declare(Outputs outputs, Path folder) {
        recipe.filter(name -> PublishedRecipes.find(name).isEmpty())
                .ifPresent(name -> outputs.reads(RECIPE, Path.of(name)));
        save.ifPresent(file -> outputs.file(SAVE, file));
        outputs.reads("the run's recipe", folder.resolve(KEPT));
    }

    /**
     * {@return what writes the recipe of a run, when its first update is done: a run that is refused leaves none}
     *
     * @param settings of the run
     * @param ranks that share an update's micro-batches
     * @param folder of the run
     */
    public TrainingListener keeping(RunSettings settings, int ranks, Path folder) {
        byte[] text = RecipeText.of(settings, ranks).getBytes(StandardCharsets.UTF_8);
        return new TrainingListener() {
            private boolean isKept;

            @Override
            public void step(EpochProgress progress) {
                if (!isKept) {
                    isKept = true;
                    Stream.concat(Stream.of(folder.resolve(KEPT)), save.stream())
                            .forEach(file -> AtomicFile.write(file, out -> out.write(text)));
                }
            }
        };
    }
}
