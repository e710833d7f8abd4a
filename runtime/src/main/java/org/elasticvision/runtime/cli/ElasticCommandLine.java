package org.elasticvision.runtime.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.cli.output.VisibleControls;
import org.elasticvision.runtime.io.CommandText;
import org.elasticvision.runtime.io.HomeFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code elastic} command: finds the subcommands on the class path and turns exceptions into one line and an exit code. */
@Command(
        name = "elastic",
        description = "Trains, converts and runs ELASTIC networks.",
        versionProvider = ElasticCommandLine.VersionText.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = "%nExit codes: 0 done, 1 failed, 2 wrong usage. 'elastic COMMAND --help' says more.")
public final class ElasticCommandLine implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error too, and what native libraries say.")
    private boolean verbose;

    /** A full disk, or a reader that has gone, is told nowhere else: streams of Java keep it to themselves. */
    private static int written(int exitCode) {
        if (exitCode == CommandLine.ExitCode.OK && System.out.checkError()) {
            System.err.println("elastic: the output cannot be written: the disk is full or its reader has gone");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return exitCode;
    }

    /** What the libraries warn of comes as other messages do, unless the user says how. */
    private static void warningsInOneLine() {
        String format = "java.util.logging.SimpleFormatter.format";
        if (System.getProperty(format) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(format, "elastic: %5$s%n");
        }
    }

    /** Runs a command. */
    static int run(String[] args) {
        HomeFolder.protect();
        warningsInOneLine();
        if (!Arrays.asList(args).contains("--verbose")) {
            NativeLines.drop();
        }
        try (LibrariesAhead ahead = LibrariesAhead.start(args)) {
            return written(create(args).execute(args));
        } catch (Error e) { // a broken class path, before any command ran
            PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
            return Failures.report(e, err, Arrays.asList(args).contains("--verbose"));
        }
    }

    /**
     * Builds the command with all subcommands; tests set its writers and call {@code execute}.
     *
     * @return the command
     */
    public static CommandLine create() {
        return create(new String[0]);
    }

    /** With the subcommand that the arguments name, if they name one, and otherwise all: most of a start is to look at them. */
    static CommandLine create(String[] args) {
        ElasticCommandLine root = new ElasticCommandLine();
        CommandLine commandLine = new ArgumentFileCommandLine(root);
        Optional<ElasticCommand> named = named(args);
        named.map(Stream::of)
                .orElseGet(() -> providers().map(ServiceLoader.Provider::get))
                .sorted(Comparator.comparingInt(ElasticCommand::order))
                .forEach(commandLine::addSubcommand);
        for (CommandLine sub : commandLine.getSubcommands().values()) {
            sub.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new VersionText());
        }
        if (named.isEmpty()) {
            commandLine.addSubcommand(new HelpCommand()); // 'elastic help predict'
        }
        commandLine.setCommandName(CommandText.name());
        register(commandLine, () -> root.verbose);
        return commandLine;
    }

    /**
     * Builds a program of one command, which speaks as {@code elastic} does: one line about what is wrong, and the same exit codes.
     * For programs with the runtime inside, which are started in a way of their own.
     *
     * @param name of the program, for its help
     * @param command what it does
     * @return the program
     */
    public static CommandLine program(String name, ElasticCommand command) {
        CommandLine commandLine = new ArgumentFileCommandLine(command);
        commandLine.setCommandName(name);
        commandLine.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new VersionText());
        register(commandLine, () -> false);
        return commandLine;
    }

    private static void register(CommandLine commandLine, BooleanSupplier verbose) {
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        OptionTypes.register(commandLine);
        HelpText.register(commandLine);
        commandLine.setExecutionStrategy(parsed -> runLast(parsed, commandLine, verbose));
        commandLine.setExecutionExceptionHandler(
                (exception, failed, parse) -> Failures.report(exception, failed.getErr(), verbose.getAsBoolean()));
        commandLine.setParameterExceptionHandler((exception, given) -> {
            CommandLine failed = exception.getCommandLine();
            PrintWriter err = VisibleControls.into(failed.getErr());
            err.println("elastic: " + UsageErrors.message(exception, given) + " ('"
                    + failed.getCommandSpec().qualifiedName() + " --help' shows the usage)");
            return CommandLine.ExitCode.USAGE;
        });
    }

    private static Optional<ElasticCommand> named(String[] args) {
        Optional<String> name =
                Arrays.stream(args).filter(arg -> !arg.startsWith("-")).findFirst();
        return name.flatMap(wanted -> providers()
                .filter(provider -> wanted.equals(
                        provider.type().getAnnotation(Command.class).name()))
                .findFirst()
                .map(ServiceLoader.Provider::get));
    }

    private static Stream<ServiceLoader.Provider<ElasticCommand>> providers() {
        return ServiceLoader.load(ElasticCommand.class).stream();
    }

    /** picocli hands exceptions to its handler but lets an {@link Error}, such as running out of memory, fall through. */
    private static int runLast(ParseResult parsed, CommandLine root, BooleanSupplier verbose) {
        Integer helped = CommandLine.executeHelpRequest(parsed); // whose colours are control characters
        if (helped != null) {
            return helped;
        }
        root.setOut(VisibleControls.into(root.getOut())).setErr(VisibleControls.into(root.getErr()));
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            return Failures.report(e, root.getErr(), verbose.getAsBoolean());
        }
    }

    /** Without a subcommand: the help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What {@code --version} prints. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"elastic " + Version.current()};
        }
    }
}
